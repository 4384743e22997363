"""What is noted of a translation, and what is told from it."""

from typing import Any

import pytest

from directory import translation_state
from directory.languages import SHIPPED
from directory.models import Exclusion, Listing, Organisation
from directory.translation_state import (
    Before,
    State,
    is_machine_made,
    is_partial,
    is_public,
    note,
    note_changes,
    noted,
    show,
    state,
)


def entry(**fields: Any) -> Listing:
    return Listing(**({"title_de": "Beratung", "title_en": "Advice"} | fields))


class TestState:
    def test_without_a_note_a_text_counts_as_written_by_a_person(self) -> None:
        found = entry()
        assert [state(found, code) for code in ("de", "en", "ar")] == [State.HUMAN, State.HUMAN, State.MISSING]

    @pytest.mark.parametrize("empty", ["", None])
    def test_no_text_in_any_field_is_missing_whatever_was_noted(self, empty: str | None) -> None:
        found = entry(title_en=empty)
        note(found, "en", state=State.CHECKED, by="chris")
        assert state(found, "en") is State.MISSING

    @pytest.mark.parametrize("made", [State.MACHINE, State.HUMAN, State.CHECKED])
    def test_it_is_outdated_when_the_source_changes_and_no_more_when_that_is_taken_back(self, made: State) -> None:
        found = entry()
        note(found, "en", state=made, by="chris")
        assert state(found, "en") is made
        found.description_de = "Neu"
        assert state(found, "en") is State.OUTDATED
        assert is_machine_made(found, "en") == (made is State.MACHINE)
        found.description_de = None
        assert state(found, "en") is made

    def test_the_source_is_never_outdated(self) -> None:
        found = entry()
        note(found, "de", state=State.HUMAN, by="chris")
        found.title_de = "Neu"
        assert state(found, "de") is State.HUMAN

    def test_a_source_that_says_nothing_outdates_nothing_when_it_is_written(self) -> None:
        found = Organisation(name_ar="بيت")
        note(found, "ar", state=State.HUMAN, by="chris")
        found.name_de = "Haus"
        assert state(found, "ar") is State.HUMAN

    def test_the_source_language_is_the_listings_own_and_else_the_main_one(self) -> None:
        found = entry(source_language="en")
        note(found, "de", state=State.HUMAN, by="chris")
        found.title_en = "New"
        assert state(found, "de") is State.OUTDATED
        assert translation_state.source_language(Organisation()) == "de"

    def test_moving_a_text_into_another_field_is_a_change(self) -> None:
        found = entry(description_de="Lang")
        note(found, "en", state=State.HUMAN, by="chris")
        found.helps_with_de, found.description_de = "Lang", ""
        assert state(found, "en") is State.OUTDATED


class TestPartial:
    def test_where_the_source_says_more(self) -> None:
        found = entry(description_de="Lang")
        assert is_partial(found, "en")
        found.description_en = "Long"
        assert not is_partial(found, "en")

    def test_not_where_nothing_is_written_and_not_where_the_translation_says_more(self) -> None:
        found = entry(description_en="Long")
        assert not is_partial(found, "en")
        assert not is_partial(found, "ar")


class TestPublic:
    def test_a_language_is_public_until_somebody_says_that_it_is_not(self) -> None:
        found = entry()
        assert is_public(found, "en")
        show(found, "en", public=False)
        assert not is_public(found, "en")
        show(found, "en", public=True)
        assert is_public(found, "en")

    def test_the_source_always_is(self) -> None:
        found = entry()
        show(found, "de", public=False)
        assert is_public(found, "de")
        found.source_language = "en"
        assert not is_public(found, "de")

    def test_a_note_keeps_the_decision(self) -> None:
        found = entry()
        show(found, "en", public=False)
        note(found, "en", state=State.CHECKED, by="chris")
        assert not is_public(found, "en")

    def test_a_child_row_has_no_notes_of_its_own(self) -> None:
        row = Exclusion(reason_de="Grund")
        assert noted(row, "en") == {}
        assert is_public(row, "en")
        assert not is_machine_made(row, "en")

    def test_what_a_revision_holds_is_not_changed_with_it(self) -> None:
        found = entry()
        kept = found.translation_state = {"en": {"public": True}}
        show(found, "en", public=False)
        note(found, "ar", state=State.HUMAN, by="chris")
        assert kept == {"en": {"public": True}}


