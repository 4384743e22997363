"""The filters beside the lists: what each shows, alone and together."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from wagtail.models import Workflow

from directory.models import CompetenceRow, ContactPoint, Exclusion, OrganisationContact
from directory.translation_state import State, note
from tests.integration.directory.making import area, listing, organisation, stored, term
from tests.integration.editing.posting import url

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def day(away: int) -> Any:
    return TODAY + timedelta(days=away)


def shown(admin: Client, model: str = "listing", **chosen: Any) -> set[str]:
    page = admin.get(url(model, "list"), chosen)
    assert page.status_code == 200
    return {entry.slug for entry in page.context["object_list"]}


class TestPublishing:
    @pytest.fixture(autouse=True)
    def entries(self, chris: User) -> None:
        listing("public")
        listing("draft", live=False)
        changed = listing("changed")
        changed.save_revision(user=chris, changed=True)
        later = listing("later", live=False)
        later.go_live_at = timezone.now() + timedelta(days=3)
        later.save_revision(user=chris).publish(user=chris)
        off = listing("off")
        off.save_revision(user=chris).publish(user=chris)
        stored(off).unpublish(user=chris)
        listing("past", valid_until=day(-1))
        listing("last-day", valid_until=TODAY)
        ended = listing("ended", live=False)
        ended.expired = True
        ended.save()

    @pytest.mark.parametrize(
        ("state", "slugs"),
        [
            ("live", {"public", "changed", "past", "last-day"}),
            ("changed", {"changed"}),
            ("draft", {"draft", "later", "ended"}),
            ("scheduled", {"later"}),
            ("off", {"off"}),
            ("expired", {"past", "ended"}),
            ("", {"public", "draft", "changed", "later", "off", "past", "last-day", "ended"}),
        ],
    )
    def test_states(self, admin: Client, state: str, slugs: set[str]) -> None:
        assert shown(admin, state=state) == slugs

    def test_a_schedule_of_another_model_with_the_same_key(self, admin: Client, chris: User) -> None:
        house = organisation("later-house", live=False)
        house.go_live_at = timezone.now() + timedelta(days=3)
        house.save_revision(user=chris).publish(user=chris)
        assert shown(admin, state="scheduled") == {"later"}
        assert shown(admin, "organisation", state="scheduled") == {"later-house"}


class TestFreshness:
    @pytest.mark.parametrize(
        ("chosen", "slugs"),
        [
            ("due", {"never", "old"}),
            ("never", {"never"}),
            ("long-ago", {"old"}),
        ],
    )
    def test_confirmed(self, admin: Client, chosen: str, slugs: set[str]) -> None:
        listing("never")
        listing("old", last_confirmed_on=day(-181))
        listing("edge", last_confirmed_on=day(-180))
        listing("new", last_confirmed_on=TODAY)
        assert shown(admin, confirmed=chosen) == slugs

    def test_expires_within_sixty_days(self, admin: Client) -> None:
        for away in (-1, 0, 60, 61):
            listing(f"in-{away}" if away >= 0 else "past", valid_until=day(away))
        listing("planned", expire_at=timezone.now() + timedelta(days=59))
        listing("planned-later", expire_at=timezone.now() + timedelta(days=62))
        listing("planned-draft", live=False, expire_at=timezone.now() + timedelta(days=5))
        assert shown(admin, expires="soon") == {"in-0", "in-60", "planned"}

    def test_an_organisation_that_somebody_planned_to_take_off(self, admin: Client) -> None:
        organisation("leaving", expire_at=timezone.now() + timedelta(days=5))
        organisation("staying")
        assert shown(admin, "organisation", expires="soon") == {"leaving"}

    def test_to_be_checked(self, admin: Client) -> None:
        listing("marked", needs_check=True)
        listing("other")
        assert shown(admin, needs_check="true") == {"marked"}


class TestContact:
    def test_a_listing_without_any(self, admin: Client) -> None:
        listing("silent")
        of_site = organisation("with-site", website="https://example.org")
        listing("site", organisation=of_site)
        for slug, audience in (("phone", "public"), ("colleagues", "professionals")):
            ContactPoint(listing=listing(slug), kind="phone", value="110", audience=audience).save()
        assert shown(admin, contact="none") == {"silent", "colleagues"}

    def test_an_organisation_without_any(self, admin: Client) -> None:
        organisation("silent")
        organisation("site", website="https://example.org")
        own = organisation("own")
        OrganisationContact(organisation=own, kind="email", value="a@example.org").save()
        through = organisation("through")
        ContactPoint(listing=listing(organisation=through), kind="phone", value="110").save()
        hidden = organisation("hidden")
        ContactPoint(listing=listing("draft", organisation=hidden, live=False), kind="phone", value="1").save()
        assert shown(admin, "organisation", contact="none") == {"silent", "hidden"}


class TestReview:
    def test_only_what_is_under_review_now(self, admin: Client, chris: User) -> None:
        workflow = Workflow.objects.get(name="Moderators approval")
        for slug in ("waiting", "ended"):
            made = listing(slug)
            made.save_revision(user=chris)
            state = workflow.start(made, chris)
            if slug == "ended":
                state.cancel(user=chris)
        listing("other")
        assert shown(admin, review="waiting") == {"waiting"}

    def test_what_a_reviewer_sent_back_until_it_is_submitted_again(self, admin: Client, chris: User) -> None:
        made = listing("returned")
        made.save_revision(user=chris)
        state = Workflow.objects.get(name="Moderators approval").start(made, chris)
        listing("other")
        assert shown(admin, review="sent_back") == set()
        state.current_task_state.reject(user=chris, comment="Please name the hours.")
        assert shown(admin, review="sent_back") == {"returned"}
        assert shown(admin, review="waiting") == set()
        state.refresh_from_db()
        state.resume(user=chris)
        assert shown(admin, review="sent_back") == set()


class TestTranslation:
    def test_each_state_in_each_language(self, admin: Client) -> None:
        made = listing("machine", title_en="Advice", title_ar="نص")
        note(made, "en", state=State.MACHINE, by="machine")
        note(made, "ar", state=State.CHECKED, by="chris")
        made.save()
        old = listing("outdated", title_en="Advice")
        note(old, "en", state=State.HUMAN, by="chris")
        old.title_de = "Neu"
        old.save()
        listing("empty", title_en="", title_ar=None)
        assert shown(admin, translation="en-machine") == {"machine"}
        assert shown(admin, translation="en-outdated") == {"outdated"}
        assert shown(admin, translation="en-missing") == {"empty"}
        assert shown(admin, translation="ar-missing") == {"empty", "outdated"}
        assert shown(admin, translation="de-missing") == set()

    def test_what_is_written_in_another_language_lacks_german(self, admin: Client) -> None:
        listing("arabic", source_language="ar", title_de="", title_ar="نص")
        assert shown(admin, translation="de-missing") == {"arabic"}
        assert shown(admin, translation="ar-missing") == set()

    def test_a_source_in_a_language_that_is_not_offered(self, admin: Client) -> None:
        made = listing("polish", source_language="pl", title_de="Text", title_pl="Porada")
        note(made, "de", state=State.HUMAN, by="chris")
        made.title_pl = "Pomoc"
        made.save()
        assert shown(admin, translation="de-outdated") == {"polish"}

    def test_terms_and_areas(self, admin: Client) -> None:
        term("grounds", "racism", label_en="Racism")
        term("grounds", "age")
        area("jena", name_en="Jena")
        area("gera")
        assert shown(admin, "term", translation="en-missing") == {"age"}
        assert shown(admin, "area", translation="en-missing") == {"gera"}

    def test_only_offered_languages_are_in_the_menu(self, admin: Client, settings: Any) -> None:
        settings.LANGUAGES = [("de", "Deutsch"), ("en", "English"), ("ar", "العربية")]
        html = admin.get(url("listing", "list")).content.decode()
        assert set(re.findall(r'name="translation" value="([a-z-]+)-missing"', html)) == {"de", "en", "ar"}


class TestRules:
    def test_a_row_or_an_exclusion_past_its_day(self, admin: Client) -> None:
        for slug, model, away in (("row", CompetenceRow, -1), ("today", CompetenceRow, 0)):
            model(listing=listing(slug), check_by=day(away)).save()
        Exclusion(listing=listing("exclusion"), strength="hard", check_by=day(-9)).save()
        listing("none")
        assert shown(admin, rules="overdue") == {"row", "exclusion"}


class TestAreaAndOrganisation:
    @pytest.fixture(autouse=True)
    def entries(self) -> None:
        land = area("land", level="land")
        city = area("city", parent=land)
        area("quarter", parent=city, level="quarter")
        area("elsewhere", parent=land)
        for slug in ("land", "city", "quarter", "elsewhere"):
            listing(f"of-{slug}", areas_served=[slug])
        listing("nowhere")

    @pytest.mark.parametrize(
        ("chosen", "slugs"),
        [
            ("quarter", {"of-quarter", "of-city", "of-land"}),
            ("city", {"of-city", "of-land"}),
            ("land", {"of-land"}),
            ("elsewhere", {"of-elsewhere", "of-land"}),
        ],
    )
    def test_who_serves_an_area_whole(self, admin: Client, chosen: str, slugs: set[str]) -> None:
        assert shown(admin, area=chosen) == slugs

    def test_listings_of_one_organisation(self, admin: Client) -> None:
        other = organisation("other")
        listing("theirs", organisation=other)
        assert shown(admin, organisation=other.pk) == {"theirs"}


class TestMenu:
    def test_filters_narrow_each_other(self, admin: Client) -> None:
        listing("wanted", kind="training", audience="both", needs_check=True)
        listing("draft", kind="training", audience="both", needs_check=True, live=False)
        listing("affected", kind="training", needs_check=True)
        listing("offer", kind="offer", audience="both", needs_check=True)
        listing("right", kind="training", audience="both")
        chosen = {"state": "live", "kind": "training", "audience": "both", "needs_check": "true"}
        assert shown(admin, **chosen) == {"wanted"}

    @pytest.mark.parametrize(
        "name",
        ["state", "review", "translation", "confirmed", "contact", "expires", "rules", "area", "organisation"],
    )
    @pytest.mark.parametrize("value", ["nonsense", "\x00", "-1", "9" * 40, "de-", "-missing", "zz-missing"])
    def test_what_nobody_offered_filters_nothing(self, admin: Client, name: str, value: str) -> None:
        listing("one")
        assert shown(admin, **{name: value}) == {"one"}

    def test_what_is_on_is_named_and_can_be_taken_off(self, admin: Client) -> None:
        listing("one")
        html = admin.get(url("listing", "list"), {"contact": "none", "translation": "ar-missing"}).content.decode()
        assert "No contact known" in html
        assert "العربية: no text" in html

    @pytest.mark.parametrize(
        ("model", "first"),
        [("listing", "state"), ("organisation", "state"), ("term", "vocabulary"), ("area", "state")],
    )
    def test_the_order_of_the_menu(self, admin: Client, model: str, first: str) -> None:
        assert next(iter(admin.get(url(model, "list")).context["filters"].form.fields)) == first
