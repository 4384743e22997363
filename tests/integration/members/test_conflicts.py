"""Two write at once: nobody's words are lost, and nobody is asked about what only one of them touched."""

from typing import Any

import pytest
from django.test import Client

from directory import listings
from directory.members.editing import ATTEMPTS
from directory.models import Listing, Membership
from tests.integration.directory.making import find, superuser
from tests.integration.members.making import codes, complete, contact, draft, member, signed_in
from tests.integration.members.posting import Screen, form_of
from wegweiser import roles

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def review() -> None:
    roles.install()
    codes()


@pytest.fixture
def asel() -> Client:
    return signed_in(member("house", "asel", language="en"))


@pytest.fixture
def ben() -> Client:
    return signed_in(member("house", "ben", language="en"))


def test_what_each_changed_alone_is_kept_from_both(asel: Client, ben: Client) -> None:
    complete("advice")
    first, second = Screen(asel, "advice", "text"), Screen(ben, "advice", "text")
    first.save(title_de="Von Asel")
    assert second.save(helps_with_de="Von Ben").status_code == 302
    assert (draft("advice").title_de, draft("advice").helps_with_de) == ("Von Asel", "Von Ben")


def test_two_sections_at_once_are_no_conflict(asel: Client, ben: Client) -> None:
    complete("advice")
    first, second = Screen(asel, "advice", "kontakt"), Screen(ben, "advice", "zeiten")
    first.save(contacts__0__value="0211 8990000")
    second.save(opening_hours_note="nach Vereinbarung")
    now = draft("advice")
    assert now.opening_hours_note == "nach Vereinbarung"
    assert [row.value for row in now.contacts.all()] == ["0211 8990000"]


def test_the_same_words_from_both_are_no_conflict(asel: Client, ben: Client) -> None:
    complete("advice")
    screens = [Screen(each, "advice", "text") for each in (asel, ben)]
    assert [each.save(title_de="Gleich").status_code for each in screens] == [302, 302]


def test_both_versions_are_shown_and_nothing_is_saved_yet(asel: Client, ben: Client) -> None:
    complete("advice")
    first, second = Screen(asel, "advice", "text"), Screen(ben, "advice", "text")
    first.save(title_de="Von Asel")
    response = second.save(title_de="Von <b>Ben</b>", helps_with_de="Auch von Ben")
    html = response.content.decode()
    assert response.status_code == 409
    for words in ("Von Asel", "Von &lt;b&gt;Ben&lt;/b&gt;", "<bdi>asel@example.org</bdi> saved another version"):
        assert words in html
    assert "<h2>Title (German)</h2>" in html
    assert html.count("<h2>") == 1, "only what both have changed"
    assert draft("advice").title_de == "Von Asel"


def confirmed(html: str) -> dict[str, Any]:
    """What the button of the page with both versions sends."""
    return dict(form_of(html.replace('<form class="row"', '<form data-autosave class="row"')).lists())


def test_my_version_wins_and_the_rest_of_theirs_stays(asel: Client, ben: Client) -> None:
    complete("advice")
    first, second = Screen(asel, "advice", "text"), Screen(ben, "advice", "text")
    first.save(title_de="Von Asel", description_de="Beschrieben von Asel")
    html = second.save(title_de="Von Ben", helps_with_de="Hilft, sagt Ben").content.decode()
    assert ben.post(second.address, confirmed(html)).status_code == 302
    now = draft("advice")
    assert (now.title_de, now.helps_with_de) == ("Von Ben", "Hilft, sagt Ben")
    assert now.description_de == "Beschrieben von Asel"


def test_what_comes_in_while_somebody_decides_is_asked_about_again(asel: Client, ben: Client) -> None:
    complete("advice")
    first, second = Screen(asel, "advice", "text"), Screen(ben, "advice", "text")
    first.save(title_de="Von Asel")
    html = second.save(title_de="Von Ben").content.decode()
    Screen(asel, "advice", "text").save(title_de="Asel, noch einmal")
    response = ben.post(second.address, confirmed(html))
    assert response.status_code == 409
    assert "Asel, noch einmal" in response.content.decode()


