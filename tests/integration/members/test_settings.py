"""Each member chooses the language of the pages, and the languages that they write in."""

import pytest
from django.test import Client

from directory.members.languages import writing_languages
from directory.models import Membership
from tests.integration.members.making import codes, complete, member, page, signed_in
from tests.integration.members.posting import Screen
from wegweiser import roles

pytestmark = pytest.mark.django_db
SETTINGS = "/konto/einstellungen/"


@pytest.fixture
def asel(db: None) -> Client:
    roles.install()
    codes()
    return signed_in(member("house", language="en"))


def test_chosen_once_for_all_organisations(asel: Client) -> None:
    member("other")
    asel.post(SETTINGS, {"language": "uk", "writes_in": ["tr", "ar"]})
    for membership in Membership.objects.all():
        assert (membership.language, membership.writes_in) == ("uk", ["tr", "ar"])


def test_nobody_elses_choice_changes(asel: Client) -> None:
    member("house", "ben", language="tr")
    asel.post(SETTINGS, {"language": "uk"})
    assert Membership.objects.get(user__username="ben").language == "tr"


def test_what_is_chosen_is_ticked(asel: Client) -> None:
    asel.post(SETTINGS, {"language": "en", "writes_in": ["tr"]})
    shown = page(asel, SETTINGS)
    ticked = [line for line in shown.split("<input") if " checked" in line]
    assert len(ticked) == 1
    assert 'value="tr"' in ticked[0]


def test_a_further_language_brings_its_fields_at_once(asel: Client) -> None:
    complete("advice")
    assert "title_uk" not in Screen(asel, "advice", "text").data
    asel.post(SETTINGS, {"language": "en", "writes_in": ["uk"]})
    assert "title_uk" in Screen(asel, "advice", "text").data
    assert "Write the text in Українська" in page(asel, "/konto/eintrag/advice/")


@pytest.mark.parametrize("wrong", [{"language": "pl"}, {"language": ""}, {"language": "en", "writes_in": ["pl"]}])
def test_languages_that_are_not_offered_are_refused(asel: Client, wrong: dict[str, object]) -> None:
    asel.post(SETTINGS, wrong)
    assert (Membership.objects.get().language, Membership.objects.get().writes_in) == ("en", [])


def test_the_source_comes_first_and_what_is_switched_off_is_left_out() -> None:
    member("house", writes_in=["pl", "ar", "tr", "de"])
    entry = complete("advice", source_language="tr", title_tr="Danışma")
    assert writing_languages(Membership.objects.get(), entry) == ("tr", "de", "ar")


def test_visitors_sign_in_first() -> None:
    assert Client().get(SETTINGS).status_code == 302
