"""Letters: on paper, with a code of their own that the newest letter alone keeps."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import ngettext, override
from pytest_django import Settings
from wagtail.models import ModelLogEntry

from directory import mail_links
from directory.collecting import letters, missing
from directory.mail_links import ExpiredError, Purpose
from directory.models import Configuration, Contact, MailLink, Organisation, Place, Upkeep
from tests.integration.collecting.making import give, signed_in, silent, staff

pytestmark = pytest.mark.django_db

CODE = re.compile(r"\b(?:[0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}\b")
PRINT = "/admin/collecting/letters/"


@pytest.fixture
def reviewer(db: None) -> Client:
    return signed_in(staff("Reviewer"))


def printed(client: Client, *houses: Organisation) -> str:
    response = client.post(PRINT, {"organisation": [house.pk for house in houses]})
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    return response.content.decode()


def codes(text: str) -> list[str]:
    return CODE.findall(re.sub(r"<svg.+?</svg>", "", text, flags=re.DOTALL))


def test_each_organisation_has_a_page_and_a_code_that_works(reviewer: Client) -> None:
    alpha, beta = silent("alpha", 2), silent("beta")
    text = printed(reviewer, alpha, beta)
    assert text.count('<article class="letter"') == 2
    first, second = codes(text)
    assert mail_links.look(first, purpose=Purpose.CLAIM).organisation == alpha
    assert mail_links.look(second, purpose=Purpose.CLAIM).organisation == beta
    assert "Beratung alpha 1" in text
    assert text.count("<svg") == 2


def test_only_the_digest_is_kept(reviewer: Client) -> None:
    (code,) = codes(printed(reviewer, silent("alpha")))
    stored = MailLink.objects.values().get()
    assert code not in str(stored)
    assert (stored["email"], stored["about"]) == ("", {})


def test_a_new_letter_ends_the_code_of_the_one_before(reviewer: Client) -> None:
    house = silent("alpha")
    (old,) = codes(printed(reviewer, house))
    (new,) = codes(printed(reviewer, house))
    with pytest.raises(ExpiredError):
        mail_links.look(old, purpose=Purpose.CLAIM)
    assert mail_links.look(new, purpose=Purpose.CLAIM)


def test_links_that_were_mailed_stay(reviewer: Client) -> None:
    house = silent("alpha")
    given = {"valid_for": timedelta(days=9), "organisation": house, "email": "info@example.org"}
    mailed = mail_links.issue(purpose=Purpose.CLAIM, **given)  # type: ignore[arg-type]
    printed(reviewer, house)
    assert mail_links.look(mailed, purpose=Purpose.CLAIM)


def test_the_history_says_who_printed_it(reviewer: Client) -> None:
    house = silent("alpha")
    printed(reviewer, house)
    entry = ModelLogEntry.objects.get(action="wegweiser.letter")
    assert (entry.user.username, entry.object_id) == ("reviewer", str(house.pk))
    text = reviewer.get(f"/admin/snippets/directory/organisation/history/{house.pk}/").content.decode()
    assert "Printed a letter with a code" in text


def test_the_sender_and_a_number_to_call(reviewer: Client) -> None:
    given = {"publisher": "Stadt Musterstadt", "publisher_address": "Rathausplatz 1\n40000 Musterstadt"}
    Configuration(pk=1, publisher_phone="0211 8991234", **given).save()
    text = printed(reviewer, silent("alpha"))
    assert "Stadt Musterstadt · Rathausplatz 1 · 40000 Musterstadt" in text
    assert "0211 8991234" in text


def test_the_address_stands_in_the_window_line_by_line(reviewer: Client) -> None:
    house = silent("alpha")
    given = {"visibility": Place.Visibility.HIDDEN, "address": "Königswall 36, 44137 Dortmund"}
    Place(listing=house.listings.get(), **given).save()
    window = printed(reviewer, house).split("<address>")[1].split("</address>")[0]
    assert window == "Alpha<br>Königswall 36<br>44137 Dortmund"


def test_in_german_and_below_in_the_language_of_the_organisation(reviewer: Client) -> None:
    house = silent("alpha")
    assert letters.languages(house) == ("de",)
    Upkeep.objects.create(organisation=house, language="ar")
    text = printed(reviewer, house)
    assert text.index('<div lang="de" dir="ltr">') < text.index('<div lang="ar" dir="rtl">')


def test_the_code_leads_to_the_reader_s_own_language(settings: Settings) -> None:
    settings.PUBLIC_URL = "https://wegweiser.example.org"
    (row,) = missing.rows(missing.MISSING, [silent("alpha").pk])
    for language in ("de", "ar"):
        with override(language):
            assert letters.at(f"/{language}/brief/X/") == "https://wegweiser.example.org/brief/X/"
            assert letters.letter(row, "X").place == "wegweiser.example.org/brief"


def test_what_the_letter_names_is_found(client: Client) -> None:
    for path in ("/brief", "/brief/ABCD-EFGH-JKMN/"):
        response = client.get(path, follow=True, headers={"accept-language": "ar"})
        assert response.redirect_chain[-1][0].startswith("/ar/brief")


def test_half_a_year_to_answer(reviewer: Client) -> None:
    printed(reviewer, silent("alpha"))
    assert MailLink.objects.get().expires_at - timezone.now() > timedelta(days=179)


@pytest.mark.parametrize("chosen", [[], ["x"], ["²"], ["0"], ["999999"]])
def test_without_anybody_to_write_to_it_says_so(reviewer: Client, chosen: list[str]) -> None:
    silent("alpha")
    response = reviewer.post(PRINT, {"organisation": chosen}, follow=True)
    assert "Choose at least one organisation" in response.content.decode()
    assert not MailLink.objects.exists()


def test_nobody_is_written_to_who_can_be_reached(reviewer: Client) -> None:
    house = silent("alpha")
    give(house.listings.get(), Contact.Kind.PHONE, "0211 8991234")
    reviewer.post(PRINT, {"organisation": [house.pk]})
    assert not MailLink.objects.exists()


def test_opening_the_address_prints_nothing(reviewer: Client) -> None:
    silent("alpha")
    assert reviewer.get(PRINT).status_code == 405
    assert not MailLink.objects.exists()


@pytest.mark.parametrize("role", ["Translator", "Partner"])
def test_others_print_none(role: str) -> None:
    house = silent("alpha")
    signed_in(staff(role)).post(PRINT, {"organisation": [house.pk]})
    assert not MailLink.objects.exists()


def test_all_letters_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    silent("alpha"), silent("beta")
    rows, by = missing.rows(missing.MISSING), staff("Reviewer")
    real, made = mail_links.issue, list[str]()

    def broken(**given: object) -> str:
        if made:
            raise RuntimeError
        made.append(real(**given))  # type: ignore[arg-type]
        return made[0]

    monkeypatch.setattr(mail_links, "issue", broken)
    with pytest.raises(RuntimeError):
        letters.write(rows=rows, by=by)
    assert not MailLink.objects.exists()


def test_the_list_tells_what_became_of_the_letter(reviewer: Client) -> None:
    house = silent("alpha")
    (code,) = codes(printed(reviewer, house))
    assert "code has ended" not in reviewer.get("/admin/collecting/").content.decode()
    mail_links.use(code, purpose=Purpose.CLAIM)
    assert "answered on" in reviewer.get("/admin/collecting/").content.decode()


def test_a_house_with_many_entries_has_one_page_too(reviewer: Client) -> None:
    text = printed(reviewer, silent("alpha", 9))
    assert text.count("<li lang") == letters.ENTRIES_AT_MOST
    with override("de"):
        assert f"<li>{ngettext('and %(number)s more', 'and %(number)s more', 3) % {'number': 3}}</li>" in text