def test_rows_are_a_conflict_as_one(asel: Client, ben: Client) -> None:
    contact(complete("advice"), "email", "team@example.org")
    first, second = Screen(asel, "advice", "kontakt"), Screen(ben, "advice", "kontakt")
    first.save(contacts__0__DELETE="on")
    response = second.save(contacts__1__value="neu@example.org")
    html = response.content.decode()
    assert response.status_code == 409
    assert "neu@example.org" in html
    ben.post(second.address, confirmed(html))
    assert "neu@example.org" in {row.value for row in draft("advice").contacts.all()}


def test_a_row_that_only_they_changed_is_kept(asel: Client, ben: Client) -> None:
    complete("advice")
    first, second = Screen(asel, "advice", "ort"), Screen(ben, "advice", "ort")
    first.save(places__0__name="Laden", places__0__address="Weg 1")
    second.save(area_note="nur Stadt")
    now = draft("advice")
    assert [place.name for place in now.places.all()] == ["Laden"]
    assert now.area_note == "nur Stadt"


def test_a_published_version_in_between_is_not_lost(asel: Client) -> None:
    complete("advice")
    mine = Screen(asel, "advice", "text")
    staff = superuser()
    current = find(Listing, "advice")
    current.title_de = "Von der Stadt"
    current.save_revision(user=staff).publish(user=staff)
    assert mine.save(helps_with_de="Von Asel").status_code == 302
    assert (draft("advice").title_de, draft("advice").helps_with_de) == ("Von der Stadt", "Von Asel")


def test_autosave_stops_at_a_conflict_and_says_what_to_do(asel: Client, ben: Client) -> None:
    complete("advice")
    first, second = Screen(asel, "advice", "text"), Screen(ben, "advice", "text")
    first.autosave(title_de="Von Asel")
    response = second.autosave(title_de="Von Ben")
    assert response.status_code == 409
    assert "both versions" in response.json()["words"]
    assert draft("advice").title_de == "Von Asel"


def test_whoever_saves_between_our_reading_and_our_writing_is_not_written_over(
    asel: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    complete("advice")
    save_draft, calls = listings.save_draft, []

    def late(**given: Any) -> Any:
        calls.append(given)
        if len(calls) == 1:  # another member is faster, once
            other = listings.draft_of(find(Listing, "advice"))
            other.description_de = "Schneller"
            save_draft(draft=other, seen=given["seen"], by=Membership.objects.get().user)
        return save_draft(**given)

    monkeypatch.setattr(listings, "save_draft", late)
    assert Screen(asel, "advice", "text").save(title_de="Von Asel").status_code == 302
    assert (draft("advice").title_de, draft("advice").description_de) == ("Von Asel", "Schneller")
    assert len(calls) == 2


def test_after_some_attempts_the_page_comes_back_with_what_was_typed(
    asel: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    complete("advice")
    screen, calls = Screen(asel, "advice", "text"), []

    def never(**given: Any) -> Any:
        calls.append(given)
        raise listings.ConflictError

    monkeypatch.setattr(listings, "save_draft", never)
    response = screen.save(title_de="Von Asel")
    assert (response.status_code, len(calls)) == (422, ATTEMPTS)
    assert 'value="Von Asel"' in response.content.decode()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {"title_de": "eins"}),
        ({"title_de": "eins", "helps_with_de": "eins"}, {"description_de": "zwei"}),
        ({"title_de": "eins", "helps_with_de": "eins"}, {"title_de": "eins", "description_de": "zwei"}),
        ({"title_de": "eins", "helps_with_de": "eins"}, {"title_de": "zwei", "description_de": "zwei"}),
        ({"description_de": ""}, {"description_de": "zwei"}),
        ({"description_de": "eins"}, {"description_de": ""}),
    ],
)
def test_every_acknowledged_word_is_in_the_draft_or_the_later_one_was_asked(
    asel: Client, ben: Client, first: dict[str, str], second: dict[str, str]
) -> None:
    complete("advice")
    one, two = Screen(asel, "advice", "text"), Screen(ben, "advice", "text")
    assert one.save(**first).status_code == 302
    response = two.save(**second)
    both = [name for name in first if name in second and first[name] != second[name]]
    assert response.status_code == (409 if both else 302)
    wanted = first if both else first | second
    assert {name: getattr(draft("advice"), name) for name in wanted} == wanted
