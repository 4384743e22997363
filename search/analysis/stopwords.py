"""Words that say nothing about what somebody looks for. Lists of our own, by word class.

The German list is complete on purpose: measured, a short one costs a tenth of the first hits, because questions
are sentences. Words that carry a meaning here (nicht, kein: no; jetzt, allein, Hilfe: yes) were decided singly.
"""

from collections.abc import Mapping
from pathlib import Path

_GERMAN = """
der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner keines ich du er sie
es wir ihr mich dich ihn uns euch mir dir ihm ihnen sich man mein meine meinen meinem meiner meines dein deine
deinen deinem deiner deines sein seine seinen seinem seiner seines ihre ihren ihrem ihrer ihres unser unsere
unseren unserem unserer unseres euer eure euren eurem eurer dieser diese dieses diesen diesem jener jene jenes
jenen jenem welcher welche welches welchen welchem jeder jede jedes jeden jedem alle alles allen aller mancher
manche manches manchen einige einiger einigen etwas nichts jemand jemanden jemandem niemand viel viele vielen
vieler wenig wenige mehr meist meiste andere anderen anderer anderes anderem selbst selber beide beiden solche
solcher solches solchen und oder aber sondern denn doch als wie wenn weil da dass daß damit ob obwohl während
bevor nachdem bis seit sowie sowohl weder noch entweder falls sofern indem sodass in im ins an am ans auf aufs
aus bei beim durch durchs für fürs gegen hinter mit nach neben ohne über übers um ums unter unters von vom vor
vors zu zum zur zwischen ab außer gegenüber trotz wegen statt bezüglich pro je per bin bist ist sind seid war
warst waren wart gewesen sei wäre wären habe hab hast hat haben habt hatte hattest hatten gehabt hätte hätten
werde wirst wird werden werdet wurde wurdest wurden geworden worden würde würden kann kannst können könnt
konnte konnten könnte könnten muss muß musst müssen müsst musste mussten müsste soll sollst sollen sollte
sollten will willst wollen wollt wollte wollten möchte möchten möchtest mag mögen darf darfst dürfen dürft
durfte durften dürfte lassen lässt lasse gibt gib geben gab tun tue tut macht machen mache gemacht geht gehen
gehe kommt kommen komme sagt sagen sage sagte suche sucht suchen brauche braucht brauchen finde findet finden
steht stehe nicht nie niemals auch nur schon sehr so dann dort hier jetzt heute immer wieder oft mal einmal ja
nein eben gerade etwa fast ganz gar genug kaum sogar sonst trotzdem überhaupt vielleicht wirklich ziemlich
zwar also daher darum deshalb deswegen dabei dadurch dafür dagegen daran darauf daraus darin darüber davon
davor dazu hin her weg bitte danke gern gerne gut gute guten wer wen wem wessen was wo wohin woher wann warum
weshalb wieso womit wofür wovon wodurch worüber wobei usw etc bzw z b zb ca vgl
"""
_FOLDER = Path(__file__).parent / "stops"


def _read(path: Path) -> str:
    lines = path.read_text(encoding="utf-8").splitlines()
    return " ".join(line for line in lines if not line.startswith("#"))


RAW: Mapping[str, str] = {"de": _GERMAN, **{path.stem: _read(path) for path in sorted(_FOLDER.glob("*.txt"))}}
