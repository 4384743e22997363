"""What may be corrected without an account, and that nothing else is touched."""

from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from directory.models import ContactPoint, Listing, Organisation
from directory.upkeep.addresses import is_at_home
from directory.upkeep.forms import OTHER, AddressForm, CorrectionForm, HandOnForm, RestForm

FIELDS = {"phone", "email", "website", "new_phone", "new_email", "new_website", "title", "helps_with", "hours"} | {
    "capacity", "waiting_weeks", "gone", "seen",
}  # fmt: skip
NEVER = {"organisation", "slug", "note", "internal_only", "audience", "areas_served", "source_language", "live"}


@pytest.fixture(autouse=True)
def english() -> Any:
    with translation.override("en"):
        yield


def contact(kind: str, value: str, **fields: Any) -> ContactPoint:
    return ContactPoint(kind=kind, value=value, **fields)


def draft(*contacts: ContactPoint, **fields: Any) -> Listing:
    given = {"slug": "advice", "kind": "counselling", "audience": "affected", "title_de": "Beratung"}
    found = Listing(pk=7, organisation=Organisation(slug="house"), **(given | fields))
    found.contacts.set(contacts)
    return found


def posted(form: CorrectionForm, **typed: Any) -> CorrectionForm:
    """The form as a browser sends it back, with what was typed."""
    data = {form.add_prefix(name): str(form[name].value() or "") for name in form.fields if name != "gone"}
    return CorrectionForm(form.draft, data | {form.add_prefix(name): value for name, value in typed.items()})


def values(entry: Listing) -> list[tuple[str, str]]:
    return [(row.kind, row.value) for row in entry.contacts.all()]


class TestWhatIsOffered:
    def test_what_is_there_and_what_is_missing(self) -> None:
        form = CorrectionForm(
            draft(contact("phone", "0211 1"), contact("phone", "0211 2"), contact("chat", "https://c.org"))
        )
        names = [name for name in form.fields if name not in FIELDS]
        assert names == ["phone_2", "chat"]
        assert {"new_email", "new_website"} <= form.fields.keys()
        assert "new_phone" not in form.fields

    def test_only_contacts_that_the_public_sees_or_that_were_called_wrong(self) -> None:
        form = CorrectionForm(
            draft(
                contact("phone", "0211 1", audience="professionals"),
                contact("phone", "0211 2", audience="nobody"),
                contact("email", "a@example.org"),
            )
        )
        assert {form[name].value() for name in ("phone", "email")} == {"0211 2", "a@example.org"}
        assert "0211 1" not in str(form)

    def test_nothing_that_only_staff_or_members_may_change(self) -> None:
        assert not CorrectionForm(draft(note="secret")).fields.keys() & NEVER
        assert "secret" not in str(CorrectionForm(draft(note="secret")))

    def test_the_note_of_a_number_stands_beside_it(self) -> None:
        form = CorrectionForm(draft(contact("phone", "0211 1", label="mornings")))
        assert str(form["phone"].label) == "Phone (mornings)"

    @pytest.mark.parametrize(("code", "direction"), [("de", "ltr"), ("ar", "rtl")])
    def test_texts_in_the_language_they_are_written_in(self, code: str, direction: str) -> None:
        form = CorrectionForm(draft(source_language=code, **{f"title_{code}": "Titel"}))
        attrs = form.fields["title"].widget.attrs
        assert (form["title"].value(), attrs["lang"], attrs["dir"]) == ("Titel", code, direction)

    def test_hours_as_they_are_stored_or_in_words(self) -> None:
        assert CorrectionForm(draft(opening_hours="Mo 09:00-12:00"))["hours"].value() == "Mo 09:00-12:00"
        assert CorrectionForm(draft(opening_hours_note="nach Absprache"))["hours"].value() == "nach Absprache"