class TestChanges:
    def edited(self, found: Listing, *compared: str, **fields: Any) -> Listing:
        before = Before.of(found)
        for name, value in fields.items():
            setattr(found, name, value)
        note_changes(found, before, compared=compared, by="chris")
        return found

    def test_what_was_written_is_noted_and_nothing_else(self) -> None:
        found = self.edited(entry(title_tr="Danışma"), title_en="Help")
        assert set(found.translation_state) == {"en"}
        assert noted(found, "en") | {"at": ""} == {
            "state": "human",
            "source": translation_state.source_hash(found),
            "by": "chris",
            "at": "",
        }

    def test_saving_without_a_change_notes_nothing(self) -> None:
        assert self.edited(entry(title_tr="Danışma")).translation_state == {}

    def test_null_and_empty_are_the_same(self) -> None:
        assert self.edited(entry(), title_en="Advice", description_en="").translation_state == {}

    def test_what_was_compared_is_checked_whether_it_was_changed_or_not(self) -> None:
        found = self.edited(entry(title_tr="Danışma"), "en", "tr", title_en="Help")
        assert [state(found, code) for code in ("en", "tr")] == [State.CHECKED, State.CHECKED]

    def test_nothing_can_be_checked_where_nothing_is_written(self) -> None:
        assert self.edited(entry(), "ar").translation_state == {}

    def test_a_change_takes_the_check_away(self) -> None:
        found = self.edited(self.edited(entry(), "en"), title_en="Help")
        assert state(found, "en") is State.HUMAN

    def test_writing_against_the_present_source_ends_being_outdated(self) -> None:
        found = self.edited(self.edited(entry(), "en"), title_de="Neu")
        assert state(found, "en") is State.OUTDATED
        assert state(self.edited(found, title_en="New"), "en") is State.HUMAN

    def test_source_and_translation_changed_together_fit(self) -> None:
        found = self.edited(entry(title_tr="Danışma"), title_de="Neu", title_en="New")
        assert (state(found, "en"), state(found, "tr")) == (State.HUMAN, State.OUTDATED)

    def test_a_text_without_a_note_is_outdated_too_when_its_source_changes(self) -> None:
        found = self.edited(entry(), title_de="Neu")
        assert state(found, "en") is State.OUTDATED
        assert noted(found, "en")["by"] == ""
        assert state(self.edited(found, title_de="Beratung"), "en") is State.HUMAN

    def test_an_outdated_one_stays_so_whatever_else_the_source_becomes(self) -> None:
        found = self.edited(self.edited(entry(), title_de="Neu"), title_de="Neuer")
        assert state(found, "en") is State.OUTDATED

    def test_a_cleared_text_loses_its_note(self) -> None:
        found = self.edited(self.edited(entry(), "en"), title_en="")
        assert found.translation_state == {}

    def test_but_stays_hidden_if_it_was(self) -> None:
        found = entry()
        show(found, "en", public=False)
        cleared = self.edited(self.edited(found, "en"), title_en=None)
        assert cleared.translation_state == {"en": {"public": False}}

    def test_one_untouched_text_of_a_machine_keeps_the_whole_marked(self) -> None:
        found = entry(description_en="Long")
        note(found, "en", state=State.MACHINE, by="machine")
        assert state(self.edited(found, title_en="Help"), "en") is State.MACHINE
        assert noted(found, "en")["by"] == "machine"

    @pytest.mark.parametrize("left", [None, "Longer"])
    def test_a_machine_is_out_when_all_its_texts_were_touched(self, left: str | None) -> None:
        found = entry(description_en="Long")
        note(found, "en", state=State.MACHINE, by="machine")
        found = self.edited(found, title_en="Help", description_en=left)
        assert (state(found, "en"), noted(found, "en")["by"]) == (State.HUMAN, "chris")

    def test_a_machine_is_out_when_somebody_has_compared(self) -> None:
        found = entry()
        note(found, "en", state=State.MACHINE, by="machine")
        assert state(self.edited(found, "en"), "en") is State.CHECKED


class TestAnotherSource:
    """The entry turns out to be written in another language."""

    def moved(self, found: Listing, to: str, **fields: Any) -> Listing:
        return TestChanges().edited(found, source_language=to, **fields)

    def test_what_was_up_to_date_rests_on_the_new_one(self) -> None:
        found = entry(title_tr="Danışma")
        note(found, "tr", state=State.CHECKED, by="ayse")
        found = self.moved(found, "en")
        assert [state(found, code) for code in ("de", "en", "tr")] == [State.HUMAN, State.HUMAN, State.CHECKED]
        found = TestChanges().edited(found, title_en="New")
        assert [state(found, code) for code in ("de", "tr")] == [State.OUTDATED, State.OUTDATED]

    def test_what_was_outdated_stays_outdated(self) -> None:
        found = entry(title_tr="Danışma")
        note(found, "tr", state=State.CHECKED, by="ayse")
        found.title_de = "Neu"
        assert state(self.moved(found, "en"), "tr") is State.OUTDATED

    def test_a_change_in_the_same_save_counts(self) -> None:
        found = self.moved(entry(title_tr="Danışma"), "en", title_en="New")
        assert state(found, "tr") is State.OUTDATED


def test_what_was_before_is_not_moved_by_the_edit() -> None:
    found = entry()
    before = Before.of(found)
    found.title_de, found.source_language = "Neu", "en"
    assert (before.texts["de"]["title"], before.source_language) == ("Beratung", "de")
    assert set(before.texts) == set(SHIPPED)
