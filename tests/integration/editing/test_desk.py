"""The start page of staff: each number is the length of the list that it leads to."""

import random
import re
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowTask

from directory.models import CompetenceRow, ContactPoint, Listing, Organisation, OrganisationContact
from directory.translation_state import State, note
from referrals.models import Deadline
from tests.integration.directory.making import area, listing, organisation, person, stored, term

pytestmark = pytest.mark.django_db

HOME = "/admin/"
TODAY = timezone.localdate()


def day(away: int) -> Any:
    return TODAY + timedelta(days=away)


def numbers(client: Client) -> dict[str, int]:
    """Address of the list → number on the start page."""
    html = client.get(HOME).content.decode()
    found = re.findall(r'<a href="([^"]+)"><strong>(\d+)</strong>', html)
    return {unescape(url): int(number) for url, number in found}


def length(client: Client, url: str) -> int:
    return int(client.get(url).context["items_count"])


def ours(url: str) -> str:
    return urlsplit(url).query


class TestNumbers:
    def test_nothing_to_do_is_said_kindly(self, admin: Client) -> None:
        html = admin.get(HOME).content.decode()
        assert "thank you" in html
        assert "<strong>" not in html

    def test_what_grows_old_expires_or_cannot_be_reached(self, admin: Client) -> None:
        house = organisation(website="https://example.org")
        good = {"organisation": house, "last_confirmed_on": TODAY}
        for code in settings.LANGUAGES:
            good[f"title_{code[0]}"] = "Text"
        listing("good", **good)
        listing("edge", **good | {"last_confirmed_on": day(-180), "valid_until": day(61)})
        listing("old", **good | {"last_confirmed_on": day(-181)})
        listing("never", **good | {"last_confirmed_on": None})
        listing("soon", **good | {"valid_until": day(60)})
        listing("today", **good | {"valid_until": TODAY})
        listing("past", **good | {"valid_until": day(-1)})
        listing("marked", **good | {"needs_check": True})
        listing("alone", **good | {"organisation": organisation("other")})
        found = {ours(url): number for url, number in numbers(admin).items() if "/listing/" in url}
        assert found == {
            "state=live&confirmed=due": 2,
            "state=live&expires=soon": 2,
            "needs_check=true": 1,
            "state=live&contact=none": 1,
        }

    def test_what_is_not_public_yet(self, admin: Client, chris: User) -> None:
        listing("draft", live=False)
        changed = listing("changed")
        changed.title_de = "Anders"
        changed.save_revision(user=chris)
        later = listing("later", live=False)
        later.go_live_at = timezone.now() + timedelta(days=3)
        later.save_revision(user=chris).publish(user=chris)
        off = listing("off")
        off.save_revision(user=chris).publish(user=chris)
        stored(off).unpublish(user=chris)
        found = {ours(url): number for url, number in numbers(admin).items() if "/listing/" in url}
        assert found["state=changed"] == 1
        assert found["state=scheduled"] == 1
        assert found["state=draft"] == 2  # what will be published has never been
        assert length(admin, reverse("wagtailsnippets_directory_listing:list") + "?state=off") == 1

    def test_each_language_and_how_its_texts_stand(self, admin: Client, chris: User) -> None:
        made = listing(title_en="Advice", title_ar="استشارة")
        note(made, "en", state=State.MACHINE, by="machine")
        note(made, "ar", state=State.CHECKED, by="chris")
        made.save()
        assert "state=live&translation=en-machine" in {ours(url) for url in numbers(admin)}
        made.title_de = "Neue Beratung"
        made.save()
        found = {ours(url): number for url, number in numbers(admin).items() if "/listing/" in url}
        assert found["state=live&translation=en-outdated"] == 1
        assert found["state=live&translation=ar-outdated"] == 1
        assert "state=live&translation=en-machine" not in found
        made.title_ar = ""
        made.save()
        assert "state=live&translation=ar-missing" in {ours(url) for url in numbers(admin)}

    def test_an_organisation_is_reached_through_its_listings_too(self, admin: Client) -> None:
        house = organisation()
        of_organisations = reverse("wagtailsnippets_directory_organisation:list") + "?state=live&contact=none"
        assert numbers(admin)[of_organisations] == 1
        ContactPoint(
            listing=listing(organisation=house), kind="phone", value="110", audience="professionals"
        ).save()
        assert numbers(admin)[of_organisations] == 1
        ContactPoint(listing=Listing.objects.get(), kind="phone", value="112").save()
        assert of_organisations not in numbers(admin)

    @pytest.mark.parametrize("seed", range(4))
    def test_every_number_is_the_length_of_its_list(self, admin: Client, chris: User, seed: int) -> None:
        scatter(random.Random(seed), chris)
        found = numbers(admin)
        assert len(found) > 15
        assert found == {url: length(admin, url) for url in found}

    def test_what_the_lists_know_and_the_page_leaves_out_is_empty(self, admin: Client, chris: User) -> None:
        scatter(random.Random(7), chris)
        found = numbers(admin)
        address = reverse("wagtailsnippets_directory_listing:list")
        for code, _name in settings.LANGUAGES:
            for how in ("missing", "outdated", "machine"):
                url = f"{address}?state=live&translation={code}-{how}"
                assert found.get(url, 0) == length(admin, url)


