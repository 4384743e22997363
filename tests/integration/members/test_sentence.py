"""One sentence on a phone: all of it can be read while it is written, and it stays one line."""

import pytest
from django.test import Client

from directory.editing.fields import Sentence
from directory.proposals.forms import ListingForm
from directory.upkeep.forms import CorrectionForm
from tests.integration.members.making import codes, complete, draft, member, signed_in
from tests.integration.members.posting import Screen
from tests.integration.public.reading import read
from wegweiser import roles

pytestmark = pytest.mark.django_db


@pytest.fixture
def asel() -> Client:
    roles.install()
    codes()
    complete("advice")
    return signed_in(member("house", language="en", writes_in=["ar"]))


def test_a_member_sees_several_lines_of_it(asel: Client) -> None:
    seen = read(asel.get("/konto/eintrag/advice/text/"))
    german, arabic = (seen.one("textarea", name=f"helps_with_{code}") for code in ("de", "ar"))
    assert (german.attributes["rows"], german.attributes["maxlength"]) == ("3", "300")
    assert (arabic.lang, arabic.dir) == ("ar", "rtl")
    assert german.text == "Hilft nach Vorfällen."


@pytest.mark.parametrize("typed", ["Hilft\r\nnach \r\n\r\n Vorfällen.", "\nHilft\nnach\rVorfällen.\n"])
def test_the_enter_key_writes_a_space(asel: Client, typed: str) -> None:
    before = Screen(asel, "advice", "text").save()
    assert Screen(asel, "advice", "text").save(helps_with_de=typed).status_code == before.status_code
    assert draft("advice").helps_with_de == "Hilft nach Vorfällen."
    assert draft("advice").latest_revision_id is None, "the same sentence, and so no version"


def test_what_was_refused_is_shown_in_one_line_again(asel: Client) -> None:
    response = Screen(asel, "advice", "text").save(title_de="", helps_with_de="Wort\r\n" * 100)
    assert response.status_code == 422
    assert read(response).one("textarea", name="helps_with_de").text.startswith("Wort Wort")


def test_so_do_the_forms_for_everybody(asel: Client) -> None:
    correction = CorrectionForm(draft("advice"))
    for field in (ListingForm().fields["helps_with"], correction.fields["helps_with"]):
        assert isinstance(field.widget, Sentence)
        assert field.widget.attrs["rows"] == 3
    page = read(Client().get("/en/vorschlagen/angebot/"))
    assert page.one("textarea", name="helps_with").attributes["autocomplete"] == "off"
