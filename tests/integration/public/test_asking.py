"""Who asks, where, and when; pages that were out of date; nothing answered gets lost."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

import pytest
from django.utils import timezone, translation

from directory.proposals import entries
from directory.vocabulary import label
from referrals import codes
from referrals.codes import code
from referrals.forms import PATHS
from referrals.models import Option, Question
from tests.answers import said
from tests.integration.directory.making import find
from tests.integration.public.conftest import Get, Post
from tests.integration.public.reading import Element, Seen
from tests.integration.public.test_guide_page import cards

LANGUAGES = ("de", "en", "tr", "ar", "uk")
YESTERDAY = timezone.localdate() - timedelta(days=1)
EVERYTHING = said(
    asker="witness", place="jena", residence="duesseldorf", happened=YESTERDAY, what="insult", where="transport"
)


@pytest.fixture
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def kept(page: Seen) -> dict[str, str]:
    """What the guide's form would send."""
    hidden = [e for e in page.all("input", type="hidden") if e.above and e.above.has("guide")]
    chosen = [e for e in page.all("input", type="radio") if "checked" in e.attributes]
    selected = [e for e in page.all("option") if "selected" in e.attributes]
    return {name_of(e): e.attributes["value"] for e in (*hidden, *chosen, *selected)}


def name_of(element: Element) -> str:
    holder = element.above if element.tag == "option" else element
    assert holder
    return holder.attributes["name"]


def everything_sent(page: Seen) -> list[str]:
    names = [e.attributes.get("name", "") for e in page.elements if e.tag in ("input", "select", "button")]
    values = [e.attributes.get("value", "") for e in page.elements if e.tag in ("input", "option", "button")]
    return [text for text in (*names, *values) if text]


def tells_nothing(text: str) -> bool:
    """A code of an answer, or of the entry in which a mistake is reported."""
    return codes.is_code(text) or bool(re.fullmatch(f"[0-9a-f]{{{entries.LENGTH}}}", text))


def picked(day: int = 0, month: int = 0, year: int = 0) -> dict[str, str]:
    parts = {"day": day, "month": month, "year": year}
    return {code(part): code(part, str(number)) for part, number in parts.items() if number}


class TestWhatIsSent:
    @pytest.mark.parametrize("path", ["w/", "w/violence/", "w/witness/"])
    def test_no_word_of_an_answer(self, get: Get, path: str) -> None:
        sent = set(everything_sent(get(f"/de/{path}"))) - {"step", "change", "entry"}
        assert len(sent) > 50
        assert [text for text in sent if not tells_nothing(text)] == []

    def test_nor_of_a_result(self, post: Post) -> None:
        sent = everything_sent(post("/de/w/", EVERYTHING))
        assert set(EVERYTHING) <= set(sent)
        assert {text for text in sent if not tells_nothing(text)} == {"step", "change", "entry"}

    def test_the_style_sheet_knows_the_same_codes(self, get: Get) -> None:
        css = get("/de/w/style.css").response.content.decode()
        ids = [element.attributes["id"] for element in get("/de/w/").all(having="question")]
        assert all(f"#{name}" in css for name in ids)
        assert "violence" not in css


class TestNothingGetsLost:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_changing_brings_everything_back_in_any_language(self, post: Post, language: str) -> None:
        assert kept(post(f"/{language}/w/", EVERYTHING | {"step": "change"})) == EVERYTHING

    def test_a_result_carries_everything(self, post: Post) -> None:
        page = post("/de/w/", EVERYTHING)
        assert {
            e.attributes["name"]: e.attributes["value"] for e in page.all("input", type="hidden")
        } == EVERYTHING

    @pytest.mark.parametrize("path", ["w/", "w/work/", "w/witness/"])
    def test_the_language_buttons_send_the_form_on(self, get: Get, path: str) -> None:
        page = get(f"/de/{path}")
        form = page.one("form", having="guide").attributes["id"]
        buttons = page.within("button", inside="language")
        assert {(b.attributes["form"], b.attributes["name"], b.attributes["value"]) for b in buttons} == {
            (form, "step", "change")
        }
        assert [b.attributes["formaction"] for b in buttons] == [f"/{language}/{path}" for language in LANGUAGES]

    def test_a_concern_in_another_language_shows_bodies_and_keeps_the_answers(self, get: Get, post: Post) -> None:
        sent = said(concern="work", what="insult", place="jena")
        page = post("/ar/w/work/", sent | {"step": "change"})
        assert kept(page) == sent
        assert cards(page)
        assert page.response.headers["Cache-Control"] == "no-store"
        assert "no-store" not in get("/ar/w/work/").response.headers.get("Cache-Control", "")

    def test_the_first_button_of_the_form_asks_for_the_result(self, get: Get) -> None:
        """Enter presses it, and it must not be a language."""
        for path in ("w/", "w/work/"):
            page = get(f"/de/{path}")
            form = page.one("form", having="guide").attributes["id"]
            own = [
                e
                for e in page.all("button")
                if e.attributes.get("form") == form or (e.above and e.above.has("submit"))
            ]
            assert "name" not in own[0].attributes
            assert "formaction" not in own[0].attributes

    @pytest.mark.parametrize(("concern", "asker"), list(product(["", "work", "distress"], ["", *PATHS])))
    def test_whoever_asks_about_whatever(self, post: Post, concern: str, asker: str) -> None:
        sent = said(concern=concern, asker=asker, ground="racism")
        assert kept(post("/de/w/", sent | {"step": "change"})) == sent
        assert cards(post("/de/w/", sent))