def scatter(chance: random.Random, by: User) -> None:
    """Entries in every state that can be, in no order."""
    houses = [_organisation(chance, number) for number in range(4)]
    for number in range(25):
        _listing(chance, number, chance.choice(houses), by)
    for number in range(5):
        term("grounds", f"t{number}", label_en=chance.choice(["", "Term"]), live=chance.random() < 0.7)
        area(f"a{number}", name_ar=chance.choice(["", "مدينة"]), live=chance.random() < 0.7)
        check_by = chance.choice([None, day(-1), TODAY, day(9)])
        Deadline(slug=f"d{number}", law_de="§", check_by=check_by, live=chance.random() < 0.7).save()


def _organisation(chance: random.Random, number: int) -> Organisation:
    website = chance.choice(["", "https://example.org"])
    made = organisation(f"house-{number}", website=website, live=chance.random() < 0.8)
    if chance.random() < 0.4:
        audience = chance.choice(["public", "professionals"])
        OrganisationContact(organisation=made, kind="phone", value="110", audience=audience).save()
    return made


def _listing(chance: random.Random, number: int, house: Organisation, by: User) -> None:
    made = listing(
        f"entry-{number}",
        organisation=house,
        live=chance.random() < 0.7,
        last_confirmed_on=chance.choice([None, TODAY, day(-180), day(-181), day(-400)]),
        valid_until=chance.choice([None, None, TODAY, day(-1), day(60), day(61)]),
        needs_check=chance.random() < 0.3,
        title_en=chance.choice(["", None, "Advice"]),
        title_ar=chance.choice(["", "استشارة"]),
    )
    if chance.random() < 0.5:
        note(made, "en", state=chance.choice(list(State)[1:4]), by="somebody")
        made.save()
    if chance.random() < 0.3:
        ContactPoint(listing=made, kind="phone", value="110").save()
    if chance.random() < 0.4:
        CompetenceRow(listing=made, what=["violence"], check_by=chance.choice([day(-1), TODAY])).save()
    _act(chance, made, by)


def _act(chance: random.Random, made: Listing, by: User) -> None:
    match chance.randrange(6):
        case 0:
            made.title_de = "Anders"
            made.save_revision(user=by)
        case 1:
            made.unpublish(user=by)
        case 2:
            made.go_live_at = timezone.now() + timedelta(days=3)
            made.save_revision(user=by).publish(user=by)
        case 3:
            made.expire_at = timezone.now() + timedelta(days=chance.choice([5, 100]))
            made.save_revision(user=by).publish(user=by)
        case 4:
            made.save_revision(user=by)
            workflow().start(made, by)


