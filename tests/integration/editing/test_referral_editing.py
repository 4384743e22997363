"""Deadlines and overdue rules in the admin of staff."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from directory.models import CompetenceRow, Exclusion, Listing
from referrals.editing import rules
from referrals.models import Deadline
from tests.integration.directory.making import area, listing, person, stored, term
from tests.integration.editing.posting import post, problems, saved

pytestmark = pytest.mark.django_db
YESTERDAY = timezone.localdate() - timedelta(days=1)
TOMORROW = timezone.localdate() + timedelta(days=1)


@pytest.fixture(autouse=True)
def words() -> None:
    term("life_areas", "work", label_en="Work")
    term("what", "violence", label_en="Violence")
    term("grounds", "appearance", label_en="Appearance")
    area("jena", name_en="Jena")
    translation.activate("en")


def address(view: str, *args: Any) -> str:
    return reverse(f"wagtailsnippets_referrals_deadline:{view}", args=args)


def deadline(slug: str = "agg", **fields: Any) -> Deadline:
    made = Deadline(slug=slug, **({"law_de": "AGG § 15 Abs. 4", "live": True} | fields))
    made.save()
    return made


class TestDeadlineForm:
    def test_a_new_one_is_published_with_all_its_fields(self, admin: Client) -> None:
        deadline("first")
        fields = {
            "law_de": "Gesetz § 1",
            "law_en": "Act § 1",
            "act_ar": "نص",
            "period_iso": "p2m",
            "weekend_extension": "next_working_day",
            "written_required": "true",
            "follows": "first",
            "unless_ground": ["appearance"],
            "applies_life_area": ["work"],
            "applies_areas": ["jena"],
            "sources": "https://example.org/gesetz",
            "valid_from": "2026-01-01",
            "check_by": "2027-01-01",
        }
        saved(post(admin, address("add"), "publish", **fields))
        made = Deadline.objects.get(slug="gesetz-1")
        assert made.live
        assert made.applies == {"life_area": ["work"], "areas": ["jena"]}
        assert (made.period_iso, made.follows, made.written_required) == ("P2M", "first", True)
        assert (made.law_de, made.law_en, made.act_ar) == ("Gesetz § 1", "Act § 1", "نص")
        assert (made.valid_from, made.check_by) == (date(2026, 1, 1), date(2027, 1, 1))
        assert (made.unless_ground, made.sources) == (["appearance"], ["https://example.org/gesetz"])

    def test_opening_and_saving_changes_nothing(self, admin: Client) -> None:
        applies = {"what": ["violence"], "outside_areas": ["jena"], "danger_now": True}
        made = deadline(applies=applies, note_de="Notiz", sources=["Quelle"], check_by=TOMORROW)
        saved(post(admin, address("edit", made.pk), "publish"))
        found = stored(made)
        assert found.applies == applies
        assert (found.note_de, found.sources, found.check_by) == ("Notiz", ["Quelle"], TOMORROW)

    def test_a_condition_can_be_taken_away(self, admin: Client) -> None:
        made = deadline(applies={"what": ["violence"], "life_area": ["work"]})
        saved(post(admin, address("edit", made.pk), "publish", applies_what=None))
        assert stored(made).applies == {"life_area": ["work"]}

    def test_a_code_that_the_vocabulary_lost_is_shown_and_kept(self, admin: Client) -> None:
        made = deadline(applies={"what": ["distress"]})  # known to the referral, without a term
        assert 'value="distress" selected' in admin.get(address("edit", made.pk)).content.decode()
        saved(post(admin, address("edit", made.pk), "publish"))
        assert stored(made).applies == {"what": ["distress"]}

    @pytest.mark.parametrize("period", ["2 months", "P", "P0M", "P1Y6M", "P9999999999Y", "PT5H", "P2M\x00"])
    def test_a_period_that_readers_could_not_be_told_is_refused(self, admin: Client, period: str) -> None:
        made = deadline(period_iso="P3W")
        told = problems(post(admin, address("edit", made.pk), "publish", period_iso=period))
        assert "period" in told
        assert stored(made).period_iso == "P3W"

    def test_it_follows_only_another_deadline(self, admin: Client) -> None:
        made = deadline()
        for wrong in ("agg", "nothing"):
            assert "other deadline" in problems(post(admin, address("edit", made.pk), "publish", follows=wrong))

    def test_a_law_is_needed(self, admin: Client) -> None:
        assert "Name the law" in problems(post(admin, address("edit", deadline().pk), "publish", law_de=""))

    def test_a_draft_waits_beside_the_public_version(self, admin: Client) -> None:
        made = deadline(check_by=TOMORROW)
        saved(post(admin, address("edit", made.pk), check_by="2030-01-01"))
        assert stored(made).check_by == TOMORROW
        assert stored(made).get_latest_revision_as_object().check_by == date(2030, 1, 1)

    def test_a_translator_changes_texts_only(self) -> None:
        made = deadline(applies={"what": ["violence"]}, check_by=TOMORROW)
        client = Client()
        client.force_login(person("tess", "access_admin", "translate_deadline", "view_deadline"))
        form = client.get(address("edit", made.pk))
        assert 'name="law_en"' in form.content.decode()
        assert 'name="applies_what"' not in form.content.decode()
        client.post(address("edit", made.pk), {"law_de": "AGG", "law_en": "AGG", "applies_what": ["distress"]})
        newest = stored(made).get_latest_revision_as_object()
        assert newest.law_en == "AGG"
        assert newest.applies == {"what": ["violence"]}
        assert newest.check_by == TOMORROW


class TestDeadlineList:
    def test_it_shows_and_filters_what_is_overdue(self, admin: Client) -> None:
        deadline("late", law_de="Spät", check_by=YESTERDAY)
        deadline("good", law_de="Gut", check_by=TOMORROW)
        deadline("open", law_de="Offen")
        everything = admin.get(address("list"))
        assert [each.slug for each in everything.context["object_list"]] == ["good", "late", "open"]
        with translation.override("en"):
            past, to_come = (date_format(day, "SHORT_DATE_FORMAT") for day in (YESTERDAY, TOMORROW))
        html = everything.content.decode()
        assert f"{past} – overdue" in html
        assert to_come in html
        assert f"{to_come} – overdue" not in html
        late = admin.get(address("list"), {"checked": "overdue"})
        assert [each.slug for each in late.context["object_list"]] == ["late"]

    def test_it_finds_words_of_a_law(self, admin: Client) -> None:
        deadline("one", act_de="Entschädigungsansprüche geltend machen")
        deadline("two", law_de="StGB § 77b")
        found = admin.get(address("list"), {"q": "Entschaedigungsanspruch"}).context["object_list"]
        assert [each.slug for each in found] == ["one"]


def row(made: Listing, **fields: Any) -> CompetenceRow:
    found = CompetenceRow(listing=made, **({"what": ["violence"], "check_by": YESTERDAY} | fields))
    found.save()
    return found


def with_rules() -> Listing:
    made = listing("advice", title_de="Beratung")
    row(made, areas=["jena"], sources=["https://example.org/a"])
    row(made, check_by=TOMORROW)
    row(made, check_by=None)
    earlier = {"check_by": YESTERDAY - timedelta(days=9), "reason_de": "Nicht bei Arbeit."}
    Exclusion(listing=made, strength="hard", life_area=["work"], danger_now=True, **earlier).save()
    return made


class TestOverdueRules:
    def test_the_longest_overdue_first_each_as_a_sentence(self, admin: Client) -> None:
        made = with_rules()
        page = admin.get(reverse("overdue-rules:list"))
        exclusion, rule = page.context["object_list"]
        assert (
            rule.sentence
            == "Responsible when what happened is Violence and it happened or the person lives in Jena."
        )
        assert exclusion.sentence == (
            "Not when the part of life is Work and there is danger now: Nicht bei Arbeit."
        )
        html = page.content.decode()
        assert reverse("wagtailsnippets_directory_listing:edit", args=[made.pk]) in html
        assert "https://example.org/a" in html

    def test_what_nobody_is_led_to_needs_no_check(self, admin: Client) -> None:
        made = with_rules()
        made.live = False
        made.save()
        assert list(admin.get(reverse("overdue-rules:list")).context["object_list"]) == []

    def test_today_is_not_past(self) -> None:
        row(listing(), check_by=timezone.localdate())
        assert [found.count() for found in rules.overdue(Listing.objects.all())] == [0, 0]

    def test_a_row_without_conditions_holds_always(self) -> None:
        assert rules.sentence(row(listing(), what=[])) == "Always responsible."

    def test_a_source_is_text_never_markup(self, admin: Client) -> None:
        row(listing(), sources=["<script>alert(1)</script>"])
        assert "<script>alert(1)" not in admin.get(reverse("overdue-rules:list")).content.decode()

    def test_who_may_not_see_listings_gets_no_list(self) -> None:
        client = Client()
        client.force_login(person("otto", "access_admin", "change_deadline"))
        assert client.get(reverse("overdue-rules:list")).status_code == 302
        menu = client.get(reverse("wagtailadmin_home")).content.decode()
        assert reverse("overdue-rules:list") not in menu
        assert address("list") in menu

    def test_many_rules_take_pages(self, admin: Client) -> None:
        made = listing()
        for _number in range(60):
            row(made)
        page = admin.get(reverse("overdue-rules:list"))
        assert (len(page.context["object_list"]), page.context["items_count"]) == (50, 60)


def test_the_desk_counts_both(admin: Client) -> None:
    with_rules()
    deadline(check_by=YESTERDAY)
    deadline("other", check_by=YESTERDAY, live=False)
    html = admin.get(reverse("wagtailadmin_home")).content.decode()
    assert f'{address("list")}?state=live&amp;checked=overdue"><strong>1</strong>' in html
    assert f'{reverse("overdue-rules:list")}"><strong>2</strong>' in html
