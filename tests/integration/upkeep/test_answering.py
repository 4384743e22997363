"""From the mail to the answer: confirmed by one click, corrected or handed on without an account."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from directory import listings
from directory.models import Configuration, ContactPoint, Listing, MailLink, Organisation, Proposal
from directory.permissions import ByLink
from directory.proposals import deciding
from tests.integration.directory.making import find, superuser
from tests.integration.upkeep.keeping import (
    OFFICE,
    PHONE,
    ask,
    entry,
    filled,
    house,
    keeps,
    links,
    press,
    visit,
)  # fmt: skip

NEW = "0211 4567890"


def stored(slug: str = "house-0") -> Listing:
    found: Listing = find(Listing, slug)
    return found


def draft(slug: str = "house-0") -> Listing:
    return listings.draft_of(stored(slug))


def phones(version: Listing) -> list[str]:
    return [row.value for row in version.contacts.all() if row.kind == "phone"]


def corrected(client: Client, address: str, **typed: Any) -> Any:
    return press(client, address, filled(visit(client, address), **typed))


class TestStillCorrect:
    def test_opening_it_changes_nothing_and_it_has_one_button(self, client: Client) -> None:
        address = ask(house(entries=2))["richtig"]
        for _scanner in range(3):
            page = visit(client, address)
            client.head(address)
        assert len([each for each in page.all("button") if each.above and each.above.tag == "p"]) == 1
        assert page.text.count(PHONE) == 2
        assert stored().last_confirmed_on is None
        assert not MailLink.objects.exclude(used_at=None).exists()

    def test_one_click_confirms_all_entries_and_their_contacts(self, client: Client) -> None:
        house(entries=2)
        press(client, ask(find(Organisation, "house"))["richtig"])
        for slug in ("house-0", "house-1"):
            assert (stored(slug).last_confirmed_on, stored(slug).last_confirmed_by) == (today(), OFFICE)
            assert {(row.confirmed_on, row.confirmed_by) for row in stored(slug).contacts.all()} == {
                (today(), OFFICE)
            }
        assert find(Organisation, "house").upkeep.answered_on == today()

    def test_it_works_once(self, client: Client) -> None:
        address = ask(house())["richtig"]
        press(client, address)
        for again in (visit, press):
            page = again(client, address, status=410)
            assert page.one("form", action="/de/eintrag/neuer-link/")

    def test_it_is_useless_for_anything_else_and_after_its_time(self, client: Client) -> None:
        address = ask(house())["richtig"]
        for word in ("aendern", "weitergeben"):
            press(client, address.replace("richtig", word), {"remark": "x"}, status=404)
        for link in MailLink.objects.all():
            link.expires_at = timezone.now() - timedelta(seconds=1)
            link.save()
        press(client, address, status=410)
        assert stored().last_confirmed_on is None

    @pytest.mark.parametrize("token", ["x", "x:y", "ä", "%00", "a" * 500])
    def test_what_was_never_ours_is_not_found(self, client: Client, token: str) -> None:
        visit(client, f"/de/eintrag/richtig/{token}/", status=404)

    def test_only_what_the_public_sees_is_asked_about(self, client: Client) -> None:
        found = house()
        entry("hidden", found, internal_only=True)
        entry("ended", found, valid_until=today() - timedelta(days=1))
        entry("of-others", house("others"))
        press(client, ask(found)["richtig"])
        confirmed = Listing.objects.exclude(last_confirmed_on=None)
        assert [each.slug for each in confirmed] == ["house-0"]

    def test_nothing_is_kept_by_browsers_nor_set(self, client: Client) -> None:
        address = ask(house())["richtig"]
        for response in (client.get(address), client.post(address), client.get(address)):
            assert response.headers["Cache-Control"] == "no-store"
            assert b'<meta name="robots" content="noindex">' in response.content
            assert not response.cookies
            assert response.headers["Referrer-Policy"] == "no-referrer"

    def test_another_site_cannot_press_the_button(self, client: Client) -> None:
        address = ask(house())["richtig"]
        assert client.post(address, headers={"sec-fetch-site": "cross-site"}).status_code == 403
        assert stored().last_confirmed_on is None


class TestCorrecting:
    def test_a_new_number_waits_for_review_and_the_wrong_one_is_hidden_at_once(self, client: Client) -> None:
        address = ask(house())["aendern"]
        corrected(client, address, phone=NEW)
        public = stored()
        assert public.workflow_in_progress
        assert [(row.value, row.audience) for row in public.contacts.filter(kind="phone")] == [(PHONE, "nobody")]
        assert phones(draft()) == [NEW]
        assert PHONE not in visit(client, "/de/angebote/house-0/").text

    def test_approved_it_is_public_and_confirmed(self, client: Client) -> None:
        corrected(client, ask(house())["aendern"], phone=NEW, helps_with="Hilft sofort.")
        waiting = stored()
        listings.approve(listing=waiting, seen=waiting.latest_revision_id, by=superuser())
        public = stored()
        assert [(row.value, row.audience) for row in public.contacts.filter(kind="phone")] == [(NEW, "public")]
        assert (public.helps_with_de, public.last_confirmed_on) == ("Hilft sofort.", today())
        assert (public.last_confirmed_by, public.needs_check) == (OFFICE, False)

    def test_only_what_was_typed_differs(self, client: Client) -> None:
        found = house()
        stored().contacts.add(
            ContactPoint(kind="phone", value="0211/1", label="Bürozeit", audience="professionals")
        )
        before = Listing.objects.get(slug="house-0")
        before.title_ar, before.note = "استشارة", "secret"
        before.save()
        page = visit(client, address := ask(found)["aendern"])
        assert "secret" not in page.text
        press(client, address, filled(page, hours="Mo–Fr 9–12 Uhr"))
        after = draft()
        assert after.opening_hours == "Mo-Fr 09:00-12:00"
        assert (after.title_ar, after.note, after.title_de) == ("استشارة", "secret", before.title_de)
        assert [(row.value, row.label) for row in after.contacts.all()] == [
            (row.value, row.label) for row in stored().contacts.all()
        ]

    def test_how_the_hours_were_understood_is_read_back(self, client: Client) -> None:
        address = ask(house())["aendern"].replace("/de/", "/en/")
        page = corrected(client, address, hours="Mo–Mi 9–12 Uhr")
        assert "Monday to Wednesday: 9 a.m. – noon" in page.one("main").text

    def test_hours_in_words_stay_words(self, client: Client) -> None:
        corrected(client, ask(house())["aendern"], hours="nach Vereinbarung")
        assert (draft().opening_hours, draft().opening_hours_note) == ("", "nach Vereinbarung")

    def test_a_number_written_otherwise_is_still_the_same_and_stays_public(self, client: Client) -> None:
        corrected(client, ask(house())["aendern"], phone="+49 211 8991234")
        assert stored().contacts.filter(value=PHONE, audience="public").exists()

    def test_a_contact_that_is_not_there_yet_and_one_that_is_gone(self, client: Client) -> None:
        corrected(client, ask(house())["aendern"], new_website="haus.example.org", email="")
        found = {(row.kind, row.value) for row in draft().contacts.all()}
        assert found == {("phone", PHONE), ("website", "https://haus.example.org")}

    def test_capacity_goes_to_review_like_the_rest(self, client: Client) -> None:
        corrected(client, ask(house())["aendern"], capacity="waiting_list", waiting_weeks="6")
        assert (draft().capacity, draft().waiting_weeks, stored().capacity) == ("waiting_list", 6, "unknown")

    def test_what_no_longer_exists_is_asked_to_be_removed(self, client: Client) -> None:
        found = house(entries=2)
        page = visit(client, address := ask(found)["aendern"])
        key = next(name for name in filled(page) if name.endswith("-title")).replace("title", "gone")
        press(client, address, filled(page) | {key: "on", "remark": "Seit Mai geschlossen."})
        proposal = Proposal.objects.get()
        assert (proposal.kind, proposal.listing, proposal.email) == ("removal", stored(), OFFICE)
        assert proposal.remark == "Seit Mai geschlossen."
        assert stored().live
        assert (stored().last_confirmed_on, stored("house-1").last_confirmed_on) == (None, today())

    def test_a_remark_alone_reaches_the_editors(self, client: Client) -> None:
        corrected(client, ask(house())["aendern"], remark="Wir ziehen um.", rest_is_right=None)
        proposal = Proposal.objects.get()
        assert (proposal.kind, proposal.remark, proposal.state) == ("error", "Wir ziehen um.", "waiting")
        assert proposal.fields == {"verified": True}  # the mailed link has proven the address
        assert stored().last_confirmed_on is None

    def test_nothing_said_is_nothing_used(self, client: Client) -> None:
        address = ask(house())["aendern"]
        page = corrected(client, address, rest_is_right=None)
        assert page.one(role="alert")
        corrected(client, address, phone=NEW)

    @pytest.mark.parametrize(
        ("field", "typed"),
        [("phone", "abc"), ("email", "nobody"), ("new_website", "ht!tp"), ("title", ""), ("waiting_weeks", "-1"),
         ("helps_with", "x" * 301), ("capacity", "many")],
    )  # fmt: skip
    def test_what_is_wrong_is_said_beside_it_and_nothing_typed_is_lost(
        self, client: Client, field: str, typed: str
    ) -> None:
        address = ask(house())["aendern"]
        page = corrected(client, address, **{field: typed, "remark": "Bleibt."})
        wrong = page.all("p", having="wrong")
        assert [each.attributes["id"].partition("-")[2] for each in wrong] == [f"{field}_error"]
        assert filled(page)["remark"] == "Bleibt."
        assert stored().latest_revision_id is None
        assert not MailLink.objects.exclude(used_at=None).exists()

    def test_who_was_slower_sees_both_and_loses_nothing(self, client: Client) -> None:
        address = ask(house())["aendern"]
        page = visit(client, address)
        other = draft()
        other.title_de, other.helps_with_de = "Neu von Kolleginnen", "Auch neu."
        listings.save_draft(draft=other, seen=None, by=ByLink(stored().organisation_id, "team@example.org"))
        again = press(client, address, filled(page, phone=NEW, helps_with="Von mir."), status=409)
        shown = {name.partition("-")[2]: value for name, value in filled(again).items()}
        assert (shown["title"], shown["phone"], shown["helps_with"]) == ("Neu von Kolleginnen", NEW, "Von mir.")
        press(client, address, filled(again))
        assert (draft().title_de, draft().helps_with_de, phones(draft())) == (
            "Neu von Kolleginnen", "Von mir.", [NEW],
        )  # fmt: skip

    def test_what_waits_for_review_goes_along(self, client: Client) -> None:
        found = house()
        for typed in ({"phone": NEW}, {"hours": "Di 10-12"}):
            corrected(client, ask(found)["aendern"], **typed)
        assert stored().workflow_in_progress
        assert (phones(draft()), draft().opening_hours) == ([NEW], "Tu 10:00-12:00")

    def test_all_entries_or_none(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        address = ask(house(entries=2))["aendern"]
        data = filled(visit(client, address))
        for name in [each for each in data if each.endswith("-phone")]:
            data[name] = NEW
        real, seen = listings.submit, []

        def fails_at_the_second(**given: Any) -> None:
            seen.append(given)
            if len(seen) > 1:
                raise RuntimeError
            real(**given)

        monkeypatch.setattr(listings, "submit", fails_at_the_second)
        with pytest.raises(RuntimeError):
            press(client, address, data)
        assert stored("house-0").latest_revision_id is None
        assert not MailLink.objects.exclude(used_at=None).exists()

    def test_entries_of_others_cannot_be_named(self, client: Client) -> None:
        address, other = ask(house())["aendern"], entry("of-others", house("others"))
        data = filled(visit(client, address))
        press(client, address, data | {f"{other.pk}-title": "Fremd", f"{other.pk}-gone": "on"})
        assert find(Listing, "of-others").latest_revision_id is None
        assert not Proposal.objects.exists()

    def test_while_entries_are_frozen_the_link_stays_good(self, client: Client) -> None:
        addresses = ask(house())
        data = filled(visit(client, addresses["aendern"]), phone=NEW)
        for frozen, status in ((True, 503), (False, 200)):
            configuration = Configuration.load()
            configuration.frozen = frozen
            configuration.save()
            press(client, addresses["aendern"], data, status=status)
        assert phones(draft()) == [NEW]

    def test_in_every_language_and_direction(self, client: Client) -> None:
        address = ask(house())["aendern"]
        page = visit(client, address.replace("/de/", "/ar/"))
        assert page.one("html").dir == "rtl"
        (title,) = [each for each in page.all("input") if each.attributes.get("name", "").endswith("-title")]
        assert (title.attributes["lang"], title.attributes["dir"]) == ("de", "ltr")


class TestHandingOn:
    def test_to_a_public_address_of_the_organisation(self, client: Client) -> None:
        found = house()
        stored().contacts.add(ContactPoint(kind="email", value="asel@haus.example.org"))
        addresses = ask(found, to="asel@haus.example.org")
        page = press(client, addresses["weitergeben"], {"known": OFFICE})
        assert OFFICE in page.text
        assert keeps(found).email == OFFICE
        assert mail.outbox[-1].to == [OFFICE]
        visit(client, links(mail.outbox[-1].body)["richtig"])
        for word in ("richtig", "aendern"):  # of who has left
            visit(client, addresses[word], status=410)

    def test_to_an_address_at_the_organisations_own_site(self, client: Client) -> None:
        found = house(website="https://www.haus.example.org/wir")
        press(client, ask(found)["weitergeben"], {"known": "other", "email": "Neu@Haus.example.org"})
        assert mail.outbox[-1].to == [keeps(found).email] == ["Neu@Haus.example.org"]

    def test_where_no_other_address_is_known_there_is_nothing_to_choose(self, client: Client) -> None:
        address = ask(house())["weitergeben"]
        page = visit(client, address)
        assert not page.all("input", name="known")
        press(client, address, filled(page, email="neu@mail.example.com"))
        assert Proposal.objects.get().email == "neu@mail.example.com"

    @pytest.mark.parametrize("website", ["", "https://elsewhere.example.org"])
    def test_to_a_stranger_only_after_staff_have_looked(self, client: Client, website: str) -> None:
        found = house(website=website)
        press(client, ask(found)["weitergeben"], {"known": "other", "email": "someone@mail.example.com"})
        assert len(mail.outbox) == 1
        proposal = Proposal.objects.get()
        assert (proposal.kind, proposal.organisation, proposal.email) == (
            "claim",
            found,
            "someone@mail.example.com",
        )
        assert proposal.fields == {"handed_on_by": OFFICE}
        assert keeps(found).email == ""

    def test_when_staff_have_agreed_the_stranger_is_asked_from_then_on(self, client: Client) -> None:
        found = house()
        addresses = ask(found)
        press(client, addresses["weitergeben"], {"known": "other", "email": "someone@mail.example.com"})
        deciding.accept(proposal=Proposal.objects.get(), by=superuser())
        assert keeps(found).email == "someone@mail.example.com"
        visit(client, addresses["richtig"], status=410)

    @pytest.mark.parametrize(
        "typed", [{"known": "other"}, {"known": "x@example.org"}, {}, {"known": "other", "email": "x"}]
    )
    def test_what_is_missing_is_said_and_the_link_stays_good(self, client: Client, typed: dict[str, str]) -> None:
        address = ask(house())["weitergeben"]
        assert press(client, address, typed).all("p", having="wrong")
        visit(client, address)


def today() -> Any:
    return timezone.localdate()