def workflow() -> Workflow:
    found = Workflow.objects.filter(name="Two eyes").first()
    if found:
        return found
    made: Workflow = Workflow.objects.create(name="Two eyes")
    task = GroupApprovalTask.objects.create(name="Look at it")
    WorkflowTask.objects.create(workflow=made, task=task, sort_order=0)
    return made


class TestReview:
    def start(self, made: Any, by: User) -> Any:
        made.save_revision(user=by)
        return workflow().start(made, by)

    def test_the_oldest_task_comes_first_with_its_age(self, admin: Client, chris: User) -> None:
        for age, slug in ((2, "two"), (9, "nine"), (5, "five")):
            state = self.start(listing(slug, title_de=slug), chris).current_task_state
            state.started_at = timezone.now() - timedelta(days=age, hours=1)
            state.save()
        html = admin.get(HOME).content.decode()
        said = re.findall(r">(two|nine|five)</a>.*?<time[^>]*>([^<]+)</time>", html, re.DOTALL)
        assert [(title, age.replace("\xa0", " ")) for title, age in said] == [
            ("nine", "1 week"), ("five", "5 days"), ("two", "2 days"),
        ]  # fmt: skip

    def test_it_leads_to_the_form(self, admin: Client, chris: User) -> None:
        made = listing()
        self.start(made, chris)
        assert (
            reverse("wagtailsnippets_directory_listing:edit", args=[made.pk]) in admin.get(HOME).content.decode()
        )

    def test_who_may_not_review_has_no_tasks(self, chris: User) -> None:
        self.start(listing(title_de="Geheimnis"), chris)
        client = logged_in("vera", "access_admin", "view_listing", "change_listing")
        html = client.get(HOME).content.decode()
        assert "Geheimnis" not in html
        assert "review=waiting" in html

    def test_what_was_sent_back_is_shown_to_who_wrote_it(self, chris: User) -> None:
        state = self.start(listing(title_de="Beratung"), chris)
        client = logged_in("vera", "access_admin", "view_listing", "change_listing")
        assert "review=sent_back" not in client.get(HOME).content.decode()
        state.current_task_state.reject(user=chris, comment="Please name the hours.")
        html = client.get(HOME).content.decode()
        assert "review=sent_back" in html
        assert "review=waiting" not in html

    def test_an_ended_review_waits_no_longer(self, admin: Client, chris: User) -> None:
        state = self.start(listing(), chris)
        state.cancel(user=chris)
        assert "review=waiting" not in admin.get(HOME).content.decode()

    def test_a_task_of_a_deleted_entry_is_left_out(self, admin: Client, chris: User) -> None:
        made = organisation()
        self.start(made, chris)
        stored(made).delete()
        assert admin.get(HOME).status_code == 200

    def test_a_task_of_a_page_is_there_as_well(self, admin: Client, chris: User) -> None:
        page = Page.objects.filter(depth=2)[0].specific
        page.save_revision(user=chris)
        workflow().start(page, chris)
        assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in admin.get(HOME).content.decode()

    def test_the_filter_asks_for_the_type_too(self, admin: Client, chris: User) -> None:
        """Keys of different models are alike: an organisation in review is no listing in review."""
        house = organisation()
        Listing(pk=house.pk, slug="same", kind="offer", audience="both", organisation=house, title_de="X").save()
        self.start(house, chris)
        found = numbers(admin)
        assert {ours(url) for url in found if "/organisation/" in url} >= {"review=waiting"}
        assert not [url for url in found if "/listing/" in url and "review" in url]


def logged_in(name: str, *permissions: str) -> Client:
    client = Client()
    client.force_login(person(name, *permissions))
    return client


