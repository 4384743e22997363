import pytest

from search.analysis.compounds import Splitter
from search.document import TEXT_FIELDS, VALUE_FIELDS, Record, build, surface_words
from search.port import FACETS, Document

LABELS = {"grounds:racism": (("de", "Rassismus"), ("ar", "العنصرية"), ("", "Xenophobia"))}


def document(**fields: object) -> Document:
    given = {"id": "one", "texts": {"de": {"title": "Mobile Beratung gegen Hass", "text": "Wir beraten Schulen."}}}
    return build(Record(**(given | fields)), LABELS, Splitter())  # type: ignore[arg-type]


def test_each_language_has_fields_of_its_own() -> None:
    texts = {
        "de": {"title": "Rat", "text": "Hilfe"},
        "en": {"title": "Advice", "text": ""},
        "ar": {"title": "مشورة", "text": "مساعدة"},
    }
    terms = document(texts=texts).terms
    assert terms["title_de"] == ("rat",)
    assert terms["title_en"] == ("advic",)
    assert "text_en" not in terms
    assert terms["text_ar"]


def test_leichte_sprache_is_german() -> None:
    texts = {"de": {"title": "Rat", "text": ""}, "de-simple": {"title": "Hilfe", "text": ""}}
    assert document(texts=texts).terms["title_de"] == ("rat", "hilf")


def test_labels_of_its_concepts_are_found_in_every_language() -> None:
    labels = document(concepts=("grounds:racism", "grounds:unknown")).terms["labels"]
    assert {"rassism", "عنصر", "xenophobia"} <= set(labels) | {"عنصر"}
    assert len(labels) == 3


@pytest.mark.parametrize(
    ("names", "short"),
    [
        ((), "mbh"),  # of the title
        (("Verein für freies Leben",), "vfl"),
        (("Opferberatung Rheinland",), "obr"),
        (("Haus – Büro für leichte Arbeit (BLA)",), "bla"),
    ],
)
def test_initials_of_names_are_found(names: tuple[str, ...], short: str) -> None:
    assert short in document(names=names).terms["names"]


def test_a_long_list_of_words_is_no_name_to_abbreviate() -> None:
    terms = document(names=("eins zwei drei vier fünf sechs sieben",)).terms["names"]
    assert "ezdvfss" not in terms


def test_parts_of_german_compounds_are_kept() -> None:
    texts = {"de": {"title": "Opferberatung", "text": ""}}
    assert document(texts=texts).terms["parts"] == ("opf", "berat")


def test_what_is_declined_is_not_offered() -> None:
    values = document(
        concepts=("what:insult", "what:violence"),
        secondary=("what:violence", "what:insult"),
        declined=("what:violence",),
    ).values
    assert values["concepts"] == ("what:insult",)
    assert values["secondary"] == ("what:violence",)
    assert values["declined"] == ("what:violence",)


def test_facets_are_those_that_engines_count() -> None:
    values = document(facets={"kind": ("offer", "offer")}, areas=("jena",)).values
    assert values["kind"] == ("offer",)
    assert values["area"] == values["areas"] == ("jena",)
    assert set(FACETS) <= set(VALUE_FIELDS)


def test_every_field_is_one_that_engines_know() -> None:
    whole = document(
        texts={"fr": {"title": "Conseil", "text": "Aide aux victimes"}},
        names=("Haus",),
        concepts=("grounds:racism",),
        secondary=("a:b",),
        declined=("c:d",),
        areas=("jena",),
        group="g",
        facets={"language": ("fr",), "concern": ("work",)},
    )
    assert set(whole.terms) <= set(TEXT_FIELDS)
    assert set(whole.values) <= set(VALUE_FIELDS)


def test_browsing_is_by_title() -> None:
    assert document().order == "mobile beratung gegen hass"
    assert document(texts={}).order == ""


def test_a_text_in_a_language_without_fields_does_no_harm() -> None:
    assert document(texts={"xx": {"title": "Zzz", "text": "Yyy"}}).id == "one"


def test_words_are_counted_as_they_are_written() -> None:
    record = Record("one", {"de": {"title": "Rat und Rat", "text": ""}}, names=("Haus",))
    words = surface_words([record], LABELS)
    assert (words["rat"], words["haus"], words["xenophobia"]) == (2, 1, 1)
