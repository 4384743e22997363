"""Cases of staff: the shipped ones, and what becomes of them."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from directory.models import CompetenceRow, ContactPoint, Listing
from referrals.models import Case
from referrals.stored_cases import stored_cases
from tests.integration.directory.making import area, find, listing, person, stored, term
from tests.integration.editing.posting import post, problems, saved

pytestmark = pytest.mark.django_db


def test_the_shipped_cases_are_there_and_all_pass(demo: None) -> None:
    assert len(stored_cases()) == 25
    out = StringIO()
    call_command("evaluate_referrals", json=True, stdout=out, stderr=StringIO())
    found = json.loads(out.getvalue())
    assert (found["n"], [case["id"] for case in found["cases"] if not case["pass"]]) == (25, [])


def address(view: str, *args: Any) -> str:
    return reverse(f"referral-cases:{view}", args=args)


def case(slug: str = "one", **fields: Any) -> Case:
    made = Case(slug=slug, **({"title": "Jemand wird beleidigt.", "expect_first": ["advice"]} | fields))
    made.save()
    return made


class TestForm:
    @pytest.fixture(autouse=True)
    def words(self) -> None:
        term("what", "insult", label_en="Insult")
        term("what", "violence", label_en="Violence")
        area("jena", name_en="Jena")
        listing("advice")

    def test_everything_is_chosen_in_words(self, admin: Client) -> None:
        page = admin.get(address("add")).content.decode()
        assert '<option value="insult">Insult</option>' in page
        assert '<option value="advice">Beratung</option>' in page
        fields = {
            "title": "Jemand wird beleidigt.",
            "slug": "own",
            "facts_what": ["insult", "violence"],
            "facts_danger_now": "false",
            "facts_place": "jena",
            "facts_language": "ar",
            "facts_when_days_ago": "3",
            "site_area": "jena",
            "open_at": "22:30",
            "expect_first": ["advice"],
            "must_not_show": ["notice:gap"],
            "source": "ein Gespräch",
        }
        saved(admin.post(address("add"), fields))
        (made,) = stored_cases()
        assert made.stated == {
            "what": ["insult", "violence"],
            "danger_now": False,
            "place": "jena",
            "language": "ar",
            "when_days_ago": 3,
        }
        assert (made.site_area, made.open_at, made.source) == ("jena", "22:30", "ein Gespräch")
        assert (made.expect_first, made.must_not_show) == (("advice",), ("notice:gap",))

    def test_opening_and_saving_changes_nothing(self, admin: Client) -> None:
        facts = {"what": ["insult"], "danger_now": True, "place": "jena", "when_days_ago": 0}
        made = case(facts=facts, expect_first=["gone"], must_show=["deadline:gone"], site_area="jena")
        before = stored_cases()
        saved(post(admin, address("edit", made.pk)))
        assert stored_cases() == before

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"expect_first": None}, "never fails"),
            ({"open_at": "25:00"}, "22:30"),
            ({"site_area": "atlantis"}, "no such area"),
            ({"facts_what": ["rain"]}, "rain"),
            ({"facts_when_days_ago": "-1"}, "0"),
        ],
    )
    def test_what_is_wrong_is_refused_with_the_reason(
        self, admin: Client, wrong: dict[str, Any], said: str
    ) -> None:
        made = case()
        assert said in problems(post(admin, address("edit", made.pk), **wrong))

    def test_its_changes_are_in_its_history(self, admin: Client) -> None:
        made = case()
        saved(post(admin, address("edit", made.pk), title="Anders"))
        assert "chris" in admin.get(address("history", made.pk)).content.decode()


class TestRunning:
    @pytest.fixture(autouse=True)
    def bodies(self) -> None:
        area("jena")
        made = listing("advice", role="specialised")
        CompetenceRow(listing=made, what=["insult"], areas=["jena"]).save()
        ContactPoint(listing=made, kind="phone", value="+49 3641 1").save()

    def test_each_case_is_right_or_says_why_not(self, admin: Client) -> None:
        stated = {"facts": {"what": ["insult"], "place": "jena"}}
        case("right", **stated)
        case("wrong", title="Andere", **stated, expect_first=["gone"], must_show=["notice:interpreter"])
        case("empty", **{**stated, "facts": {"place": "duesseldorf"}}, must_not_be_first=["advice"])
        page = admin.get(address("run"))
        rows = {row["case"].name: row for row in page.context["rows"]}
        assert (page.context["passing"], page.context["number"]) == (1, 3)
        wrong = rows["Andere"]
        assert (wrong["passes"], wrong["first"].name) == (False, "Beratung")
        assert wrong["faults"] == ["Expected first: gone.", "The result does not say: interpreting."]
        assert reverse("wagtailsnippets_directory_listing:edit", args=[find(Listing, "advice").pk]) in (
            page.content.decode()
        )

    def test_what_must_never_stand_first_is_named(self, admin: Client) -> None:
        case(facts={"what": ["insult"], "place": "jena"}, expect_first=[], must_not_be_first=["advice"])
        (row,) = admin.get(address("run")).context["rows"]
        assert row["faults"] == ["Beratung must never stand first here."]

    def test_nobody_is_told(self, admin: Client) -> None:
        find(Listing, "advice").delete()
        case(facts={"what": ["insult"]})
        (row,) = admin.get(address("run")).context["rows"]
        assert row["first"].name == "nobody"
        assert row["faults"][0] == "Nobody is in the result."


@pytest.mark.parametrize(
    "rights", [("translate_listing", "view_listing"), ("view_listing",), ("change_deadline",)]
)
def test_who_does_not_write_rules_has_no_cases(rights: tuple[str, ...]) -> None:
    made = case()
    client = Client()
    client.force_login(person("otto", "access_admin", *rights))
    for view, args in (("index", ()), ("run", ()), ("add", ()), ("edit", (made.pk,)), ("delete", (made.pk,))):
        assert client.get(address(view, *args)).status_code == 302
    client.post(address("edit", made.pk), {"title": "x", "slug": "one"})
    assert stored(made).title == "Jemand wird beleidigt."
    assert address("index") not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_an_editor_keeps_cases(admin: Client) -> None:
    client = Client()
    client.force_login(person("eve", "access_admin", "add_listing", "change_listing"))
    made = case()
    saved(post(client, address("edit", made.pk), title="Anders"))
    assert stored(made).title == "Anders"
    assert address("run") in client.get(address("index")).content.decode()
