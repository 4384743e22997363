from dataclasses import replace

import pytest

from search import understanding
from search.analysis.chains import chain, unstemmed
from search.document import Record
from search.library import Statistics, knowledge_of, taught, weights_of
from tests.contract.small_directory import KNOWLEDGE, RECORDS, STATISTICS, TREE, VOCABULARIES


def test_statistics_survive_being_written() -> None:
    untranslated = replace(STATISTICS, untranslated=frozenset({"en"}))
    again = Statistics.from_json(untranslated.to_json(), STATISTICS.lexicon)
    assert again == replace(untranslated, words=dict(STATISTICS.words), concepts=dict(STATISTICS.concepts))


def test_concepts_are_counted_by_listing() -> None:
    assert STATISTICS.concepts["grounds:racism"] == 4
    assert STATISTICS.total == len(RECORDS)


def test_slips_are_corrected_to_titles_names_and_labels_only() -> None:
    assert {"opferberatung", "gleichheit", "rassismus"} <= STATISTICS.spellings
    assert "begleitung" not in STATISTICS.spellings  # of running text
    assert "und" not in STATISTICS.spellings  # a stop word
    assert STATISTICS.words["begleitung"] == 1


def test_new_listings_add_their_words_and_change_no_count() -> None:
    new = Record("new", {"de": {"title": "Zirkus", "text": "Manege"}}, names=("Rassismus",))
    more = STATISTICS.with_records([new])
    assert more.words["zirkus"] == more.words["manege"] == 1
    assert more.words["rassismus"] == STATISTICS.words["rassismus"]
    assert more.spellings - STATISTICS.spellings == {"zirkus"}
    assert more.total == STATISTICS.total


def test_new_listings_teach_no_translation_before_the_next_rebuild() -> None:
    new = Record("new", {"de": {"title": "Zirkus", "text": ""}, "en": {"title": "circus", "text": ""}})
    assert STATISTICS.with_records([new]).lexicon is STATISTICS.lexicon
    learnt = Statistics.learn([new], {}).lexicon
    assert learnt.to_german("en", chain("en").stem("circus"))[0][0] == chain("de").stem("zirkus")


def test_languages_of_listings_without_german_are_known_at_once() -> None:
    new = Record("new", {"uk": {"title": "Цирк", "text": ""}})
    assert STATISTICS.untranslated == frozenset()
    assert STATISTICS.written == {"de", "en"}
    assert STATISTICS.with_records([new]).written == {"de", "en", "uk"}
    assert taught(KNOWLEDGE, STATISTICS).lexicon.written == {"de", "en"}
    assert STATISTICS.with_records([new]).untranslated == Statistics.learn([new], {}).untranslated == {"uk"}
    assert taught(KNOWLEDGE, STATISTICS.with_records([new])).lexicon.untranslated == {"uk"}


def test_what_else_is_said_teaches_too() -> None:
    learnt = Statistics.learn([], {}, [{"de": "Zirkus", "en": "circus"}])
    assert learnt.lexicon.knows("en", chain("en").stem("circus"))


def test_the_shipped_words_are_known_beside_the_learnt() -> None:
    lexicon = taught(knowledge_of({}, TREE), Statistics.learn([], {}, [{"de": "Zirkus", "en": "circus"}])).lexicon
    assert lexicon.knows("en", chain("en").stem("circus"))
    assert lexicon.knows("en", chain("en").stem("racism"))


def test_words_of_the_directory_become_parts_of_compounds() -> None:
    assert STATISTICS.splitter.split("seminarbegleitung") == ()
    richer = Statistics({**STATISTICS.words, "begleitung": 3}, {})
    assert richer.splitter.split("seminarbegleitung") == ("seminar", "begleitung")


def test_a_concern_stands_for_its_facts() -> None:
    assert knowledge_of(VOCABULARIES, TREE).facts == {"concerns:violence": ("what:violence",)}


def test_before_any_listing_was_read_the_vocabulary_is_known() -> None:
    bare = knowledge_of(VOCABULARIES, TREE)
    assert bare.words == {}
    assert bare.label("grounds:racism", "en") == "Racism"
    assert taught(bare, STATISTICS).words == STATISTICS.words
    assert knowledge_of({}, TREE).labels == {}


def test_weights_come_from_the_same_lexicon() -> None:
    weights = weights_of(STATISTICS)
    assert weights.of("grounds:antisemitism") > weights.of("grounds:racism")


def test_knowledge_of_a_test_corpus_is_that_of_the_site() -> None:
    assert KNOWLEDGE.tree is TREE


def test_what_rests_on_the_vocabulary_alone_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = knowledge_of(VOCABULARIES, TREE)
    first = taught(bare, STATISTICS)
    monkeypatch.setattr(understanding, "surfaces", None)  # no label is read again
    second = taught(bare, replace(STATISTICS, words={**STATISTICS.words, "zebra": 1}))
    for name in understanding.OF_THE_VOCABULARY:
        assert getattr(second, name) is getattr(first, name)
    assert second.words["zebra"] == 1
    assert second.transliterations.spoken == first.transliterations.spoken


def test_stems_of_labels_are_not_those_of_names() -> None:
    known = taught(
        knowledge_of(VOCABULARIES, TREE), replace(STATISTICS, spellings=frozenset(("zebra", "rassismus")))
    )
    assert "rassism" in known.label_stems
    assert "rassism" not in known.name_stems
    assert "zebra" in known.name_stems
    with unstemmed():
        plain = taught(knowledge_of(VOCABULARIES, TREE), STATISTICS)
        assert "rassismus" in plain.label_stems
