"""The guide and its result."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from referrals import codes
from tests.answers import said
from tests.integration.public.conftest import Get, Post
from tests.integration.public.reading import Seen


def cards(page: Seen) -> list[str]:
    return [heading.text for heading in page.within("h3", inside="first-bodies")]


class TestQuestions:
    def test_there_are_at_most_five_and_each_can_be_skipped(self, get: Get) -> None:
        page = get("/de/w/")
        questions = page.all(having="question")
        assert 0 < len(questions) <= 5
        assert len(page.all("input", type="radio", value="")) == len(questions)

    def test_danger_comes_before_any_question(self, get: Get) -> None:
        page = get("/de/w/")
        call = page.within("a", inside="alarm")[0]
        assert call.attributes["href"] == "tel:110"
        assert page.elements.index(call) < page.elements.index(page.one(having="question"))

    def test_nothing_is_chosen_for_anybody(self, get: Get) -> None:
        page = get("/de/w/")
        assert [element for element in page.elements if "checked" in element.attributes] == []

    def test_its_own_style_sheet_reveals_them(self, get: Get) -> None:
        sheets = [link.attributes["href"] for link in get("/de/w/").all("link", rel="stylesheet")]
        assert "/de/w/style.css" in sheets

    def test_that_sheet_hides_nothing_where_has_is_unknown(self, client: Client, demo: None) -> None:
        css = client.get("/de/w/style.css").content.decode()
        assert css.startswith("@supports selector(:has(*)){")
        assert css.rstrip().endswith("}}")


class TestResult:
    def test_violence_leads_to_the_specialised_body(self, post: Post) -> None:
        page = post("/de/w/", said(what="violence"))
        assert cards(page)[0] == "Opferberatung Rheinland (OBR)"
        assert page.response.headers["Cache-Control"] == "no-store"

    def test_it_says_why_in_words(self, post: Post) -> None:
        page = post("/en/w/", said(what="violence"))
        assert "Because there was violence" in page.one(having="why").text

    def test_it_is_complete_in_itself(self, post: Post) -> None:
        """To call, print or understand, nothing has to be left: cards unfold in place."""
        page = post("/de/w/", said(what="violence"))
        assert page.within("details", inside="card")
        assert page.within("a", inside="first-bodies", having="call")
        assert [a for a in page.within("a", inside="first-bodies") if "/angebote/" in a.attributes["href"]] == []

    def test_everybody_is_told_whom_to_call_at_night(self, post: Post) -> None:
        page = post("/de/w/", {})
        calls = [link.attributes["href"] for link in page.within("a", inside="panel", having="call")]
        assert "tel:110" in calls
        assert len(set(calls)) >= 2

    def test_skipping_everything_is_never_empty(self, post: Post) -> None:
        assert cards(post("/de/w/", {}))

    def test_deadlines_name_their_law(self, post: Post) -> None:
        page = post("/de/w/", said(what="unequal_treatment", where="work"))
        assert any("AGG § 15" in deadline.text for deadline in page.all(having="deadline"))

    def test_answers_can_be_changed(self, post: Post) -> None:
        page = post("/de/w/", said(what="violence"))
        carried = {e.attributes["name"]: e.attributes["value"] for e in page.all("input", type="hidden")}
        changing = post("/de/w/", carried | {"step": "change"})
        assert [e.attributes["id"] for e in changing.elements if "checked" in e.attributes] == [
            "o-" + codes.of_option("what", "violence")
        ]
        assert changing.response.headers["Cache-Control"] == "no-store"

    def test_another_language_takes_the_answers_along(self, post: Post) -> None:
        buttons = post("/de/w/", said(what="violence")).within("button", inside="language")
        assert {button.attributes["form"] for button in buttons} == {"again"}
        assert [button.attributes["formaction"] for button in buttons] == [
            f"/{language}/w/" for language in ("de", "en", "tr", "ar", "uk")
        ]

    def test_answers_stand_in_no_address(self, post: Post) -> None:
        page = post("/de/w/", said(what="violence"))
        addresses = [
            e.attributes.get(name, "") for e in page.elements for name in ("href", "action", "formaction")
        ]
        assert [address for address in addresses if "violence" in address or "?" in address] == []

    def test_the_first_name_for_an_arabic_reader_is_an_interpreter(self, post: Post) -> None:
        page = post("/ar/w/", said(what="violence"))
        assert page.within(inside="notice", tag="p")

    def test_another_town_has_other_bodies(self, post: Post) -> None:
        assert cards(post("/de/w/", said(what="violence"))) != cards(
            post("/de/w/", said(what="violence", place="jena"))
        )

    @pytest.mark.parametrize(
        "data",
        [
            {"q-what": "nonsense"}, {"q-what": '"'}, {"q-nothing": "x"}, {"concern": "\0"}, {"place": "atlantis"},
            {"q-what": "x" * 10_000}, {"step": "unknown"},
        ],
    )  # fmt: skip
    def test_nonsense_counts_as_skipped(self, post: Post, data: dict[str, str]) -> None:
        assert cards(post("/de/w/", data)) == cards(post("/de/w/", {}))

    def test_a_form_of_another_site_is_refused(self, client: Client, demo: None) -> None:
        assert client.post("/de/w/", headers={"sec-fetch-site": "cross-site"}).status_code == 403


class TestConcern:
    def test_the_bodies_stand_there_at_once(self, get: Get) -> None:
        page = get("/de/w/violence/")
        assert cards(page)[0] == "Opferberatung Rheinland (OBR)"
        assert page.within("a", inside="first-bodies", having="call")

    def test_what_the_tile_has_said_is_not_asked_again(self, get: Get) -> None:
        assert len(get("/de/w/violence/").all(having="question")) == len(get("/de/w/").all(having="question")) - 1
        assert get("/de/w/violence/").all(id="q-" + codes.of_question("what")) == []

    def test_the_remaining_questions_know_the_tile(self, get: Get, post: Post) -> None:
        page = get("/de/w/violence/")
        hidden = {e.attributes["name"]: e.attributes["value"] for e in page.all("input", type="hidden")}
        assert hidden == said(concern="violence")
        assert cards(post("/de/w/", hidden)) == cards(page)

    def test_home_has_a_tile_for_each(self, get: Get) -> None:
        tiles = [tile.attributes["href"] for tile in get("/de/").all("a", having="tile")]
        assert len(tiles) == 8
        assert tiles[0] == "/de/w/violence/"
        for tile in tiles:
            assert cards(get(tile))

    def test_it_stays_cheap(
        self, client: Client, get: Get, warm: None, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        get("/de/w/violence/")
        with django_assert_max_num_queries(8):
            client.get("/de/w/violence/")


def test_rights_show_every_deadline(get: Get) -> None:
    deadlines = [deadline.text for deadline in get("/en/rechte/").all(having="deadline")]
    assert len(deadlines) == 7
    assert any("2 months" in text and "AGG § 15 Abs. 4" in text for text in deadlines)
    assert all("state of the law not confirmed yet" in text for text in deadlines)