class TestWhoAsks:
    def test_the_paths_stand_below_the_tiles(self, get: Get) -> None:
        page = get("/de/")
        links = page.within("a", inside="paths")
        assert [link.attributes["href"] for link in links] == [f"/de/w/{path}/" for path in PATHS]
        assert page.elements.index(links[0]) > page.elements.index(page.all("a", having="tile")[-1])
        assert all(cards(get(link.attributes["href"])) for link in links)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_each_has_its_own_words(self, get: Get, language: str) -> None:
        links = get(f"/{language}/").within("a", inside="paths")
        assert len({link.text for link in links}) == 4
        assert all(link.lang == language for link in links)

    @pytest.mark.parametrize("path", ["w/", "w/housing/"])
    def test_saying_who_asks_keeps_the_answers(self, post: Post, path: str) -> None:
        concern = "housing" if path != "w/" else ""
        sent = said(concern=concern, what="insult", residence="jena", happened=YESTERDAY)
        page = post(f"/en/{path}", sent | {"step": code("asker", "witness")})
        assert kept(page) == sent | said(asker="witness")
        back = post(f"/en/{path}", kept(page) | {"step": code("asker", "affected")})
        assert kept(back) == sent

    def test_the_page_says_who_asks(self, get: Get, post: Post, english: None) -> None:
        for page, asker in (
            (get("/en/w/"), "affected"),
            (get("/en/w/witness/"), "witness"),
            (post("/en/w/", said(asker="relative") | {"step": "change"}), "relative"),
        ):
            pressed = [b for b in page.within("button", inside="paths") if "aria-current" in b.attributes]
            assert [b.text for b in pressed] == [label("asker", asker).text]

    def test_who_asks_on_the_page_of_a_path_goes_on_in_the_guide(self, get: Get) -> None:
        buttons = get("/de/w/witness/").within("button", inside="paths")
        assert [b for b in buttons if "formaction" in b.attributes] == []
        buttons = get("/de/w/work/").within("button", inside="paths")
        assert {b.attributes["formaction"] for b in buttons} == {"/de/w/work/"}

    def test_a_witness_reads_first_what_a_witness_can_do(self, get: Get) -> None:
        page = get("/en/w/witness/")
        advice = page.one("h2", having="")
        assert advice.text == "What you can do as a witness"
        assert page.elements.index(advice) < page.elements.index(page.one(having="first-bodies"))
        assert "What you can do as a witness" not in get("/en/w/relative/").text

    def test_a_witness_is_told_so_by_the_result(self, post: Post) -> None:
        page = post("/en/w/", said(asker="witness", what="violence"))
        assert "I saw it" in page.one(having="answers").text

    def test_an_organisation_gets_other_bodies_than_a_person(self, get: Get) -> None:
        assert cards(get("/de/w/organisation/")) != cards(get("/de/w/relative/"))

    def test_what_a_concern_said_stays_visible_in_the_guide(self, post: Post, english: None) -> None:
        page = post("/en/w/", said(concern="work") | {"step": "change"})
        assert label("concerns", "work").text in page.text

    @pytest.mark.parametrize("slug", ["affected", "professional", "nobody"])
    def test_there_is_no_page_for_others(self, get: Get, client: object, slug: str) -> None:
        response = client.get(f"/de/w/{slug}/")  # type: ignore[attr-defined]
        assert response.status_code == 404


