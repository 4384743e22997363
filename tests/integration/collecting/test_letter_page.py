"""The page behind the code: it opens for whoever holds the letter, changes nothing by itself, and asks staff."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory import listings, mail_links
from directory.collecting import claiming
from directory.mail_links import Purpose
from directory.models import Change, Configuration, MailLink, Organisation, Proposal
from tests.integration.collecting.making import contacts, silent, staff
from tests.integration.directory.making import listing, stored, undone
from wegweiser import roles

pytestmark = pytest.mark.django_db

NUMBER = "0211 8991234"


@pytest.fixture(autouse=True)
def review(db: None) -> None:
    roles.install()


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"accept-language": "en"})


def code_for(house: Organisation, days: int = 30) -> str:
    given = {"valid_for": timedelta(days=days), "organisation": house, "typed": True}
    return mail_links.issue(purpose=Purpose.CLAIM, **given)  # type: ignore[arg-type]


def answer(visitor: Client, house: Organisation, code: str, **typed: Any) -> Any:
    entries = [each.pk for each in house.listings.all()]
    return visitor.post("/en/brief/", {"code": code, "send": "1", "entries": entries} | typed)


def _form(text: str) -> tuple[str, dict[str, Any]]:
    """Where the form goes, and what a browser sends of it."""
    text = text.split('<form id="letter"')[1].split("</form>", maxsplit=1)[0]
    action = re.findall(r'action="([^"]+)"', text)[0]
    inputs = [dict(re.findall(r'(name|value|type)="([^"]*)"', each)) for each in re.findall(r"<input[^>]+>", text)]
    plain = {each["name"]: each.get("value", "") for each in inputs if each.get("type") != "checkbox"}
    ticked = re.findall(r'name="entries" value="(\d+)"[^>]* checked', text)
    return action, plain | {"entries": ticked, "send": "1"}


def state(house: Organisation) -> tuple[Any, ...]:
    return (
        Change.position(),
        Proposal.objects.count(),
        list(MailLink.objects.values_list("used_at")),
        [each.latest_revision_id for each in house.listings.all()],
    )


class TestOpening:
    @pytest.mark.parametrize("method", ["get", "head"])
    def test_by_the_drawing_and_nothing_changes_for_a_scanner(self, visitor: Client, method: str) -> None:
        house = silent("house", 2)
        code = code_for(house)
        before = state(house)
        response = getattr(visitor, method)(f"/en/brief/{code}/")
        assert response.status_code == 200
        assert state(house) == before

    def test_by_typing_the_code(self, visitor: Client) -> None:
        house = silent("house", 2)
        before = state(house)
        code = code_for(house).lower().replace("-", " ")
        text = visitor.post("/en/brief/", {"code": code}).content.decode()
        assert "How can people reach you?" in text
        assert "Beratung house 2" in text
        assert state(house)[3] == before[3]

    @pytest.mark.parametrize("path", ["/en/brief/", "/en/brief/{code}/"])
    def test_it_is_kept_nowhere_and_sets_nothing(self, visitor: Client, path: str) -> None:
        response = visitor.get(path.format(code=code_for(silent("house"))))
        assert not response.cookies
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "no-referrer"
        assert '<meta name="robots" content="noindex">' in response.content.decode()
        assert "csrf" not in response.content.decode()

    def test_it_shows_nothing_that_is_not_public(self, visitor: Client) -> None:
        house = silent("house")
        listing("secret", organisation=house, title_de="Kanarienvogel", live=False)
        assert "Kanarienvogel" not in visitor.get(f"/en/brief/{code_for(house)}/").content.decode()

    @pytest.mark.parametrize("code", ["0000-0000-0000", "x", "O" * 900])
    def test_a_code_that_nobody_has_sent(self, visitor: Client, code: str) -> None:
        response = visitor.post("/en/brief/", {"code": code})
        assert response.status_code == 404
        assert "We do not know this code" in response.content.decode()
        assert 'aria-invalid="true"' in response.content.decode()

    def test_the_link_of_another_purpose_opens_nothing(self, visitor: Client) -> None:
        given = {"valid_for": timedelta(days=3), "organisation": silent("house")}
        token = mail_links.issue(purpose=Purpose.SIGN_IN, **given)  # type: ignore[arg-type]
        assert visitor.post("/en/brief/", {"code": token}).status_code == 404

    def test_one_that_has_ended_and_whom_to_ask(self, visitor: Client) -> None:
        Configuration(pk=1, publisher_phone="0211 8990000", publisher_email="stadt@example.org").save()
        response = visitor.get(f"/en/brief/{code_for(silent('house'), days=-1)}/")
        text = response.content.decode()
        assert response.status_code == 410
        assert "not valid any more" in text
        assert "0211 8990000" in text
        assert "stadt@example.org" in text

    def test_an_organisation_that_is_not_public_any_more(self, visitor: Client) -> None:
        house = silent("house")
        code = code_for(house)
        house.live = False
        house.save()
        assert visitor.get(f"/en/brief/{code}/").status_code == 404

    def test_without_any_code_it_asks_for_one(self, visitor: Client) -> None:
        text = visitor.get("/en/brief/").content.decode()
        assert 'name="code"' in text
        assert "alert" not in text.split("<main")[1]


class TestAnswering:
    @pytest.mark.parametrize("language", ["de", "ar"])
    def test_with_the_form_as_the_page_shows_it(self, visitor: Client, language: str) -> None:
        house = silent("house")
        text = visitor.get(f"/{language}/brief/{code_for(house)}/").content.decode()
        after_an_error = visitor.post(*_form(text)).content.decode()
        assert 'aria-invalid="true"' in after_an_error
        action, data = _form(after_an_error)
        assert action == f"/{language}/brief/"
        answered = visitor.post(action, data | {"phone": NUMBER})
        assert 'name="phone"' not in answered.content.decode()
        assert house.listings.get().workflow_in_progress

    def test_what_they_write_waits_for_review(self, visitor: Client) -> None:
        house = silent("house", 2)
        typed = {"phone": "+49 211 8991234", "hours": "Mo bis Do, 9 bis 12", "email": "info@example.org"}
        response = answer(visitor, house, code_for(house), **typed)
        assert "Thank you!" in response.content.decode()
        for entry in house.listings.all():
            assert (contacts(entry), entry.workflow_in_progress) == ({}, True)
            draft = listings.draft_of(entry)
            written = {row.kind: (row.value, row.opening_hours_note) for row in draft.contacts.all()}
            assert written == {"phone": (NUMBER, "Mo bis Do, 9 bis 12"), "email": ("info@example.org", "")}

    def test_once_approved_it_is_public_and_says_who_confirmed_it(self, visitor: Client) -> None:
        house = silent("house")
        answer(visitor, house, code_for(house), email="info@example.org")
        entry = house.listings.get()
        listings.approve(listing=entry, seen=entry.latest_revision_id, by=staff("Reviewer"))
        after = stored(entry)
        assert contacts(after) == {"email": "info@example.org"}
        assert (after.last_confirmed_on, after.last_confirmed_by) == (timezone.localdate(), "info@example.org")

    def test_only_the_ticked_entries(self, visitor: Client) -> None:
        house = silent("house", 2)
        first = house.listings.order_by("slug")[0]
        answer(visitor, house, code_for(house), phone=NUMBER, entries=[first.pk])
        waiting = [each.workflow_in_progress for each in house.listings.order_by("slug")]
        assert waiting == [True, False]

    def test_entries_of_others_cannot_be_named(self, visitor: Client) -> None:
        house, other = silent("house"), silent("other")
        response = answer(visitor, house, code_for(house), phone=NUMBER, entries=[other.listings.get().pk])
        assert "has changed meanwhile" in response.content.decode()
        assert not other.listings.get().workflow_in_progress

    def test_the_code_works_once(self, visitor: Client) -> None:
        house = silent("house")
        code = code_for(house)
        answer(visitor, house, code, phone=NUMBER)
        response = answer(visitor, house, code, phone="0211 8990000")
        assert response.status_code == 410
        assert "has been used already" in response.content.decode()
        (row,) = listings.draft_of(house.listings.get()).contacts.all()
        assert row.value == NUMBER

    def test_who_wants_an_account_is_a_claim_for_staff(self, visitor: Client) -> None:
        house = silent("house")
        answer(visitor, house, code_for(house), account="chef@example.org", remark="Neuer Name!")
        claim = Proposal.objects.get()
        assert (claim.kind, claim.state, claim.organisation) == ("claim", "waiting", house)
        assert (claim.email, claim.remark, claim.language) == ("chef@example.org", "Neuer Name!", "en")
        assert house.listings.get().latest_revision_id is None

    def test_contacts_alone_ask_for_no_account(self, visitor: Client) -> None:
        house = silent("house")
        answer(visitor, house, code_for(house), phone=NUMBER)
        assert not Proposal.objects.exists()

    def test_who_does_not_exist_any_more_asks_for_the_removal_of_all_entries(self, visitor: Client) -> None:
        house = silent("house", 2)
        answer(visitor, house, code_for(house), gone="on", phone=NUMBER, remark="Aufgelöst.")
        asked = Proposal.objects.order_by("listing__slug")
        assert [(each.kind, each.remark) for each in asked] == [("removal", "Aufgelöst.")] * 2
        assert [each.listing for each in asked] == list(house.listings.order_by("slug"))
        assert [each.live for each in house.listings.all()] == [True, True]

    def test_what_is_in_review_already_comes_to_staff_in_words(self, visitor: Client) -> None:
        house, by = silent("house", 2), staff("Editor")
        first = house.listings.order_by("slug")[0]
        draft = listings.draft_of(first)
        draft.title_de = "In Prüfung"
        listings.save_draft(draft=draft, seen=None, by=by)
        listings.submit(listing=stored(first), by=by)
        answer(visitor, house, code_for(house), phone=NUMBER, hours="immer")
        fields = Proposal.objects.get().fields
        assert (fields["phone"], fields["hours"], fields["entries"]) == (NUMBER, "immer", [first.slug])
        assert listings.draft_of(stored(first)).title_de == "In Prüfung"
        assert house.listings.order_by("slug")[1].workflow_in_progress

    def test_where_no_entry_is_public_any_more_staff_get_it_in_words(self, visitor: Client) -> None:
        house = silent("house")
        code = code_for(house)
        entry = house.listings.get()
        entry.live = False
        entry.save()
        assert 'name="entries"' not in visitor.get(f"/en/brief/{code}/").content.decode()
        response = visitor.post("/en/brief/", {"code": code, "send": "1", "phone": NUMBER})
        assert "Thank you!" in response.content.decode()
        asked = Proposal.objects.get()
        assert (asked.organisation, asked.fields["phone"], asked.fields["entries"]) == (house, NUMBER, [])

    def test_who_does_not_exist_any_more_and_has_no_entry_is_still_heard(self, visitor: Client) -> None:
        house = silent("house", 0)
        visitor.post("/en/brief/", {"code": code_for(house), "send": "1", "gone": "on", "remark": "Aufgelöst."})
        asked = Proposal.objects.get()
        assert (asked.organisation, asked.remark) == (house, "Aufgelöst.")

    def test_what_fails_leaves_the_code_as_good_as_it_was(
        self, visitor: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        house = silent("house", 2)
        code = code_for(house)
        before = state(house)

        def broken(**given: object) -> None:
            raise RuntimeError

        monkeypatch.setattr(claiming, "enter", broken)
        visitor.raise_request_exception = False
        assert answer(visitor, house, code, phone=NUMBER).status_code == 500
        assert state(house) == before

    def test_while_entries_are_frozen_it_says_so_and_the_code_stays_good(self, visitor: Client) -> None:
        house = silent("house")
        code = code_for(house)
        Configuration(pk=1, frozen=True).save()
        response = answer(visitor, house, code, phone=NUMBER)
        assert response.status_code == 503
        assert "cannot be changed at the moment" in response.content.decode()
        assert NUMBER in response.content.decode()
        assert mail_links.look(code, purpose=Purpose.CLAIM)


class TestWhatIsRefusedInWords:
    @pytest.mark.parametrize(
        ("typed", "words", "field"),
        [
            ({}, "Write at least one way to reach you", "phone"),
            ({"phone": "Frau Müller"}, "This is not a phone number", "phone"),
            ({"email": "info(at)example.org"}, "valid email address", "email"),
            ({"website": "exa mple"}, "Enter a valid URL", "website"),
            ({"account": "niemand"}, "valid email address", "account"),
            ({"phone": NUMBER, "entries": []}, "Choose at least one entry", "entries"),
            ({"remark": "x" * 2001}, "at most 2000 characters", "remark"),
        ],
    )
    def test_beside_the_field_and_nothing_typed_is_lost(
        self, visitor: Client, typed: dict[str, Any], words: str, field: str
    ) -> None:
        house = silent("house")
        code = code_for(house)
        text = answer(visitor, house, code, **typed).content.decode()
        assert words in text.split(f'id="id_{field}_error"')[1][:300]
        assert all(str(value) in text for value in typed.values() if value and isinstance(value, str))
        assert mail_links.look(code, purpose=Purpose.CLAIM)

    def test_in_another_language_the_form_keeps_what_was_typed(self, visitor: Client) -> None:
        house = silent("house", 2)
        first = house.listings.order_by("slug")[0]
        typed = {"phone": NUMBER, "remark": "Hallo", "entries": [first.pk], "code": code_for(house)}
        text = visitor.post("/ar/brief/", typed).content.decode()
        assert 'lang="ar" dir="rtl"' in text
        assert f'value="{NUMBER}"' in text
        assert "Hallo</textarea>" in text
        assert text.count(" checked") == 1

    def test_a_form_on_another_site_answers_for_nobody(self, visitor: Client) -> None:
        house = silent("house")
        code = code_for(house)
        data = {"code": code, "send": "1", "phone": NUMBER, "entries": [house.listings.get().pk]}
        response = visitor.post("/en/brief/", data, headers={"sec-fetch-site": "cross-site"})
        assert response.status_code == 403
        assert mail_links.look(code, purpose=Purpose.CLAIM)


NASTY = st.one_of(
    st.text(max_size=80),
    st.sampled_from(
        ["", "\0", "a" * 20_000, "9" * 400, "-1", "https://[", "@", "http://%zz", "\u202e", "{{ 7 }}", "²"]
    ),
)
NAMES = ("code", "send", "phone", "hours", "email", "website", "entries", "account", "remark", "gone")


class TestWhateverIsPosted:
    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
    @given(typed=st.dictionaries(st.sampled_from(NAMES), NASTY), with_code=st.booleans())
    def test_it_is_answered_and_no_error_of_ours(
        self, visitor: Client, typed: dict[str, str], with_code: bool
    ) -> None:
        with undone():
            data = {name: value.encode("utf-8", "replace").decode() for name, value in typed.items()}
            if with_code:
                data |= {"code": code_for(silent("house"))}
            response = visitor.post("/de/brief/", data)
            assert response.status_code in (200, 404, 410)
            assert not response.cookies
