"""The questions of the guide, with their answers, in the admin of staff."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from directory.models import CompetenceRow
from referrals import queries
from referrals.models import Guide, Option, Question
from tests.integration.directory.making import find, listing, person, stored, term
from tests.integration.editing.posting import form_on, post, problems, row, saved, shown

pytestmark = pytest.mark.django_db
YESTERDAY = timezone.localdate() - timedelta(days=1)
TEXTS = {"text_de": "Wo war es?", "why_de": "Davon hängt es ab."}


@pytest.fixture(autouse=True)
def words() -> None:
    for slug in ("insult", "threat", "violence"):
        term("what", slug, label_en=slug.capitalize())
    for slug in ("work", "housing"):
        term("life_areas", slug, label_en=slug.capitalize())
    term("target_groups", "everybody", label_en="Everybody")
    translation.activate("en")


@pytest.fixture
def guide() -> Guide:
    made = Guide(slug="counselling")
    made.save()
    return made


def question(guide: Guide, slug: str, *options: Option, **fields: Any) -> Question:
    texts = {"text_de": f"Frage {slug}", "why_de": "Weil.", "live": True}
    made = Question(guide=guide, slug=slug, **(texts | {"dimension": "what", **fields}))
    made.options = list(options or (answer("yes"), answer("no")))  # type: ignore[misc]
    made.save()
    return made


def answer(slug: str, **facts: Any) -> Option:
    return Option(slug=slug, text_de=slug.capitalize(), facts=facts)


def address(view: str, *args: Any) -> str:
    return reverse(f"wagtailsnippets_referrals_question:{view}", args=args)


def options_of(made: Question) -> dict[str, dict[str, Any]]:
    return {each.slug: each.facts for each in stored(made).options.all()}


class TestForm:
    def test_a_new_one_is_published_with_its_answers(self, admin: Client, guide: Guide) -> None:
        question(guide, "what", order=4)
        fields = {
            **TEXTS,
            "text_en": "Where was it?",
            "dimension": "life_area",
            "shown_if": ["what=yes", "what="],
            "sources": "https://example.org",
            "valid_from": "2026-01-01",
            "check_by": "2027-01-01",
            **row(
                "options", 0, text_de="Bei der Arbeit", text_en="At work", facts=["life_area=work", "what=insult"]
            ),
            **row("options", 1, text_de="Daheim", facts=["life_area=housing"], ORDER=2),
        }
        saved(post(admin, address("add"), "publish", **fields))
        made = find(Question, "wo-war-es")
        assert made.live
        assert (made.guide, made.order, made.dimension) == (guide, 5, "life_area")
        assert made.shown_if == {"what": ["yes", ""]}
        assert (made.text_en, made.why_de, made.sources) == (
            "Where was it?",
            TEXTS["why_de"],
            ["https://example.org"],
        )
        assert (made.valid_from, made.check_by) == (date(2026, 1, 1), date(2027, 1, 1))
        assert options_of(made) == {
            "bei-der-arbeit": {"what": ["insult"], "life_area": ["work"]},
            "daheim": {"life_area": ["housing"]},
        }
        assert [each.slug for each in queries.load_guide("counselling").questions] == ["what", "wo-war-es"]

    def test_opening_and_saving_changes_nothing(self, admin: Client, guide: Guide) -> None:
        question(guide, "what", order=1)
        made = question(
            guide, "where", answer("a", life_area=["work"], danger_now=True), answer("b", what=["distress"]),
            order=2, dimension="life_area", shown_if={"what": ["yes", ""]}, sources=["Quelle"],
        )  # fmt: skip
        before = options_of(made)
        saved(post(admin, address("edit", made.pk), "publish"))
        assert options_of(made) == before
        assert stored(made).shown_if == {"what": ["yes", ""]}
        assert (stored(made).order, stored(made).dimension) == (2, "life_area")

    def test_facts_are_chosen_in_words(self, admin: Client, guide: Guide) -> None:
        made = question(guide, "what", answer("a", what=["insult"]))
        html = admin.get(address("edit", made.pk)).content.decode()
        assert '<optgroup label="What happened">' in html
        assert '<option value="what=insult" selected>Insult</option>' in html
        assert "target=everybody" not in html, "of target groups only those that a fact may name"
        assert "{" not in form_on(address("edit", made.pk)).formsets["options"].forms[0].as_p()

    def test_an_unknown_fact_is_refused(self, admin: Client, guide: Guide) -> None:
        made = question(guide, "what", answer("a", what=["insult"]))
        told = problems(post(admin, address("edit", made.pk), "publish", **{"options-0-facts": ["what=rain"]}))
        assert "what=rain" in told
        assert options_of(made) == {"a": {"what": ["insult"]}}

    def test_slugs_never_change(self, admin: Client, guide: Guide) -> None:
        made = question(guide, "what", answer("a", what=["insult"]))
        changed = {"slug": "x", "options-0-slug": "y", "options-0-text_de": "Neu", "text_de": "Neu?"}
        saved(post(admin, address("edit", made.pk), "publish", **changed))
        assert (stored(made).slug, stored(made).text_de) == ("what", "Neu?")
        assert list(options_of(made)) == ["a"]

    def test_a_draft_keeps_the_slug_of_an_answer_that_is_new(self, admin: Client, guide: Guide) -> None:
        made = question(guide, "what", answer("a"))
        saved(post(admin, address("edit", made.pk), **row("options", 1, text_de="Zweite", ORDER=2)))
        saved(
            post(
                admin,
                address("edit", made.pk),
                "publish",
                **{"options-1-id": "", "options-1-text_de": "Zweite Antwort"},
            )
        )
        assert list(options_of(made)) == ["a", "zweite"]

    def test_two_answers_with_the_same_words_have_two_slugs(self, admin: Client, guide: Guide) -> None:
        made = question(guide, "what", answer("ja"))
        more = row("options", 1, text_de="Ja", ORDER=2) | row("options", 2, text_de="هنا", ORDER=3)
        saved(post(admin, address("edit", made.pk), "publish", **more))
        assert list(options_of(made)) == ["ja", "ja-2", "answer"]

    def test_answers_can_be_put_in_another_order(self, admin: Client, guide: Guide) -> None:
        made = question(guide, "what", answer("a"), answer("b"))
        saved(post(admin, address("edit", made.pk), "publish", **{"options-0-ORDER": 2, "options-1-ORDER": 1}))
        assert list(options_of(made)) == ["b", "a"]

    def test_a_draft_waits_beside_the_public_question(self, admin: Client, guide: Guide) -> None:
        made = question(guide, "what")
        saved(post(admin, address("edit", made.pk), text_de="Entwurf?"))
        assert stored(made).text_de == "Frage what"
        assert stored(made).get_latest_revision_as_object().text_de == "Entwurf?"

    def test_the_preview_looks_like_the_guide(self, admin: Client, guide: Guide) -> None:
        made = question(guide, "what", answer("a", what=["insult"]), text_en="What?", why_en="It decides.")
        preview = address("preview_on_edit", made.pk)
        fields = shown(form_on(address("edit", made.pk))) | {"options-0-text_en": "Somebody was rude"}
        assert admin.post(preview, fields).json()["is_valid"]
        html = admin.get(preview, {"mode": "en"}).content.decode()
        assert "<legend>What?</legend>" in html
        assert "It decides." in html
        assert "<span>Somebody was rude</span>" in html


class TestRefusals:
    @pytest.mark.parametrize("action", ["", "publish"])
    @pytest.mark.parametrize("missing", ["text_de", "why_de", "options-0-text_de"])
    def test_a_text_missing_in_the_main_language(
        self, admin: Client, guide: Guide, missing: str, action: str
    ) -> None:
        made = question(guide, "what", text_en="What?", why_en="Why.")
        told = problems(post(admin, address("edit", made.pk), action, **{missing: ""}))
        assert "Deutsch" in told
        assert not stored(made).has_unpublished_changes

    def test_a_question_without_answers(self, admin: Client, guide: Guide) -> None:
        made = question(guide, "what", answer("a"))
        told = problems(post(admin, address("edit", made.pk), "publish", **{"options-0-DELETE": "on"}))
        assert "“Frage what” has no answers" in told
        assert list(options_of(made)) == ["a"]

    def test_a_sixth_question(self, admin: Client, guide: Guide) -> None:
        for number in range(5):
            question(guide, f"q{number}", order=number)
        sixth = question(guide, "q6", order=6, live=False)
        assert "6 questions" in problems(post(admin, address("edit", sixth.pk), "publish"))
        assert not stored(sixth).live

    def test_a_condition_on_a_later_question(self, admin: Client, guide: Guide) -> None:
        first = question(guide, "first", order=1)
        question(guide, "second", order=2)
        told = problems(post(admin, address("edit", first.pk), "publish", shown_if=["second=yes"]))
        assert "“Frage first” depends on the question “Frage second”, which is not asked before it" in told

    def test_an_answer_that_another_question_waits_for_stays(self, admin: Client, guide: Guide) -> None:
        first = question(guide, "first", order=1)
        question(guide, "second", order=2, shown_if={"first": ["no"]})
        told = problems(post(admin, address("edit", first.pk), "publish", **{"options-1-DELETE": "on"}))
        assert "“Frage second” depends on answers to “Frage first” that do not exist: no" in told
        assert list(options_of(first)) == ["yes", "no"]

    def test_a_hidden_question_that_matters_is_told_with_an_example(self, admin: Client, guide: Guide) -> None:
        for slug in ("work", "housing"):
            made = listing(f"for-{slug}", title_de=f"Hilfe {slug}", role="specialised")
            CompetenceRow(listing=made, life_area=[slug], what=["insult"]).save()
        question(guide, "what", answer("insult", what=["insult"]), order=1)
        options = [answer(slug, life_area=[slug]) for slug in ("work", "housing")]
        made = question(guide, "where", *options, order=2, dimension="life_area", live=False)
        told = problems(post(admin, address("edit", made.pk), "publish", shown_if=["what="]))
        assert "“Frage where” would be hidden although it matters" in told
        assert "Frage what Insult" in told
        assert "Hilfe housing" in told
        assert not stored(made).live
        saved(post(admin, address("edit", made.pk), shown_if=["what="]))  # a draft may wait
        saved(post(admin, address("edit", made.pk), "publish", shown_if=["what=", "what=insult"]))
        assert stored(made).live

    def test_a_draft_does_not_take_the_time_of_the_proof(
        self, admin: Client, guide: Guide, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[bool] = []
        monkeypatch.setattr("referrals.editing.drafts.wrongly_hidden", lambda *given: asked.append(True))
        made = question(guide, "what")
        saved(post(admin, address("edit", made.pk), text_de="Was?"))
        assert asked == []
        saved(post(admin, address("edit", made.pk), "publish", text_de="Was?"))
        assert asked == [True]


class TestDeleting:
    def test_it_says_what_goes_with_it(self, admin: Client, guide: Guide) -> None:
        made = question(guide, "first", order=1)
        assert "Its 2 answers go with it." in admin.get(address("delete", made.pk)).content.decode()
        admin.post(address("delete", made.pk))
        assert not Question.objects.exists()

    def test_what_another_question_waits_for_stays(self, admin: Client, guide: Guide) -> None:
        made = question(guide, "first", order=1)
        question(guide, "second", order=2, shown_if={"first": ["no"]})
        assert "“Frage second”" in admin.get(address("delete", made.pk)).content.decode()
        admin.post(address("delete", made.pk))
        admin.post(address("unpublish", made.pk))
        assert stored(made).live

    def test_it_goes_once_nothing_waits_for_it(self, admin: Client, guide: Guide) -> None:
        made = question(guide, "first", order=1)
        other = question(guide, "second", order=2, shown_if={"first": ["no"]})
        saved(post(admin, address("edit", other.pk), "publish", shown_if=None))
        admin.post(address("unpublish", made.pk))
        assert not stored(made).live


def test_the_list_shows_the_order_and_what_is_overdue(admin: Client, guide: Guide) -> None:
    question(guide, "second", order=2, check_by=YESTERDAY)
    question(guide, "first", order=1, check_by=timezone.localdate())
    page = admin.get(address("list"))
    assert [each.slug for each in page.context["object_list"]] == ["first", "second"]
    assert "What happened" in page.content.decode()
    late = admin.get(address("list"), {"checked": "overdue"})
    assert [each.slug for each in late.context["object_list"]] == ["second"]


def test_the_desk_counts_what_is_overdue_and_what_lacks_a_language(admin: Client, guide: Guide) -> None:
    question(guide, "late", order=1, check_by=YESTERDAY, text_en="Late?")
    question(guide, "good", order=2)
    html = admin.get(reverse("wagtailadmin_home")).content.decode()
    assert f'{address("list")}?state=live&amp;checked=overdue"><strong>1</strong>' in html
    assert f'{address("list")}?state=live&amp;translation=en-missing"><strong>1</strong>' in html


class TestTranslator:
    @pytest.fixture
    def translator(self) -> Client:
        client = Client()
        client.force_login(person("tess", "access_admin", "translate_question", "view_question"))
        return client

    def sends(self, translator: Client, made: Question, **changed: Any) -> Any:
        names = ("id", "text_de", "slug", "ORDER")
        data = shown(form_on(address("edit", made.pk)))
        kept = {
            name: value for name, value in data.items() if name.rpartition("-")[2] in names or "_FORMS" in name
        }
        return translator.post(address("edit", made.pk), kept | {"why_de": "Weil."} | changed)

    def test_sees_texts_only(self, translator: Client, guide: Guide) -> None:
        made = question(guide, "what", answer("a", what=["insult"]))
        html = translator.get(address("edit", made.pk)).content.decode()
        for name in ("text_en", "why_ar", "options-0-text_en"):
            assert f'name="{name}"' in html
        for name in ("shown_if", "dimension", "order", "options-0-facts", "check_by"):
            assert f'name="{name}"' not in html

    def test_translates_question_and_answers_and_changes_nothing_else(
        self, translator: Client, guide: Guide
    ) -> None:
        made = question(guide, "what", answer("a", what=["insult"]))
        forged = {"shown_if": ["what=x"], "order": 9, "options-0-facts": [], "options-0-slug": "b"}
        texts = {"text_en": "What?", "options-0-text_en": "An insult"}
        saved(self.sends(translator, made, **texts, **forged))
        newest = stored(made).get_latest_revision_as_object()
        assert (newest.text_en, newest.shown_if, newest.order) == ("What?", {}, 0)
        assert [(each.slug, each.text_en, each.facts) for each in newest.options.all()] == [
            ("a", "An insult", {"what": ["insult"]})
        ]

    @pytest.mark.parametrize(
        "changed",
        [
            {"options-0-DELETE": "on"},
            {"options-0-ORDER": 2, "options-1-ORDER": 1},
            {"options-TOTAL_FORMS": 3, "options-2-id": "", "options-2-text_de": "Neu"},
        ],
    )
    def test_neither_adds_nor_deletes_nor_moves_an_answer(
        self, translator: Client, guide: Guide, changed: dict[str, Any]
    ) -> None:
        made = question(guide, "what")
        assert "texts only" in problems(self.sends(translator, made, **changed))
        assert not stored(made).has_unpublished_changes