class TestPlaceAndDay:
    def test_they_are_folded_in_until_something_was_chosen(self, get: Get, post: Post) -> None:
        assert "open" not in get("/de/w/").one("details", having="place").attributes
        for sent in (said(place="jena"), said(residence="jena"), said(happened=YESTERDAY), picked(day=3)):
            page = post("/de/w/", sent | {"step": "change"})
            assert "open" in page.one("details", having="place").attributes

    def test_nothing_is_typed(self, get: Get) -> None:
        types = {e.attributes.get("type") for e in get("/de/w/").all("input") if e.above}
        assert types <= {"radio", "hidden"}
        assert get("/de/w/").one("form", having="guide").attributes["autocomplete"] == "off"

    def test_the_city_itself_can_be_chosen_and_stands_first(self, get: Get) -> None:
        for field in ("place", "residence"):
            options = [e for e in get("/de/w/").all("option") if e.above and e.above.attributes["id"] == field]
            assert (options[0].attributes["value"], options[1].text) == ("", "Düsseldorf")

    def test_months_have_names_of_the_language(self, get: Get) -> None:
        months = [e.text for e in get("/en/w/").all("option") if e.above and e.above.attributes["id"] == "month"]
        assert months[1:3] == ["January", "February"]

    def test_where_somebody_lives_decides_for_the_city_s_own_office(self, post: Post) -> None:
        there = post("/de/w/", said(what="unequal_treatment", where="work", place="dortmund"))
        lives_here = post(
            "/de/w/", said(what="unequal_treatment", where="work", place="dortmund", residence="duesseldorf")
        )
        assert there.text != lives_here.text

    @pytest.mark.parametrize(
        ("sent", "told"),
        [
            (picked(31, 2, 2025), "no such day"),
            (picked(day=5), "day, month and year"),
            (picked(31, 12, timezone.localdate().year), "still to come"),
        ],
    )
    def test_a_day_that_cannot_be_is_told_and_the_rest_is_kept(
        self, post: Post, sent: dict[str, str], told: str
    ) -> None:
        if told == "still to come" and timezone.localdate() >= date(timezone.localdate().year, 12, 31):
            pytest.skip("today is the last day of the year")
        sent = said(what="violence", place="jena") | sent
        for page in (post("/en/w/", sent), post("/en/w/", sent | {"step": "change"})):
            assert told in page.one(having="hint", role="status").text
        assert kept(post("/en/w/", sent | {"step": "change"})) == sent
        assert cards(post("/en/w/", sent))

    def test_a_good_day_is_said_back(self, post: Post) -> None:
        page = post("/en/w/", said(happened=date(YESTERDAY.year, 1, 1) if YESTERDAY.month > 1 else YESTERDAY))
        assert "On which day?" in page.one(having="answers").text


class TestOutOfDate:
    def test_an_answer_that_staff_took_away(self, post: Post) -> None:
        sent = said(what="insult", where="transport", place="jena")
        find(Option, "transport").delete()
        result, form = post("/en/w/", sent), post("/en/w/", sent | {"step": "change"})
        for page in (result, form):
            assert "one of your answers" in page.one(having="hint", role="status").text
        assert cards(result)
        assert kept(form) == said(what="insult", place="jena")

    def test_a_question_that_staff_took_away(self, post: Post) -> None:
        sent = said(what="insult", ground="racism", wish="talk")
        question = find(Question, "ground")
        question.live = False
        question.save()
        page = post("/en/w/", sent | {"step": "change"})
        assert "one of your answers" in page.text
        assert kept(page) == said(what="insult", wish="talk")

    def test_a_page_from_before_another_key(self, post: Post) -> None:
        page = post("/en/w/", {"0123456789": "0123456789", "abcdef0123": "0123456789"} | said(what="insult"))
        assert "2 of your answers" in page.text

    def test_a_page_that_is_up_to_date_says_nothing(self, post: Post) -> None:
        assert post("/en/w/", EVERYTHING).all(having="hint", role="status") == []

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_page_in_another_language_is_none(self, post: Post, language: str) -> None:
        """Codes are the same in every language."""
        assert post(f"/{language}/w/", EVERYTHING).all(having="hint", role="status") == []
