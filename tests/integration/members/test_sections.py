"""Each section shows what was written last, and writes what somebody changes into the draft, and nothing else."""

from typing import Any

import pytest
from django.test import Client

from directory.members.sections import SECTIONS
from directory.models import Change, Configuration, Listing, Membership
from directory.translation_state import State, state
from tests.integration.directory.making import find, listing, organisation
from tests.integration.members.making import changed, codes, complete, contact, draft, member, page, signed_in
from tests.integration.members.posting import Screen
from wegweiser import roles

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def review() -> None:
    roles.install()
    codes()


@pytest.fixture
def asel() -> Client:
    return signed_in(member("house", language="en", writes_in=["tr"]))


def slugs(kind: str) -> list[str]:
    return [each.slug for each in SECTIONS if each.for_training in (None, kind == "training")]


@pytest.mark.parametrize("kind", ["counselling", "training", "empowerment", "offer", "funding"])
def test_a_section_that_is_saved_as_it_stands_changes_nothing(asel: Client, kind: str) -> None:
    entry = complete(
        "advice", kind=kind, opening_hours="Mo-Fr 09:00-12:00; PH off", waiting_weeks=3, note="intern"
    )
    before, position = entry.serializable_data(), Change.position()
    for section in slugs(kind):
        assert Screen(asel, "advice", section).save().status_code == 302, section
    assert find(Listing, "advice").serializable_data() == before
    assert Change.position() == position, "nothing to save, and so no version"


def test_a_text_goes_into_the_draft_and_not_to_the_public(asel: Client) -> None:
    complete("advice")
    response = Screen(asel, "advice", "text").save(title_de="Neuer Name", title_tr="Yeni ad")
    assert response.headers["Location"] == "/konto/eintrag/advice/"
    assert (draft("advice").title_de, draft("advice").title_tr) == ("Neuer Name", "Yeni ad")
    assert find(Listing, "advice").title_de == "Beratung"


def test_there_are_fields_for_the_chosen_languages_only(asel: Client) -> None:
    complete("advice")
    names = set(Screen(asel, "advice", "text").data)
    assert {"title_de", "title_tr", "description_tr"} <= names
    assert not any(name.endswith(("_en", "_ar", "_uk")) for name in names)


def test_a_text_in_a_language_that_nobody_chose_here_stays(asel: Client) -> None:
    complete("advice", title_ar="استشارة")
    Screen(asel, "advice", "text").save(title_de="Neu")
    assert draft("advice").title_ar == "استشارة"


def test_a_field_of_another_section_cannot_be_slipped_in(asel: Client) -> None:
    complete("advice")
    Screen(asel, "advice", "text").save(
        title_de="Neu", title_uk="x", opening_hours="24/7", internal_only="on", organisation="99", slug="other",
        live="1", callback_email="x@example.org", last_confirmed_by="me",
    )  # fmt: skip
    now = draft("advice")
    assert (now.title_uk or "", now.opening_hours, now.internal_only, now.slug) == (
        "",
        "Mo-Fr 09:00-12:00",
        False,
        "advice",
    )
    assert (now.callback_email, now.last_confirmed_by) == ("", "")


def test_who_wrote_a_translation_is_noted_and_an_old_one_is_outdated(asel: Client) -> None:
    complete("advice")
    Screen(asel, "advice", "text").save(title_tr="Danışmanlık")
    now = draft("advice")
    assert state(now, "tr") is State.HUMAN
    assert now.translation_state["tr"]["by"] == "asel"
    Screen(asel, "advice", "text").save(title_de="Ganz anders")
    assert state(draft("advice"), "tr") is State.OUTDATED


def test_every_field_carries_its_language_and_direction(asel: Client) -> None:
    Membership.objects.get()
    ali = signed_in(member("house", "ali", language="en", writes_in=["ar"]))
    complete("advice")
    assert 'name="title_ar"' in page(ali, "/konto/eintrag/advice/text/")
    html = page(ali, "/konto/eintrag/advice/text/")
    start = html.index('name="title_ar"')
    assert 'lang="ar" dir="rtl"' in html[start : start + 200]


def test_a_new_number_is_written_as_one_dials_it(asel: Client) -> None:
    complete("advice")
    screen = Screen(asel, "advice", "kontakt")
    screen.save(contacts__1__kind="phone", contacts__1__value="+49 (0)211/ 8995678")
    assert {row.value for row in draft("advice").contacts.all()} == {"0211 8991234", "0211 8995678"}
    assert find(Listing, "advice").contacts.count() == 1


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("phone", "0211 12", "This is not a phone number"),
        ("email", "team@", "email address"),
        ("website", "https://x y", "URL"),
        ("website", "javascript:alert(1)", "URL"),
    ],
)
def test_what_is_no_number_or_address_is_told_beside_the_field_and_kept(
    asel: Client, kind: str, value: str, words: str
) -> None:
    entry = complete("advice")
    response = Screen(asel, "advice", "kontakt").save(contacts__1__kind=kind, contacts__1__value=value)
    html = response.content.decode()
    assert response.status_code == 422
    assert words in html
    assert 'aria-invalid="true"' in html
    assert f'value="{value}"' in html
    assert find(Listing, "advice").latest_revision_id == entry.latest_revision_id