class TestWhatIsWritten:
    def test_sent_back_untouched_nothing_is_corrected(self) -> None:
        entry = draft(
            contact("phone", "0211 / 1"), contact("website", "not a link"), opening_hours="Mo 09:00-12:00",
            helps_with_de="Hilft.", capacity="open", waiting_weeks=3,
        )  # fmt: skip
        form = posted(CorrectionForm(entry))
        assert form.is_valid(), form.errors  # what was stored long ago is not judged here
        assert form.corrected == []

    def test_each_field_goes_where_it_belongs(self) -> None:
        entry = draft(contact("phone", "0211 1", label="mornings"))
        form = posted(
            CorrectionForm(entry), phone="0211 8991234", new_email=" info@example.org ", title="Neu",
            helps_with="Hilft.", hours="Di 9-12 Uhr", capacity="full", waiting_weeks="4",
        )  # fmt: skip
        assert form.is_valid(), form.errors
        form.put_into_draft()
        assert sorted(values(entry)) == [("email", "info@example.org"), ("phone", "0211 8991234")]
        assert next(row.label for row in entry.contacts.all() if row.kind == "phone") == "mornings"
        assert (entry.title_de, entry.helps_with_de, entry.opening_hours) == ("Neu", "Hilft.", "Tu 09:00-12:00")
        assert (entry.capacity, entry.waiting_weeks) == ("full", 4)

    def test_what_is_emptied_is_taken_away(self) -> None:
        entry = draft(
            contact("phone", "0211 1"), contact("email", "a@example.org"), opening_hours="24/7", waiting_weeks=3,
            capacity="full",
        )  # fmt: skip
        form = posted(CorrectionForm(entry), phone="", hours="", waiting_weeks="", capacity="")
        assert form.is_valid(), form.errors
        form.put_into_draft()
        assert values(entry) == [("email", "a@example.org")]
        assert (entry.opening_hours, entry.waiting_weeks, entry.capacity) == ("", None, "unknown")

    def test_words_replace_hours_and_hours_replace_words(self) -> None:
        entry = draft(opening_hours="24/7")
        for typed, stored in (("nach Absprache", ("", "nach Absprache")), ("Mo 9-12", ("Mo 09:00-12:00", ""))):
            form = posted(CorrectionForm(entry), hours=typed)
            assert form.is_valid()
            form.put_into_draft()
            assert (entry.opening_hours, entry.opening_hours_note) == stored

    def test_a_number_that_was_called_wrong_is_public_again_with_another_value(self) -> None:
        entry = draft(contact("phone", "0211 1", audience="nobody"))
        form = posted(CorrectionForm(entry), phone="0211 8991234")
        assert form.is_valid()
        form.put_into_draft()
        assert [(row.value, row.audience) for row in entry.contacts.all()] == [("0211 8991234", "public")]

    @pytest.mark.parametrize(
        ("name", "typed"),
        [("phone", "call us"), ("new_email", "nobody"), ("new_website", "http://"), ("title", "  "),
         ("title", "x" * 251), ("helps_with", "x" * 301), ("hours", "x" * 301), ("waiting_weeks", "soon"),
         ("waiting_weeks", "105"), ("capacity", "many")],
    )  # fmt: skip
    def test_what_is_wrong_is_named(self, name: str, typed: str) -> None:
        form = posted(CorrectionForm(draft(contact("phone", "0211 1"))), **{name: typed})
        assert not form.is_valid()
        assert set(form.errors) == {name}

    @given(st.dictionaries(st.sampled_from(sorted(FIELDS - {"seen"})), st.text(max_size=40)))
    def test_no_text_breaks_it_and_what_staff_keep_stays(self, typed: dict[str, str]) -> None:
        entry = draft(contact("phone", "0211 1"), note="ours", title_ar="استشارة", areas_served=["duesseldorf"])
        form = posted(CorrectionForm(entry), **typed)
        if form.is_valid():
            form.put_into_draft()
        assert (entry.note, entry.title_ar, entry.areas_served) == ("ours", "استشارة", ["duesseldorf"])
        assert entry.title_de.strip()


class TestHandingOn:
    def test_one_of_the_known_or_another_one(self) -> None:
        form = HandOnForm(["info@example.org"], {"known": "info@example.org", "email": "typed@example.org"})
        assert form.is_valid()
        assert form.address == "info@example.org"
        form = HandOnForm(["info@example.org"], {"known": OTHER, "email": "typed@example.org"})
        assert form.is_valid()
        assert form.address == "typed@example.org"

    def test_the_first_known_one_is_chosen(self) -> None:
        assert HandOnForm(["a@example.org", "b@example.org"]).initial["known"] == "a@example.org"

    @pytest.mark.parametrize("data", [{}, {"known": OTHER}, {"email": ""}, {"email": "nobody"}])
    def test_somebody_has_to_be_named(self, data: dict[str, str]) -> None:
        for known in ([], ["info@example.org"]):
            assert not HandOnForm(known, data).is_valid()


def test_who_says_nothing_more_still_confirms_the_rest_by_the_ticked_box() -> None:
    assert RestForm().initial == {} and RestForm()["rest_is_right"].value() is True  # noqa: PT018 - one fact
    assert RestForm({"remark": "x"}).is_valid()
    assert not RestForm({"remark": "x" * 2001}).is_valid()


@pytest.mark.parametrize(("typed", "valid"), [("info@example.org", True), ("info@", False), ("", False)])
def test_an_address_for_a_new_link(typed: str, valid: bool) -> None:
    assert AddressForm({"email": typed}).is_valid() is valid


@pytest.mark.parametrize(
    ("website", "address", "at_home"),
    [
        ("https://www.haus.example.org/wir", "neu@haus.example.org", True),
        ("https://haus.example.org", "Neu@HAUS.example.org", True),
        ("https://haus.example.org", "neu@example.org", False),
        ("https://haus.example.org", "neu@mail.haus.example.org", False),
        ("https://haus.example.org", "haus.example.org@mail.example.com", False),
        ("", "neu@haus.example.org", False),
        ("no address", "neu@", False),
    ],
)
def test_whose_mailbox_is_the_organisations_own(website: str, address: str, at_home: bool) -> None:
    assert is_at_home(address, Organisation(website=website)) is at_home
