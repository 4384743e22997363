"""The directory's own translations teach its search."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings

from directory.models import Listing
from search import indexing, reader
from search.generations import LEXICON
from tests.integration.search.making import found, listing, results

pytestmark = pytest.mark.usefixtures("index")
# Words that nothing shipped knows, so that what is found was learnt here.
BOAT, TENT = "вітрильник", "шатро"


def translated(slug: str, german: str, uk: str = "", **fields: str) -> Listing:
    return listing(slug, german, title_uk=uk, **fields)


def test_a_translated_listing_teaches_a_word_for_one_that_is_only_german() -> None:
    translated("teacher", "Segelboot", uk=BOAT)
    translated("other", "Zelt", uk=TENT)
    listing("pupil", "Reparatur am Segelboot")
    assert found(BOAT, language="uk") == ["teacher", "pupil"]
    assert found(TENT, language="uk") == ["other"]


def test_texts_teach_as_titles_do() -> None:
    translated("teacher", "Rat")
    entry = Listing.objects.get(slug="teacher")
    entry.description_de, entry.description_uk = "Hilfe.\nEin Segelboot.", f"Допомога.\n{BOAT}."
    entry.save()
    listing("pupil", "Segelboot")
    assert set(found(BOAT, language="uk")) == {"teacher", "pupil"}


def test_a_german_word_finds_what_is_only_in_another_language() -> None:
    translated("teacher", "Segelboot", uk=BOAT)
    translated("foreign", "", uk=f"{BOAT} взимку", source_language="uk")
    assert found("Segelboot") == ["teacher", "foreign"]


def test_the_same_language_comes_before_the_translation() -> None:
    translated("teacher", "Segelboot", uk=BOAT)
    translated("german", "Segelboot")
    translated("own-word", "Ausflug", uk=f"{BOAT} улітку на озері")
    assert found(BOAT, language="uk") == ["teacher", "own-word", "german"]


def test_a_language_that_is_switched_off_teaches_nothing() -> None:
    translated("teacher", "Segelboot", uk=BOAT)
    listing("pupil", "Segelboot am Hafen")
    with override_settings(LANGUAGES=[("de", "Deutsch"), ("en", "English")]):
        reader.forget()
        assert found(BOAT, language="de") == []


@pytest.mark.parametrize("change", [{"live": False}, {"internal_only": True}])
def test_what_is_not_public_teaches_nothing(change: dict[str, bool]) -> None:
    listing("pupil", "Segelboot am Hafen")
    entry = translated("teacher", "Segelboot", uk=BOAT)
    for field, value in change.items():
        setattr(entry, field, value)
    entry.save()
    assert found(BOAT, language="uk") == []


def test_a_draft_teaches_nothing() -> None:
    listing("pupil", "Segelboot am Hafen")
    entry = translated("teacher", "Segelboot")
    entry.title_uk = BOAT
    entry.save_revision()
    assert found(BOAT, language="uk") == []


def test_edits_are_followed_with_the_lexicon_as_it_was() -> None:
    translated("teacher", "Segelboot", uk=BOAT)
    found()
    before = (indexing.generations().current() / LEXICON).read_bytes()
    translated("later", "Zelt", uk=TENT)
    listing("pupil", "Segelboot am Hafen")
    listing("camp", "Zelt am Hafen")
    assert found(BOAT, language="uk") == ["teacher", "pupil"]
    assert found(TENT, language="uk") == ["later"]
    assert (indexing.generations().current() / LEXICON).read_bytes() == before
    call_command("rebuild_index", verbosity=0)
    reader.forget()
    assert found(TENT, language="uk") == ["later", "camp"]


@pytest.mark.parametrize("damage", [lambda path: path.write_text("{}"), Path.unlink])
def test_a_damaged_lexicon_means_a_new_index(damage: Callable[[Path], object]) -> None:
    translated("teacher", "Segelboot", uk=BOAT)
    listing("pupil", "Segelboot am Hafen")
    found()
    before = indexing.generations().current()
    damage(before / LEXICON)
    reader.forget()
    answer = results(BOAT, language="uk")
    assert [hit.slug for hit in answer.hits] == ["teacher", "pupil"]
    assert not answer.degraded
    assert indexing.generations().current() != before


def test_a_slip_is_not_seen_in_a_word_that_was_learnt() -> None:
    translated("teacher", "Segelboot", uk=BOAT)
    translated("like-it", "Zelt", uk="вітрильнин")
    assert results(BOAT, language="uk").correction == ""
