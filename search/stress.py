"""How much each word of a German question tells of what is looked for.

Much of a question is its frame: "Welche Möglichkeiten gibt es …", "Was versteht man unter …". Three things tell
the frame from the subject: a list of such words, that German writes nouns with a capital letter, and that the
subject of a page is in its title. No word is left out: where nothing else was typed, the frame finds too.
"""

from search.analysis.chains import Token, chain
from search.document import parts_of
from search.understanding import Knowledge

FRAME, NO_NOUN, IN_NO_TITLE = 0.4, 0.7, 0.75
# By word class: what questions are made of in German, whatever they ask for. None that is a need here (helfen,
# melden), and none whose stem is a subject too (wählen, stellen, angeboten).
_FRAMES = """
bekommen bekommt erhalten erhält erhalte benötigen benötigt bieten bietet bestehen besteht
beachten beachtet bedeuten bedeutet heißen heißt verstehen versteht umfassen umfasst beinhalten beinhaltet
enthalten enthält ablaufen abläuft laufen läuft funktionieren funktioniert dauern dauert passieren passiert
geschehen geschieht gelten gilt dienen dient kennen kennt nennen nennt wissen weiß erfahren erfährt informieren
kontaktieren erreichen wenden nutzen nutzt verwenden sehen sieht stehen nehmen nimmt bringen bringt bleiben
bleibt liegen liegt gehören gehört stattfinden durchführen durchgeführt ergreifen existieren existiert
art arten möglichkeit möglichkeiten nähe schritt schritte frage fragen thema themen beispiel beispiele fall fälle
ding dinge sache sachen form formen ziel ziele zweck unterschied unterschiede rolle teil bereich ort orte prozess
ablauf übersicht überblick seite seiten information informationen
verschieden bestimmt verfügbar vorhanden möglich notwendig erforderlich wichtig genau speziell allgemein
"""
FRAMES = frozenset(map(chain("de").stem, _FRAMES.split()))


def stress(word: str, small: bool, knowledge: Knowledge) -> float:
    """`small`: typed in small letters where nouns are not."""
    token = Token(word, chain("de").stem(word))
    share = FRAME if token.stem in FRAMES else NO_NOUN if small else 1.0
    return share if _in_a_title(token, knowledge) else share * IN_NO_TITLE


def _in_a_title(token: Token, knowledge: Knowledge) -> bool:
    """Or in a name or a label."""
    known = knowledge.name_stems, knowledge.label_stems
    return any(stem in some for stem in (token.stem, *parts_of(token, knowledge.splitter)) for some in known)
