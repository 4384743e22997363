"""What staff type while somebody speaks: made clean, or refused in words, before anything is entered."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from directory.collecting.entering import Told
from directory.collecting.forms import LetterForm, NotHeardForm, SheetForm, seen_of
from directory.models import Listing

ENTRIES = [
    Listing(pk=1, slug="a", title_de="Beratung", latest_revision_id=None),
    Listing(pk=2, slug="b", title_de="Kurs", latest_revision_id=7),
]
NUMBER = "0211 8991234"


def sheet(*, needs_contact: bool = True, **typed: Any) -> SheetForm:
    given_by_default = {"on": timezone.localdate().isoformat(), "entries": ["1", "2"], "seen": "1:,2:7"}
    return SheetForm(given_by_default | typed, listings=ENTRIES, needs_contact=needs_contact)


def letter(**typed: Any) -> LetterForm:
    return LetterForm({"entries": ["1"]} | typed, listings=ENTRIES)


class TestWhatIsMadeClean:
    @pytest.mark.parametrize(
        ("field", "typed", "kept"),
        [
            ("phone", "+49 (0)211/8991234", NUMBER),
            ("phone", "  116  016 ", "116 016"),
            ("email", " mailto:info@example.org?subject=x ", "info@example.org"),
            ("website", "example.org", "https://example.org"),
            ("website", "https://example.org/?utm_source=x", "https://example.org/"),
            ("hours", " Mo,\tDi  9-12 ", "Mo, Di 9-12"),
        ],
    )
    def test_each_field(self, field: str, typed: str, kept: str) -> None:
        typed_too: dict[str, Any] = {"phone": NUMBER} | {field: typed}
        form = sheet(**typed_too)
        assert form.is_valid(), form.errors
        assert getattr(form.told(), field) == kept

    def test_all_entries_are_ticked_at_first(self) -> None:
        form = SheetForm(listings=ENTRIES, needs_contact=True)
        assert form["entries"].value() == ["1", "2"]

    def test_today_stands_there_at_first_and_no_later_day_can_be_chosen(self) -> None:
        form = SheetForm(listings=ENTRIES, needs_contact=True)
        assert form["on"].value() == timezone.localdate()
        assert f'max="{timezone.localdate().isoformat()}"' in str(form["on"])

    def test_the_chosen_entries_are_the_ticked_ones(self) -> None:
        form = sheet(phone=NUMBER, entries=["2"])
        assert form.is_valid()
        assert form.chosen() == [ENTRIES[1]]


class TestWhatIsComplete:
    def test_without_a_contact_where_none_is_known_there_is_nothing_to_save(self) -> None:
        assert set(sheet().errors) == {"phone"}

    def test_where_contacts_are_known_it_is_enough_that_they_are_right(self) -> None:
        form = sheet(needs_contact=False)
        assert form.is_valid()
        assert not form.told()

    @pytest.mark.parametrize("needs_contact", [True, False])
    def test_for_no_entry_at_all_nothing_is_confirmed(self, needs_contact: bool) -> None:
        assert "entries" in sheet(needs_contact=needs_contact, phone=NUMBER, entries=[]).errors

    def test_one_message_for_one_mistake(self) -> None:
        form = sheet(phone="x", hours="9 bis 12", entries=[])
        assert {name: len(errors) for name, errors in form.errors.items()} == {"phone": 1}

    @pytest.mark.parametrize("day", ["", "gestern", "2026-02-30"])
    def test_a_day_that_is_none(self, day: str) -> None:
        assert "on" in sheet(phone=NUMBER, on=day).errors

    def test_a_day_that_has_been(self) -> None:
        earlier = timezone.localdate() - timedelta(days=400)
        form = sheet(phone=NUMBER, on=earlier.isoformat())
        assert form.is_valid()
        assert form.cleaned_data["on"] == earlier


class TestWhatTheSheetWasMadeOf:
    def test_there_and_back(self) -> None:
        form = sheet(phone=NUMBER, seen=seen_of(ENTRIES))
        assert form.is_valid()
        assert form.seen_revisions() == {1: None, 2: 7}

    @given(st.dictionaries(st.integers(1, 10**9), st.none() | st.integers(1, 10**9), min_size=1, max_size=5))
    def test_whatever_the_numbers(self, seen: dict[int, int | None]) -> None:
        entries = [Listing(pk=key, slug=f"e{key}", latest_revision_id=revision) for key, revision in seen.items()]
        form = sheet(phone=NUMBER, seen=seen_of(entries))
        assert form.is_valid()
        assert form.seen_revisions() == seen

    @given(st.text(max_size=60))
    def test_nonsense_is_no_error_of_ours(self, text: str) -> None:
        form = sheet(phone=NUMBER, seen=text)
        if form.is_valid():
            assert all(isinstance(key, int) for key in form.seen_revisions())


class TestTheLetter:
    @pytest.mark.parametrize(
        "typed", [{"phone": NUMBER}, {"account": "a@example.org"}, {"remark": "x"}, {"gone": "on"}]
    )
    def test_any_answer_is_one(self, typed: dict[str, str]) -> None:
        assert letter(**typed).is_valid()

    def test_none_is_none(self) -> None:
        assert set(letter().errors) == {"phone"}

    def test_an_account_needs_no_entry_and_a_contact_does(self) -> None:
        assert letter(account="a@example.org", entries=[]).is_valid()
        assert set(letter(phone=NUMBER, entries=[]).errors) == {"entries"}

    @pytest.mark.parametrize(("field", "purpose"), [("phone", "tel"), ("email", "email"), ("website", "url")])
    def test_the_browser_may_fill_in_what_is_their_own(self, field: str, purpose: str) -> None:
        assert f'autocomplete="{purpose}"' in str(letter()[field])
        assert f'autocomplete="{purpose}"' not in str(sheet()[field])  # on staff's desk that would be staff's own


class TestToldAndNotHeard:
    def test_hours_alone_are_no_way_to_reach_anybody(self) -> None:
        assert not Told(hours="9 bis 12")
        assert list(Told(phone="1", website="w", hours="h").contacts()) == [("phone", "1"), ("website", "w")]

    @pytest.mark.parametrize(
        ("outcome", "fits"), [("nobody", True), ("gone", True), ("heard", False), ("", False)]
    )
    def test_what_was_heard_goes_by_the_other_form(self, outcome: str, fits: bool) -> None:
        assert NotHeardForm({"outcome": outcome}).is_valid() is fits