def test_a_number_is_changed_and_another_one_removed(asel: Client) -> None:
    entry = complete("advice")
    contact(entry, "email", "team@example.org", source="Webseite")
    Screen(asel, "advice", "kontakt").save(contacts__0__DELETE="on", contacts__1__value="neu@example.org")
    (left,) = draft("advice").contacts.all()
    assert (left.value, left.source) == ("neu@example.org", "Webseite")


def test_a_row_that_was_only_in_the_draft_is_not_doubled(asel: Client) -> None:
    complete("advice")
    screen = Screen(asel, "advice", "kontakt").put(contacts__1__kind="email")
    seen: Any = ""
    for value in ("te@example.org", "team@example.org"):
        seen = screen.autosave(contacts__1__value=value, seen=str(seen)).json()["seen"]
    assert sorted(row.value for row in draft("advice").contacts.all()) == ["0211 8991234", "team@example.org"]
    Screen(asel, "advice", "kontakt").save()
    assert draft("advice").contacts.count() == 2


def test_the_hidden_hours_and_sources_of_a_contact_stay(asel: Client) -> None:
    entry = complete("advice")
    contact(
        entry, "phone", "0211 8995678", opening_hours="Mo 10:00-12:00", audience="professionals", source="Mail"
    )
    Screen(asel, "advice", "kontakt").save(contacts__0__value="0211 8990000")
    (row,) = (each for each in draft("advice").contacts.all() if each.source)
    assert (row.opening_hours, row.audience, row.source) == ("Mo 10:00-12:00", "professionals", "Mail")


def test_hours_of_a_number_alone_are_told_and_can_be_taken_away(asel: Client) -> None:
    entry = complete("advice")
    contact(entry, "phone", "0211 8995678", opening_hours="Mo 10:00-12:00")
    screen = Screen(asel, "advice", "kontakt")
    assert "The hours of this number alone no longer hold: Monday: 10 a.m." in screen.html
    assert screen.html.count("forget_hours") > 0
    assert "contacts-0-forget_hours" not in screen.html, "the first number has none"
    screen.save(contacts__1__forget_hours="on")
    assert [row.opening_hours for row in draft("advice").contacts.all()] == ["", ""]
    assert "forget_hours" not in Screen(asel, "advice", "kontakt").html


def test_a_place_with_a_hidden_address(asel: Client) -> None:
    complete("advice")
    Screen(asel, "advice", "ort").save(
        places__0__name="Laden", places__0__address="Weg 1", places__0__visibility="hidden"
    )
    (place,) = draft("advice").places.all()
    assert (place.name, place.address, place.visibility) == ("Laden", "Weg 1", "hidden")


def test_boxes_set_and_cleared(asel: Client) -> None:
    complete("advice")
    screen = Screen(asel, "advice", "fuer-wen")
    assert screen.data.getlist("kinds_of_help") == ["counselling"]
    screen.save(kinds_of_help=["counselling", "complaint"])
    assert draft("advice").kinds_of_help == ["counselling", "complaint"]
    Screen(asel, "advice", "fuer-wen").save(kinds_of_help=[])
    assert draft("advice").kinds_of_help == []


def test_a_code_that_does_not_exist_is_refused_in_words(asel: Client) -> None:
    complete("advice")
    response = Screen(asel, "advice", "fuer-wen").save(kinds_of_help=["magic"])
    assert response.status_code == 422
    assert "magic" in response.content.decode()


def test_spoken_languages_are_boxes_and_notes_stay_with_them(asel: Client) -> None:
    entry = complete("advice")
    row = entry.languages.get()
    row.note = "nur dienstags"
    row.save()
    Screen(asel, "advice", "bedingungen").save(spoken=["de", "prs"])
    assert {(each.language, each.note) for each in draft("advice").languages.all()} == {
        ("de", "nur dienstags"),
        ("prs", ""),
    }
    Screen(asel, "advice", "bedingungen").save(spoken=["prs"])
    assert [each.language for each in draft("advice").languages.all()] == ["prs"]


def test_a_language_that_is_not_offered_but_spoken_stays(asel: Client) -> None:
    entry = complete("advice")
    row = entry.languages.get()
    row.language = "wo"
    row.save()
    assert Screen(asel, "advice", "bedingungen").data.getlist("spoken") == ["wo"]


@pytest.mark.parametrize(
    ("go", "target"),
    [
        ("back", "/konto/eintrag/advice/"),
        ("next", "/konto/eintrag/advice/kontakt/"),
        ("more", "/konto/eintrag/advice/text/"),
    ],
)
def test_the_buttons_lead_on(asel: Client, go: str, target: str) -> None:
    complete("advice")
    assert Screen(asel, "advice", "text").save(go, title_de="Neu").headers["Location"] == target


