"""The examples of docs/analysis.md, by running the chains."""

from collections.abc import Iterable, Sequence

from directory.languages import SHIPPED
from search.analysis.chains import chain, surfaces
from search.analysis.compounds import Splitter
from search.analysis.transliteration.readings import Transliterations
from search.analysis.transliteration.writings import WRITINGS

BEGIN, END = "<!-- made by `wegweiser show_analysis --page` -->\n", "<!-- end -->\n"
TEXTS = {
    "de": ("Ich suche eine:n Berater*in", "Beraterinnen, BERATER/-INNEN, Beratung", "Strasse Straße Fuehrer"),
    "de-simple": ("Die Beratungs-Stelle hilft Ihnen.", "Antidiskriminierungs·stelle"),
    "en": ("I'm looking for a counsellor", "counseling organisations", "women’s neighbours"),
    "tr": ("IRKÇILIK irkcilik", "okulumuzda öğretmenlerimizden", "Köln'de bir avukat arıyorum"),
    "ar": ("أحتاج إلى محامٍ", "والعنصرية بالمدرسة عالشغل", "مشاكل اللاجئين"),
    "uk": ("Де мені знайти адвоката?", "жінка жінок, ніч ночі", "об’єднання обʼєднання"),
    "ru": ("Подскажите, где полиция?", "беженец беженца девушек", "жильё жилье"),
    "pl": ("Szukam pomocy dla uchodźców", "sąsiad sąsiedzi", "szkola szkoła"),
    "fa": ("من به یک وکیل نیاز دارم", "نژاد پرستی نژادپرستی", "کودکان كودك"),
    "fr": ("Je cherche l’école d'à côté", "agressée agression", "travail travaux"),
    "es": ("¿Dónde puedo encontrar ayuda?", "juez jueces", "casa caso"),
    "el": ("ΡΑΤΣΙΣΜΟΣ ρατσισμού", "αστυνομία αστυνομίας", "χρειάζομαι βοήθεια"),
}  # fmt: skip
COMPOUNDS = ("Opferberatungsstelle", "Frauenhaus", "Polizeigewalt", "Heirat")
DIRECTORY = (
    "العنصرية المدرسة محامي مساعدة نژادپرستی مشاوره школа дискриминация дискримінація женщина поліція"
    " ρατσισμός βοήθεια σχολείο"
)
TYPED = (
    ("ar", "3onsoriya"), ("ar", "el madrase"), ("ar", "mo7ami"), ("fa", "nezhad parasti"), ("fa", "moshavereh"),
    ("ru", "v shkole"), ("ru", "diskriminacija"), ("ru", "jenshina"), ("uk", "politsiia"),
    ("uk", "dyskryminatsiyu"), ("el", "ratsismos"), ("el", "voh8eia"), ("el", "scholio"), ("de", "schule"),
)  # fmt: skip


def page() -> str:
    return "\n".join((*_languages(), *_compounds(), *_typed()))


def rewritten(text: str) -> str:
    """A page with what stands between the marks made anew."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{page()}\n{END}{after}"


def _languages() -> Iterable[str]:
    for language in SHIPPED:
        rows = ((text, " ".join(surfaces(text, chain(language).language)), _stems(text, language))
                for text in TEXTS[language])  # fmt: skip
        yield from (f"### {language}\n", *_table(("typed", "words", "stems"), rows), "")


def _stems(text: str, language: str) -> str:
    """Small words are gone."""
    return " ".join(chain(language).stems(text))


def _compounds() -> Iterable[str]:
    rows = ((word, ", ".join(Splitter().split(word.lower())) or "–") for word in COMPOUNDS)
    yield from ("### German compounds\n", *_table(("typed", "parts"), rows), "")


def _typed() -> Iterable[str]:
    words = surfaces(DIRECTORY, "fa")
    house = Transliterations(dict.fromkeys(words, 1))
    rows = (
        (
            language,
            text,
            _keys(text, language),
            " ".join(house.read(surfaces(text), language, {"schule"}.__contains__)),
        )
        for language, text in TYPED
    )
    yield from (
        "### Typed in Latin letters\n",
        *_table(("page", "typed", "keys of the last word", "read as"), rows),
    )


def _keys(text: str, language: str) -> str:
    last = surfaces(text)[-1]
    writings = [writing for writing, languages in WRITINGS.values() if language in languages]
    return " ".join(sorted(key for writing in writings for key in writing.typed(last) if key[-1] != "-")) or "–"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterable[str]:
    lines = [head, ["---"] * len(head), *rows]
    return (f"| {' | '.join(cells)} |" for cells in lines)
