"""What a draft would change, before anybody publishes it."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from directory.models import CompetenceRow, ContactPoint, Exclusion, Listing, Organisation
from directory.vocabulary import area_tree
from referrals import queries
from referrals.drafting import World, effects, public, turns, with_draft
from referrals.editing.previewing import address
from referrals.models import Case, Deadline, Guide, Note, Option, Question
from referrals.stored_cases import stored_cases
from tests.integration.directory.making import area, find, listing, organisation, person, stored, term
from tests.integration.editing.posting import post, saved, url

pytestmark = pytest.mark.django_db
INSULTED = {"what": ["insult"], "place": "jena"}


@pytest.fixture(autouse=True)
def small_place() -> None:
    area("jena", name_en="Jena")
    term("what", "insult", label_en="Insult")
    term("roles", "general")
    term("roles", "specialised")
    body("first", role="specialised")
    body("second")
    translation.activate("en")
    case("insulted", expect_first=["first"])


def body(slug: str, **fields: Any) -> Listing:
    made = listing(slug, title_de=slug.capitalize(), **{"role": "general", **fields})
    CompetenceRow(listing=made, what=["insult"], areas=["jena"]).save()
    ContactPoint(listing=made, kind="phone", value="+49 211 8991234").save()
    return made


def case(slug: str, **fields: Any) -> None:
    Case(slug=slug, **{"title": slug.capitalize(), "facts": INSULTED, **fields}).save()


def change(after: World) -> Any:
    (found,) = effects(stored_cases(), public(), after, area_tree(), "jena")
    return found


def drafted(entry: Any) -> World:
    return with_draft(public(), entry)


class TestDrafts:
    """Each is looked at without being saved."""

    def test_nothing_changes_where_nothing_was_changed(self) -> None:
        entries: list[Any] = [find(Listing, "first"), find(Organisation, "house")]
        for entry in entries:
            assert drafted(entry) == public()

    def test_a_listing_that_moves_breaks_a_case(self) -> None:
        draft = find(Listing, "first")
        draft.role = "general"
        draft.title_de = "Zuletzt"
        found = change(drafted(draft))
        assert (found.before.first, found.after.first) == ("first", "second")
        assert (found.moves, found.begins_to_fail, found.passes_now) == (True, True, False)
        assert public().bodies == queries.load_bodies(timezone.localdate())

    def test_the_rules_of_a_draft_count_not_those_that_are_stored(self) -> None:
        draft = find(Listing, "first")
        draft.exclusions = [Exclusion(strength="hard", what=["insult"], reason_de="Nie.")]
        assert change(drafted(draft)).after.first == "second"
        assert not Exclusion.objects.exists()

    @pytest.mark.parametrize(
        "hidden", [{"internal_only": True}, {"valid_until": timezone.localdate() - timedelta(days=1)}]
    )
    def test_a_draft_that_would_not_be_shown_is_not_there(self, hidden: dict[str, Any]) -> None:
        draft = find(Listing, "first")
        for name, value in hidden.items():
            setattr(draft, name, value)
        assert [each.slug for each in drafted(draft).bodies] == ["second"]

    def test_a_listing_that_was_never_public_takes_its_place(self) -> None:
        new = body("a-new", role="specialised", live=False)
        assert "a-new" not in {each.slug for each in public().bodies}
        assert [each.slug for each in drafted(new).bodies] == ["a-new", "first", "second"]
        assert change(drafted(new)).after.first == "a-new"

    def test_an_organisation_gives_its_website_to_its_listings(self) -> None:
        ContactPoint.objects.all().delete()
        draft = find(Organisation, "house")
        draft.website = "https://example.org"
        found = change(drafted(draft))
        assert (found.passes_now, found.moves) == (True, False)  # somebody can be reached from then on
        other = organisation("other")
        assert drafted(other) == public()

    def test_a_deadline_is_said_or_no_longer(self) -> None:
        made = Deadline(slug="soon", law_de="AGG § 15", applies={"what": ["insult"]}, live=False)
        made.save()
        assert change(drafted(made)).said == ("deadline:soon",)
        made.live = True
        made.save()
        made.applies = {"what": ["violence"]}
        found = change(drafted(made))
        assert (found.no_longer_said, found.said, found.moves) == (("deadline:soon",), (), False)

    def test_a_note_changes_its_text_alone(self) -> None:
        made = Note(slug="photos", kind="keep", heading_de="Fotos", live=True)
        made.save()
        made.heading_de = "Bilder"
        (note,) = drafted(made).rules.notes
        assert note.heading["de"] == "Bilder"
        assert effects(stored_cases(), public(), drafted(made), area_tree(), "jena") == ()

    def test_a_question_turns_answers(self) -> None:
        guide = Guide(slug="counselling")
        guide.save()
        made = Question(guide=guide, slug="what", order=1, dimension="what", live=True)
        made.options = [Option(slug="insult", facts={"what": ["insult"]})]  # type: ignore[misc]
        made.save()
        second = find(Listing, "second")
        CompetenceRow(listing=second, what=["distress"], areas=["jena"]).save()
        before, draft = public(), stored(made)
        draft.options = [Option(slug="insult", facts={"what": ["distress"]})]
        (turn,) = turns(before, with_draft(before, draft), area_tree(), "jena")
        assert (turn.before, turn.after) == (("first", "second"), ("second",))
        assert turn.said == {"what": ("distress",)}

    def test_those_that_begin_to_fail_come_first(self) -> None:
        case("a-moves", must_not_be_first=["gone"])
        draft = find(Listing, "first")
        draft.internal_only = True
        found = effects(stored_cases(), public(), drafted(draft), area_tree(), "jena")
        assert [each.case.id for each in found] == ["insulted", "a-moves"]


def breaking_draft(client: Client) -> Listing:
    made = find(Listing, "first")
    saved(post(client, url("listing", "edit", made.pk), internal_only="on"))
    return stored(made)  # type: ignore[no-any-return]


class TestPage:
    def test_it_shows_before_and_after_with_links(self, admin: Client) -> None:
        made = breaking_draft(admin)
        page = admin.get(address(made))
        (found,) = page.context["effects"]
        assert (found["before"].name, found["after"].name) == ("First", "Second")
        assert found["begins_to_fail"]
        html = page.content.decode()
        for body in ("first", "second"):
            assert f'href="{url("listing", "edit", find(Listing, body).pk)}"' in html
        assert "Expected first: First." in html
        assert stored(made).internal_only is False

    def test_it_says_when_nothing_changes(self, admin: Client) -> None:
        made = find(Listing, "first")
        saved(post(admin, url("listing", "edit", made.pk), note="nur ein Wort"))
        page = admin.get(address(made)).content.decode()
        assert "Nothing changes in the 1 case." in page
        assert "leads to other first bodies" in page

    def test_the_form_leads_to_it(self, admin: Client) -> None:
        made = find(Listing, "first")
        assert address(made) in admin.get(url("listing", "edit", made.pk)).content.decode()

    @pytest.mark.parametrize(
        "rights", [("translate_listing", "view_listing"), ("view_listing",), ("change_deadline",)]
    )
    def test_it_is_for_those_who_write_rules(self, admin: Client, rights: tuple[str, ...]) -> None:
        made = breaking_draft(admin)
        client = Client()
        client.force_login(person("otto", "access_admin", *rights))
        assert client.get(address(made)).status_code == 302
        editor = Client()
        editor.force_login(person("eve", "access_admin", "change_listing"))
        assert editor.get(address(made)).status_code == 200


def told(response: Any) -> str:
    return " ".join(str(each) for each in get_messages(response.wsgi_request))


class TestWarnings:
    def test_who_opens_a_draft_that_breaks_a_case_is_warned(self, admin: Client) -> None:
        made = breaking_draft(admin)
        page = admin.get(url("listing", "edit", made.pk)).content.decode()
        assert "If this draft is published, 1 case no longer leads where it must." in page
        assert "First → Second" in page

    def test_an_entry_without_a_draft_warns_of_nothing(self, admin: Client) -> None:
        page = admin.get(url("listing", "edit", find(Listing, "first").pk)).content.decode()
        assert "leads where it must" not in page

    def test_who_publishes_it_is_told(self, admin: Client) -> None:
        made = find(Listing, "first")
        answer = saved(post(admin, url("listing", "edit", made.pk), "publish", internal_only="on"))
        assert stored(made).internal_only
        page = admin.get(answer.headers["Location"]).content.decode()
        assert "Published. But now 1 case no longer leads where it must." in page
        assert "First → Second" in page

    def test_a_saved_draft_has_broken_nothing_yet(self, admin: Client) -> None:
        made = find(Listing, "first")
        answer = saved(post(admin, url("listing", "edit", made.pk), internal_only="on"))
        assert "Published" not in told(answer)

    def test_a_deadline_warns_too(self, admin: Client) -> None:
        made = Deadline(slug="soon", law_de="AGG § 15", applies={"what": ["insult"]}, live=True)
        made.save()
        case("said", must_show=["deadline:soon"])
        made.applies = {"what": ["violence"]}
        made.save_revision()
        page = admin.get(reverse("wagtailsnippets_referrals_deadline:edit", args=[made.pk])).content.decode()
        assert "1 case no longer leads where it must." in page
