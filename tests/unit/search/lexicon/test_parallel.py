import pytest

from search.analysis.compounds import Splitter
from search.document import Record
from search.lexicon import parallel
from search.lexicon.parallel import of_labels, of_records, only_foreign, pairs, written_in


def rows(record: Record) -> list[dict[str, str]]:
    return [dict(row) for row in of_records([record])]


def entry(**texts: tuple[str, str]) -> Record:
    return Record(
        "entry", {code.replace("_", "-"): {"title": title, "text": text} for code, (title, text) in texts.items()}
    )


def test_labels_of_a_concept_say_the_same() -> None:
    labels = {"a:b": (("de", "Arbeit"), ("en", "Work"), ("tr", "İş"))}
    assert list(of_labels(labels)) == [{"de": "Arbeit", "en": "Work", "tr": "İş"}]


def test_a_synonym_stands_for_the_label() -> None:
    labels = {"a:b": (("de", "Arbeit"), ("en", "Work"), ("de", "Beruf"), ("en", "Job"))}
    found = [dict(row) for row in of_labels(labels)]
    assert {"de": "Arbeit", "en": "Job"} in found
    assert {"de": "Arbeit", "en": "Work"} in found
    assert not any(row.get("en") and row["de"] == "Beruf" for row in found)


def test_titles_stand_beside_titles() -> None:
    assert rows(entry(de=("Rat", ""), en=("Advice", "")))[0] == {"de": "Rat", "en": "Advice"}


def test_texts_are_read_line_by_line_and_sentence_by_sentence() -> None:
    found = rows(entry(de=("", "Eins. Zwei!\nDrei"), en=("", "One. Two!\nThree")))
    assert found[1:] == [
        {"de": "Eins.", "en": "One."},
        {"de": "Zwei!", "en": "Two!"},
        {"de": "Drei", "en": "Three"},
    ]


@pytest.mark.parametrize(
    ("german", "foreign"),
    [("Eins. Zwei.", "One and two."), ("Eins.\nZwei. Drei.", "One. Two."), ("Eins", "One\nmore")],
)
def test_what_has_another_number_of_pieces_stays_whole(german: str, foreign: str) -> None:
    [found] = rows(entry(de=("", german), en=("", foreign)))[1:]
    assert [found[code].split() for code in ("de", "en")] == [german.split(), foreign.split()]


def test_lines_may_stand_for_sentences() -> None:
    found = rows(entry(de=("", "Eins.\nZwei."), en=("", "One. Two.")))
    assert found[1:] == [{"de": "Eins.", "en": "One."}, {"de": "Zwei.", "en": "Two."}]


def test_arabic_sentences_end_with_their_own_marks() -> None:
    found = rows(entry(de=("", "Wer? Ich."), ar=("", "من؟ أنا.")))
    assert found[1:] == [{"de": "Wer?", "ar": "من؟"}, {"de": "Ich.", "ar": "أنا."}]


@pytest.mark.parametrize("record", [entry(en=("Advice", "")), entry(de=("Rat", "")), entry(de_simple=("Rat", ""))])
def test_one_language_alone_teaches_nothing(record: Record) -> None:
    assert rows(record) == []


@pytest.mark.parametrize(("entries", "most"), [(0, 3), (2, 3), (3, 3), (9, 3), (100, 7)])
def test_of_a_very_large_directory_some_are_read(monkeypatch: pytest.MonkeyPatch, entries: int, most: int) -> None:
    monkeypatch.setattr(parallel, "MOST_RECORDS", most)
    some = [entry(de=(f"Rat {at}", ""), en=(f"advice {at}", "")) for at in range(entries)]
    german_only = [entry(de=("Haus", ""))] * 50
    titles = [row["de"] for row in of_records([*german_only, *some]) if row["de"]]
    assert min(entries, most) / 2 <= len(titles) <= most
    assert len(set(titles)) == len(titles)


def test_each_foreign_language_is_paired_with_german() -> None:
    found = pairs([{"de": "Arbeit", "en": "work", "tr": "iş"}], Splitter())
    assert found == {"en": [(("work",), ("arbei",))], "tr": [(("is",), ("arbei",))]} or set(found) == {"en", "tr"}


def test_compounds_bring_their_parts() -> None:
    [(foreign, german)] = pairs([{"de": "Opferberatung", "en": "victim support"}], Splitter())["en"]
    assert {"opferberat", "opf", "berat"} <= set(german)
    assert foreign == tuple(sorted(foreign))


def test_small_words_and_what_says_nothing_are_left_out() -> None:
    said = [{"de": "und", "en": "house"}, {"de": "Haus", "en": "the"}, {"en": "house"}, {"de": ""}, {}]
    assert pairs(said, Splitter()) == {}


def test_leichte_sprache_is_no_foreign_language() -> None:
    assert pairs([{"de": "Haus", "de-simple": "Haus"}], Splitter()) == {}


def test_languages_of_entries_that_say_nothing_in_german() -> None:
    some = [
        entry(en=("Advice", ""), tr=("Danışma", "")),
        entry(de=("Rat", ""), ar=("مشورة", "")),
        entry(de_simple=("Rat", ""), uk=("Порада", "")),
    ]
    assert only_foreign(some) == {"en", "tr"}
    assert only_foreign([]) == frozenset()
    assert written_in(some) == {"de", "de-simple", "en", "tr", "ar", "uk"}
