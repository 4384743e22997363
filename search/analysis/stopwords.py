"""Words that say nothing about what somebody looks for. Lists of our own, by word class.

The German list is complete on purpose: measured, a short one costs a tenth of the first hits, because questions
are sentences. Words that carry a meaning here (nicht, kein: no; jetzt, allein, Hilfe: yes) were decided singly.
"""

from collections.abc import Mapping

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
_ENGLISH = """
a an the this that these those i you he she it we they me him her us them my your his its our their mine yours
myself yourself himself herself itself ourselves themselves someone somebody anyone anybody something anything
nobody nothing everyone everybody some any no none each every both few many much more most other another such
own same and or but if because as until while although though since unless than so of at by for with about
against between into through during before after above below to from up down in out on off over under again
further toward towards upon within without via per am is are was were be been being have has had having do
does did doing done can could will would shall should may might must let get gets got getting go goes going
went come comes coming want wants wanted need needs needed make makes made like look looking find finds give
gives take takes not nor only too very just then there here when where why how what which who whom whose now
ever never always also im ive id dont doesnt didnt cant wont isnt arent wasnt werent thats theres hes shes
theyre youre please thanks thank yes
"""
_ARABIC = """
في من على إلى الى عن مع هذا هذه ذلك تلك هؤلاء الذي التي الذين اللي هو هي هم هن انا أنا أنت انت انتم نحن احنا
ان أن إن كان كانت يكون تكون كنت ليس ليست لا لم لن ما ماذا متى أين اين وين كيف لماذا ليش مين هل اي أي كل بعض قد
لقد ثم او أو و بل لكن حتى اذا إذا لو عند عندي عندنا لدي بين بعد قبل فوق تحت خلال حول ضد بدون غير يا جدا كثير
فقط بس ايضا أيضا هنا هناك الان لأن لان لأني لاني لأنه لأنها بسبب اريد أريد بدي احتاج أحتاج ممكن عم
"""
_OTHERS = {
    "tr": """
ve veya ile için bir bu şu o ben sen biz siz onlar bana beni benim sana seni bize bizi ona onu da de ki mi mı
mu mü ne nasıl nerede neden niçin kim hangi çok daha en gibi kadar ama fakat var yok değil olarak oldu oluyor
ediyor ediyorlar ettim istiyorum lazım hep her
""",
    "uk": """
і й та або але що як коли де чому хто який яка яке які це цей ця ці той я ти він вона воно ми ви вони мене
мені тебе тобі його її нас нам вас вам їх їм мій моя моє мої не ні в у на з із зі до від для про при під над
за по через без між є був була було були бути мати маю має хочу можна треба потрібно так тільки вже ще дуже бо
""",
    "ru": """
и или но что как когда где почему кто какой какая какое какие это этот эта эти тот та я ты он она оно мы вы
они меня мне тебя тебе его её ее нас нам вас вам их им мой моя моё мои не ни в во на с со из к ко до от для о
об про при под над за по через без между есть был была было были быть хочу можно надо нужно так только уже ещё
еще очень то же ли бы
""",
    "pl": """
i oraz lub albo ale że jak kiedy gdzie dlaczego kto jaki jaka jakie to ten ta te tamten ja ty on ona ono my wy
oni one mnie mi ciebie tobie jego jej nas nam was wam ich im mój moja moje nie ni w we na z ze do od dla o u
przy pod nad za po przez bez między jest są był była było byli być mam ma chcę można trzeba tak tylko już
jeszcze bardzo się ktoś coś
""",
    "fr": """
le la les un une des du de d l et ou mais que qui quoi comme quand où pourquoi comment ce cet cette ces je tu
il elle on nous vous ils elles me m te t se s lui leur mon ma mes ton ta tes son sa ses notre votre nos vos
leurs ne n pas à a au aux en dans sur sous avec sans pour par chez entre vers est sont était suis es êtes être
ai as ont avoir fait faire veux peut très plus aussi y c j qu
""",
    "es": """
el la los las un una unos unas de del y o pero que quien como cuando donde por porque qué cómo dónde este esta
estos estas ese esa yo tú él ella nosotros vosotros ellos ellas me te se le les lo nos mi mis tu tus su sus no
ni a al en con sin para entre hacia es son era soy eres ser estoy está están estar he ha han haber quiero
puede muy más también
""",
    "el": """
ο η το οι τα του της των τον την τους τις ένας μια μία ένα και ή αλλά ότι πως όταν που πού γιατί ποιος αυτός
αυτή αυτό εγώ εσύ εμείς εσείς αυτοί με μου σε σου μας σας στο στη στην στον στα στις από για προς χωρίς είναι
ήταν είμαι έχω έχει θέλω δεν μη να θα
""",
    "fa": """
و یا اما که چه چی کی کجا چرا چطور این آن من تو او ما شما آنها را به در از با برای بر تا بدون است هست بود شد
شدم شده می نمی های ها یک هر همه هم نه اگر خیلی فقط هستم دارم دارد کرد کردم میکنن میکند
""",
}

RAW: Mapping[str, str] = {"de": _GERMAN, "en": _ENGLISH, "ar": _ARABIC, **_OTHERS}
