"""Rules in the form of a listing: what is refused, how they are read back, and who may change them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from directory.models import CompetenceRow, ContactPoint, Exclusion, Listing
from tests.integration.directory.making import area, listing, person, stored, term
from tests.integration.editing.posting import post, problems, row, saved, url

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def words() -> None:
    term("what", "insult", label_en="Insult")
    term("what", "violence", label_en="Violence")
    term("what", "threat", label_en="Threat")
    term("grounds", "racism", label_en="Racism")
    term("roles", "general")
    area("jena", name_en="Jena")
    translation.activate("en")


def body(slug: str, *, title: str = "", phone: str = "+49 211 8991234", **exclusion: Any) -> Listing:
    made = listing(slug, title_de=title or slug.capitalize(), role="general")
    CompetenceRow(listing=made, what=["insult", "violence"]).save()
    if phone:
        ContactPoint(listing=made, kind="phone", value=phone).save()
    if exclusion:
        Exclusion(listing=made, reason_de="Nicht hier.", **{"strength": "hard", **exclusion}).save()
    return made


def edit(client: Client, made: Listing, action: Any = "publish", **changed: Any) -> Any:
    return post(client, url("listing", "edit", made.pk), action, **changed)


def added(relation: str, **fields: Any) -> dict[str, Any]:
    return row(relation, **fields)


class TestRefusals:
    @pytest.mark.parametrize("action", ["", "publish"])
    def test_an_exclusion_needs_its_reason_in_the_main_language(self, admin: Client, action: str) -> None:
        made, _other = body("a"), body("b", title="Die andere")
        rule = {"strength": "hard", "what": ["violence"], "then_go_to": ["b"], "reason_en": "Not here."}
        told = problems(edit(admin, made, action, **added("exclusions", **rule)))
        assert "“Not when what happened is Violence → Die andere: Not here.” needs a reason" in told
        assert "Deutsch" in told
        saved(edit(admin, made, action, **added("exclusions", **rule, reason_de="Nicht hier.")))

    def test_a_body_that_no_answers_lead_to_is_refused_with_what_is_in_the_way(self, admin: Client) -> None:
        made = body("a")
        rule = {"strength": "hard", "what": ["violence", "insult"], "reason_de": "Nie."}
        saved(edit(admin, made, **added("exclusions", **{**rule, "what": ["violence"]})))
        told = problems(edit(admin, made, **{"exclusions-0-what": ["violence", "insult", "threat"]}))
        assert (
            "No answers at all lead to this body, because of: Not when what happened is Insult or Threat or"
            in told
        )
        assert stored(made).exclusions.get().what == ["violence"]

    def test_rows_that_exclude_each_other_are_named(self, admin: Client) -> None:
        made = body("a")
        told = problems(
            edit(admin, made, **{"competence_rows-0-areas": ["jena"], "competence_rows-0-outside_areas": ["jena"]})
        )
        assert "the conditions of its rows exclude each other" in told

    def test_bodies_that_send_to_each_other_are_refused(self, admin: Client) -> None:
        made = body("a", title="Eine")
        body("b", title="Andere", what=["insult"], then_go_to=["a"])
        rule = {"strength": "prefer_other", "what": ["insult"], "then_go_to": ["b"], "reason_de": "Dort."}
        told = problems(edit(admin, made, **added("exclusions", **rule)))
        assert "Everybody sends on to somebody else when what happened is Insult: Eine → Andere → Eine." in told
        saved(edit(admin, made, **added("exclusions", **{**rule, "what": ["violence"]})))

    def test_who_had_somebody_to_help_must_not_lose_them(self, admin: Client) -> None:
        made = body("a", what=["insult"], strength="prefer_alternative")
        concern = {"facts": {"what": ["insult"]}}
        term("concerns", "everyday", extra=concern)
        taken_away = {"contacts-0-DELETE": "on"}
        assert "cannot be reached, when what happened is Insult" in problems(edit(admin, made, **taken_away))
        body("b")
        saved(edit(admin, made, **taken_away))

    def test_what_was_wrong_before_does_not_keep_anybody_from_saving(self, admin: Client) -> None:
        made = body("a", phone="")
        term("concerns", "everyday", extra={"facts": {"what": ["insult"]}})
        saved(edit(admin, made, **added("languages", language="ar")))
        saved(edit(admin, made, **{"competence_rows-0-weight": "secondary"}))

    def test_a_deleted_row_does_not_count(self, admin: Client) -> None:
        made = body("a", what=["insult", "violence"])
        saved(edit(admin, made, **{"exclusions-0-DELETE": "on"}))
        assert not stored(made).exclusions.exists()

    def test_a_new_listing_is_asked_too(self, admin: Client) -> None:
        other = body("b", what=["insult"], then_go_to=["b"])
        fields = {
            "organisation": other.organisation_id,
            "kind": "counselling",
            "audience": "affected",
            "source_language": "de",
            "title_de": "Neue",
            **added("competence_rows", ground=["racism"]),
            **added("exclusions", strength="hard", ground=["racism"], reason_de="Nie."),
        }
        assert "No answers at all" in problems(post(admin, url("listing", "add"), "publish", **fields))
        assert not Listing.objects.filter(title_de="Neue").exists()


class TestWhoMay:
    def test_an_editor_proposes_and_the_draft_waits(self) -> None:
        made = body("a")
        client = Client()
        client.force_login(person("eve", "access_admin", "change_listing"))
        saved(edit(client, made, "publish", **{"competence_rows-0-what": ["insult"]}))
        assert stored(made).competence_rows.get().what == ["insult", "violence"]
        (draft,) = stored(made).get_latest_revision_as_object().competence_rows.all()
        assert draft.what == ["insult"]

    @pytest.mark.parametrize("rights", [("translate_listing", "view_listing"), ("view_listing",)])
    def test_translators_and_partners_change_no_rule(self, rights: tuple[str, ...]) -> None:
        made = body("a", what=["insult"])
        client = Client()
        client.force_login(person("otto", "access_admin", *rights))
        address = url("listing", "edit", made.pk)
        assert b"competence_rows" not in client.get(address).content
        edit(client, made, "publish", **{"competence_rows-0-what": ["insult"], "exclusions-0-DELETE": "on"})
        for found in (stored(made), stored(made).get_latest_revision_as_object()):
            assert found.competence_rows.get().what == ["insult", "violence"]
            assert found.exclusions.get().what == ["insult"]


def test_a_changed_rule_is_in_the_history_and_its_difference_in_words(admin: Client) -> None:
    made = body("a")
    saved(edit(admin, made))
    saved(edit(admin, made, "", **{"competence_rows-0-what": ["insult"]}))
    assert "Responsible when" in admin.get(url("listing", "history", made.pk)).content.decode()
    page = admin.get(url("listing", "revisions_compare", made.pk, "live", "latest")).content.decode()
    assert "Violence" in page


def read_back(client: Client, relation: str, **fields: Any) -> Any:
    return client.post(reverse(f"wegweiser_read_back_{relation}"), fields)


class TestReadingBack:
    def test_each_row_of_the_form_stands_below_its_sentence(self, admin: Client) -> None:
        body("b", title="Die andere")
        made = body("a", what=["violence"], areas=["jena"], area_basis=["incident"], then_go_to=["b"])
        page = admin.get(url("listing", "edit", made.pk)).content.decode()
        assert "Responsible when what happened is Insult or Violence." in page
        assert "Not when what happened is Violence and it happened in Jena → Die andere: Nicht hier." in page

    def test_a_draft_is_read_back_as_it_was_saved(self, admin: Client) -> None:
        made = body("a")
        saved(
            edit(
                admin, made, "", **{"competence_rows-0-what": ["insult"], "competence_rows-0-weight": "secondary"}
            )
        )
        page = admin.get(url("listing", "edit", made.pk)).content.decode()
        assert "Responsible when what happened is Insult. Stands after more specialised" in page

    def test_bodies_are_chosen_by_their_names(self, admin: Client) -> None:
        made = body("a", title="Eine", what=["violence"])
        page = admin.get(url("listing", "edit", made.pk)).content.decode()
        assert '<option value="a">Eine</option>' in page

    def test_what_stands_in_the_form_is_read_back_before_it_is_saved(self, admin: Client) -> None:
        body("b", title="Die andere")
        answer = read_back(
            admin, "exclusions", strength="prefer_other", what=["insult"], then_go_to=["b"], reason_de="Dort."
        )
        assert answer.json() == {"sentence": "Others come first when what happened is Insult → Die andere: Dort."}
        assert not Exclusion.objects.exists()

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({}, ""),
            ({"what": ["rain"]}, "Responsible when what happened is rain."),
            ({"what": ["insult"], "valid_from": "yesterday"}, "Responsible when what happened is Insult."),
            ({"areas": ["jena"], "area_basis": ["residence"]}, "Responsible when the person lives in Jena."),
            ({"danger_now": "true"}, "Responsible when there is danger now."),
            ({"danger_now": "\x00", "weight": "\x00"}, ""),
        ],
    )
    def test_it_says_what_it_can(self, admin: Client, fields: dict[str, Any], sentence: str) -> None:
        assert read_back(admin, "competence_rows", **fields).json() == {"sentence": sentence}

    def test_without_a_strength_it_says_nothing_yet(self, admin: Client) -> None:
        assert read_back(admin, "exclusions", what=["insult"]).json() == {"sentence": ""}

    @pytest.mark.parametrize("rights", [("translate_listing", "view_listing"), ("view_listing",)])
    def test_it_answers_those_who_write_rules(self, rights: tuple[str, ...]) -> None:
        client = Client()
        client.force_login(person("otto", "access_admin", *rights))
        assert read_back(client, "competence_rows", what=["insult"]).status_code == 302