def test_the_last_section_leads_back(asel: Client) -> None:
    complete("advice")
    assert Screen(asel, "advice", "bedingungen").save("next").headers["Location"] == "/konto/eintrag/advice/"


def test_only_trainings_are_asked_about_trainings(asel: Client) -> None:
    complete("advice")
    complete("course", kind="training")
    assert asel.get("/konto/eintrag/advice/fortbildung/").status_code == 404
    Screen(asel, "course", "fortbildung").save(formats=["workshop"], duration="ein Tag")
    assert (draft("course").formats, draft("course").duration) == (["workshop"], "ein Tag")


def test_what_is_in_review_is_not_edited(asel: Client) -> None:
    complete("advice")
    screen = Screen(asel, "advice", "text")
    changed(find(Listing, "advice"), title_de="Neu")
    asel.post("/konto/eintrag/advice/absenden/")
    for response in (screen.save(title_de="Anders"), asel.get(screen.address)):
        assert response.headers["Location"] == "/konto/eintrag/advice/"
    assert screen.autosave(title_de="Anders").status_code == 423
    assert draft("advice").title_de == "Neu"


def test_while_everything_is_frozen_nothing_is_saved_and_words_say_so(asel: Client) -> None:
    complete("advice")
    screen = Screen(asel, "advice", "text")
    configuration = Configuration.load()
    configuration.frozen = True
    configuration.save()
    for response in (screen.save(title_de="Neu"), screen.autosave(title_de="Neu")):
        assert response.status_code == 403
        assert "cannot be changed at the moment" in response.content.decode()
    assert draft("advice").title_de == "Beratung"


@pytest.mark.parametrize("section", ["text", "kontakt", "nichts"])
def test_another_organisations_entry_does_not_exist(asel: Client, section: str) -> None:
    complete("foreign", organisation=organisation("other"))
    assert asel.get(f"/konto/eintrag/foreign/{section}/").status_code == 404
    assert asel.post(f"/konto/eintrag/foreign/{section}/", {"title_de": "x"}).status_code == 404


def test_a_contact_of_another_entry_cannot_be_taken_over(asel: Client) -> None:
    complete("advice")
    foreign = contact(complete("foreign", organisation=organisation("other")), "email", "secret@example.org")
    screen = Screen(asel, "advice", "kontakt")
    response = screen.save(contacts__0__id=str(foreign.pk), contacts__0__value="0211 8990000")
    assert "secret" not in response.content.decode()
    foreign.refresh_from_db()
    assert foreign.value == "secret@example.org"
    assert foreign.listing.slug == "foreign"


@pytest.mark.parametrize(
    "rows",
    [
        {"contacts-TOTAL_FORMS": "2", "contacts-INITIAL_FORMS": "1"},
        {"contacts-TOTAL_FORMS": "2", "contacts-INITIAL_FORMS": "1", "contacts-0-id": "x"},
        {"contacts-TOTAL_FORMS": "-1", "contacts-INITIAL_FORMS": "x"},
        {},
    ],
)
def test_rows_that_no_form_of_ours_has_sent_are_refused(asel: Client, rows: dict[str, str]) -> None:
    complete("advice")
    assert asel.post("/konto/eintrag/advice/kontakt/", rows).status_code in (400, 422)


@pytest.mark.parametrize("seen", ["0", "999999999999999999999999", "-1", "x", "١"])
def test_a_version_that_never_was_loses_nothing(asel: Client, seen: str) -> None:
    complete("advice")
    changed(find(Listing, "advice"), title_de="Zuerst", description_de="Alt")
    response = Screen(asel, "advice", "text").save(seen=seen, title_de="Neu")
    assert response.status_code in (302, 409)
    assert draft("advice").title_de in ("Zuerst", "Neu")


def test_an_end_of_the_offer(asel: Client) -> None:
    complete("advice")
    Screen(asel, "advice", "zeiten").save(valid_until="2027-03-31")
    assert str(draft("advice").valid_until) == "2027-03-31"
    assert 'type="date"' in page(asel, "/konto/eintrag/advice/zeiten/")


def test_an_entry_without_any_version_yet(asel: Client) -> None:
    listing("advice")
    Screen(asel, "advice", "text").save(helps_with_de="Hilft.")
    assert draft("advice").helps_with_de == "Hilft."


def test_autosave_tells_when_and_goes_on_with_the_new_version(asel: Client) -> None:
    complete("advice")
    screen = Screen(asel, "advice", "text")
    first: Any = screen.autosave(title_de="Eins").json()
    assert first["words"].startswith("Draft saved at ")
    second: Any = screen.autosave(seen=str(first["seen"]), title_de="Zwei").json()
    assert second["seen"] > first["seen"]
    assert draft("advice").title_de == "Zwei"


def test_autosave_says_what_is_wrong_and_saves_nothing(asel: Client) -> None:
    complete("advice")
    response = Screen(asel, "advice", "kontakt").autosave(contacts__0__value="12")
    assert response.status_code == 422
    assert response.json()["words"].startswith("Not saved yet. This is not a phone number")
    assert draft("advice").contacts.all()[0].value == "0211 8991234"
