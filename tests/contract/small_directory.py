"""A directory of six listings, as plain data: enough for every engine to be asked the same."""

from collections.abc import Callable, Iterable

from directory.areas import AreaData, AreaTree
from directory.vocabulary import TermData
from search.document import Record
from search.library import Statistics, documents, knowledge_of, taught, weights_of
from search.planning import Weights
from search.port import Document, Engine
from search.understanding import Knowledge

Make = Callable[[Iterable[Document]], Engine]

TREE = AreaTree(
    {
        area.slug: area
        for area in (
            AreaData("land", "country", names={"de": "Land"}),
            AreaData("north", "land", "land", {"de": "Nordland"}),
            AreaData("harbour", "city", "north", {"de": "Hafenstadt", "ar": "مرفأ"}, aliases=("HS",)),
            AreaData("old-town", "district", "harbour", {"de": "Altstadtviertel"}, quarters=("Gerberbruch",)),
            AreaData("hill", "city", "land", {"de": "Bergheim"}),
        )
    }
)


def term(vocabulary: str, slug: str, labels: dict[str, str], **more: object) -> TermData:
    return TermData(vocabulary, slug, labels, **more)  # type: ignore[arg-type]


VOCABULARIES = {
    "grounds": {
        "racism": term(
            "grounds",
            "racism",
            {"de": "Rassismus", "en": "Racism", "ar": "العنصرية"},
            synonyms={"de": ("Hautfarbe",)},
        ),
        "antisemitism": term("grounds", "antisemitism", {"de": "Antisemitismus", "en": "Antisemitism"}),
    },
    "life_areas": {
        "work": term(
            "life_areas", "work", {"de": "Arbeit und Bewerbung", "en": "Work"}, synonyms={"de": ("Chef",)}
        ),
        "housing": term("life_areas", "housing", {"de": "Wohnung", "en": "Housing", "tr": "Konut"}),
    },
    "what": {
        "violence": term("what", "violence", {"de": "Gewalt", "en": "Violence"}, synonyms={"de": ("geschlagen",)}),
        "insult": term("what", "insult", {"de": "Beleidigung", "en": "Insult"}),
    },
    "wish": {"training": term("wish", "training", {"de": "Fortbildung", "en": "Training"})},
    "target_groups": {
        "teachers": term("target_groups", "teachers", {"de": "Lehrkräfte"}, synonyms={"de": ("Lehrer",)}),
        "men": term("target_groups", "men", {"de": "Männer"}),
        "women": term("target_groups", "women", {"de": "Frauen"}, synonyms={"de": ("mein Mann",)}),
    },
    "concerns": {
        "violence": term("concerns", "violence", {"de": "Angriff"}, extra={"facts": {"what": ["violence"]}}),
    },
}


def listing(id: str, title: str, text: str, **more: object) -> Record:
    return Record(id, {"de": {"title": title, "text": text}}, **more)  # type: ignore[arg-type]


RECORDS = (
    listing(
        "counsel",
        "Antidiskriminierungsberatung Hafenstadt",
        "Wir beraten bei Rassismus am Arbeitsplatz und auf dem Wohnungsmarkt.",
        names=("Verein für Gleichheit", "VfG"),
        concepts=(
            "grounds:racism",
            "life_areas:work",
            "life_areas:housing",
            "what:insult",
            "what:unequal_treatment",
            "kind:counselling",
            "audience:affected",
            "roles:general",
        ),
        declined=("what:violence",),
        areas=("harbour",),
        facets={
            "kind": ("counselling",),
            "audience": ("affected",),
            "language": ("de", "ar"),
            "concern": ("work",),
        },
    ),
    listing(
        "victims",
        "Opferberatung Nord",
        "Begleitung nach einem Angriff, auch zu Polizei und Gericht.",
        concepts=(
            "grounds:racism",
            "what:violence",
            "kind:counselling",
            "audience:affected",
            "roles:specialised",
        ),
        areas=("north",),
        facets={
            "kind": ("counselling",),
            "audience": ("affected",),
            "language": ("de",),
            "concern": ("violence",),
        },
    ),
    listing(
        "emergency",
        "Notruf",
        "Bei Gefahr sofort anrufen.",
        concepts=("kind:counselling", "audience:affected", "roles:emergency", "danger:now"),
        areas=("land",),
        facets={"kind": ("counselling",), "audience": ("affected", "institutions")},
    ),
    listing(
        "course",
        "Fortbildung für Schulen",
        "Seminare gegen Rassismus für Lehrkräfte.",
        concepts=(
            "grounds:racism",
            "wish:training",
            "kind:training",
            "audience:institutions",
            "target_groups:teachers",
        ),
        areas=("harbour",),
        facets={
            "kind": ("training",),
            "audience": ("institutions",),
            "sector": ("education",),
            "format": ("seminar",),
        },
    ),
    listing(
        "far-away",
        "Antidiskriminierungsberatung Bergheim",
        "Wir beraten bei Rassismus.",
        concepts=(
            "grounds:racism",
            "what:insult",
            "what:unequal_treatment",
            "kind:counselling",
            "audience:affected",
            "roles:general",
        ),
        areas=("hill",),
        facets={"kind": ("counselling",), "audience": ("affected",), "language": ("en",)},
    ),
    Record(
        "memory",
        {
            "de": {"title": "Gedenkort Synagoge", "text": "Führungen."},
            "en": {"title": "Memorial", "text": "Guided tours."},
        },
        concepts=("grounds:antisemitism", "kind:offer", "audience:affected", "audience:institutions"),
        areas=("old-town",),
        facets={"kind": ("offer",), "audience": ("affected", "institutions")},
    ),
)

STATISTICS = Statistics.learn(RECORDS, knowledge_of(VOCABULARIES, TREE).labels)
KNOWLEDGE: Knowledge = taught(knowledge_of(VOCABULARIES, TREE), STATISTICS)
WEIGHTS: Weights = weights_of(STATISTICS)


def built(records: Iterable[Record] = RECORDS) -> list[Document]:
    return list(documents(records, KNOWLEDGE))
