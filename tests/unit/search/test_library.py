from search.document import Record
from search.library import Lexicon, knowledge_of, taught, weights_of
from tests.contract.small_directory import KNOWLEDGE, LEXICON, RECORDS, TREE, VOCABULARIES


def test_a_lexicon_survives_being_written() -> None:
    again = Lexicon.from_json(LEXICON.to_json())
    assert again == Lexicon(dict(LEXICON.words), dict(LEXICON.concepts), LEXICON.spellings, LEXICON.total)


def test_concepts_are_counted_by_listing() -> None:
    assert LEXICON.concepts["grounds:racism"] == 4
    assert LEXICON.total == len(RECORDS)


def test_slips_are_corrected_to_titles_names_and_labels_only() -> None:
    assert {"opferberatung", "gleichheit", "rassismus"} <= LEXICON.spellings
    assert "begleitung" not in LEXICON.spellings  # of running text
    assert "und" not in LEXICON.spellings  # a stop word
    assert LEXICON.words["begleitung"] == 1


def test_new_listings_add_their_words_and_change_no_count() -> None:
    new = Record("new", {"de": {"title": "Zirkus", "text": "Manege"}}, names=("Rassismus",))
    more = LEXICON.with_records([new])
    assert more.words["zirkus"] == more.words["manege"] == 1
    assert more.words["rassismus"] == LEXICON.words["rassismus"]
    assert more.spellings - LEXICON.spellings == {"zirkus"}
    assert more.total == LEXICON.total


def test_words_of_the_directory_become_parts_of_compounds() -> None:
    assert LEXICON.splitter.split("seminarbegleitung") == ()
    richer = Lexicon({**LEXICON.words, "begleitung": 3}, {})
    assert richer.splitter.split("seminarbegleitung") == ("seminar", "begleitung")


def test_a_concern_stands_for_its_facts() -> None:
    assert knowledge_of(VOCABULARIES, TREE).facts == {"concerns:violence": ("what:violence",)}


def test_before_any_listing_was_read_the_vocabulary_is_known() -> None:
    bare = knowledge_of(VOCABULARIES, TREE)
    assert bare.words == {}
    assert bare.label("grounds:racism", "en") == "Racism"
    assert taught(bare, LEXICON).words == LEXICON.words
    assert knowledge_of({}, TREE).labels == {}


def test_weights_come_from_the_same_lexicon() -> None:
    weights = weights_of(LEXICON)
    assert weights.of("grounds:antisemitism") > weights.of("grounds:racism")


def test_knowledge_of_a_test_corpus_is_that_of_the_site() -> None:
    assert KNOWLEDGE.tree is TREE