class TestWhoSeesWhat:
    def test_only_the_lists_that_one_may_open(self, chris: User) -> None:
        scatter(random.Random(1), chris)
        client = logged_in("tara", "access_admin", "change_term")
        found = numbers(client)
        assert found
        assert {urlsplit(url).path for url in found} == {reverse("wagtailsnippets_directory_term:list")}
        assert "desk-strip" not in client.get(HOME).content.decode()

    def test_who_only_views_counts_what_is_public(self, chris: User) -> None:
        scatter(random.Random(2), chris)
        client = logged_in("paula", "access_admin", "view_listing", "view_organisation")
        found = numbers(client)
        assert found
        assert found == {url: length(client, url) for url in found}
        assert not [url for url in found if "state=draft" in url]

    def test_who_may_nothing_is_greeted(self) -> None:
        html = logged_in("nora", "access_admin").get(HOME).content.decode()
        assert "nora" in html
        assert "<strong>" not in html


class TestPage:
    def test_it_leads_to_the_public_pages_and_to_no_stranger(self, admin: Client) -> None:
        listing()
        html = admin.get(HOME).content.decode()
        with translation.override("en"):
            assert f'href="{reverse("home")}"' in html
        body = html[html.index("<main") : html.index("</main>")]
        assert not re.findall(r"(?:https?:)?//[a-z]", body)
        assert "guide.wagtail.org" not in html
        assert "wagtailadmin/js/workflow-action" not in html

    def test_it_carries_no_style_of_its_own(self, admin: Client, chris: User) -> None:
        scatter(random.Random(3), chris)
        html = admin.get(HOME).content.decode()
        body = html[html.index("<main") : html.index("</main>")]
        assert "style=" not in body
        assert "<style" not in body

    def test_it_asks_the_database_as_often_for_many_entries(
        self, admin: Client, chris: User, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        scatter(random.Random(4), chris)
        admin.get(HOME)
        with django_assert_max_num_queries(60) as few:
            admin.get(HOME)
        asked = len(few)  # a request outside forgets them
        for number in range(20):
            _listing(random.Random(number), 100 + number, Organisation.objects.order_by("pk")[0], chris)
        admin.get(HOME)  # what is remembered of the directory follows the edits once
        with django_assert_max_num_queries(asked):
            admin.get(HOME)

    def test_a_name_is_text_never_markup(self, admin: Client) -> None:
        listing(organisation=organisation("x", name_de="<script>alert(1)</script>"))
        assert "<script>alert(1)" not in admin.get(HOME).content.decode()


class TestStrip:
    def cells(self, client: Client) -> list[tuple[str, str]]:
        html = client.get(HOME).content.decode()
        return re.findall(r'<rect class="desk-(\w+)" x=[^>]*><title>([^:<]+):', html)

    def test_the_most_overdue_first_as_fresh_as_the_oldest_listing(self, admin: Client) -> None:
        for name, days in (("A", [0, -10]), ("B", [0, -181]), ("C", [-100]), ("D", [0, None]), ("E", [-400])):
            house = organisation(name.lower(), name_de=name)
            for number, away in enumerate(days):
                confirmed = None if away is None else day(away)
                listing(f"{name.lower()}-{number}", organisation=house, last_confirmed_on=confirmed)
        assert self.cells(admin) == [("never", "D"), ("old", "E"), ("old", "B"), ("ageing", "C"), ("fresh", "A")]

    def test_an_organisation_without_public_listings_has_no_cell(self, admin: Client) -> None:
        listing(live=False)
        assert self.cells(admin) == []

    def test_the_picture_has_words_and_a_table(self, admin: Client) -> None:
        made = listing(last_confirmed_on=day(-1))
        html = admin.get(HOME).content.decode()
        assert 'role="img"' in html
        assert "confirmed within the last 90 days: 1" in html
        rows = html[html.index("<details") : html.index("</details>")]
        link = re.search(r'<a href="([^"]+)">Haus der Vielfalt</a></td><td>1</td>', rows)
        assert link
        found = admin.get(unescape(link[1])).context["object_list"]
        assert [each.pk for each in found] == [made.pk]

    def test_a_long_row_is_cut_and_says_so(self, admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("directory.editing.freshness.CELLS_AT_MOST", 3)
        for number in range(5):
            listing(f"l{number}", organisation=organisation(f"o{number}"))
        assert len(self.cells(admin)) == 3
        assert "2 more organisations" in admin.get(HOME).content.decode()
