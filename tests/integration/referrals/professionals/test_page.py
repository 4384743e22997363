"""Every dimension on one page, and the result beneath it."""

import re

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.models import DIMENSIONS, Listing
from referrals import queries
from referrals.codes import code
from referrals.professionals import fields
from tests.integration.directory.making import find
from tests.integration.public.conftest import Get, Post
from tests.integration.public.reading import Element, Seen
from tests.integration.referrals.professionals.asking import PAGE, asked

OBR = "Opferberatung Rheinland (OBR)"
ALL = (*DIMENSIONS, "danger_now", "language", "place", "residence", "day", "month", "year")


def bodies(page: Seen) -> list[str]:
    return [heading.text for heading in page.within("h3", inside="bodies")]


def texts(page: Seen) -> list[str]:
    return ["".join(element.words) for element in page.all("textarea", having="copy")]


def options(page: Seen, name: str) -> list[Element]:
    select = page.one("select", id=f"f-{name}")
    return [option for option in page.all("option") if option.above is select]


def selected(page: Seen) -> list[str]:
    return [option.text for option in page.all("option") if "selected" in option.attributes]


class TestForm:
    def test_it_has_every_dimension(self, get: Get) -> None:
        page = get(PAGE)
        names = [select.attributes["id"].removeprefix("f-") for select in page.all("select")]
        assert [name for name in ALL if name not in names] == []
        assert page.all("input", type="text") == []

    def test_several_may_be_chosen_where_a_case_may_be_several_things(self, get: Get) -> None:
        page = get(PAGE)
        several = {e.attributes["id"] for e in page.all("select") if "multiple" in e.attributes}
        assert several == {f"f-{name}" for name in DIMENSIONS if name != "asker"}

    def test_each_list_has_a_name(self, get: Get) -> None:
        page = get(PAGE)
        labelled = {label.attributes["for"]: label.text for label in page.all("label")}
        assert all(labelled[select.attributes["id"]] for select in page.all("select"))

    def test_what_it_sends_tells_nothing(self, get: Get) -> None:
        page = get(PAGE)
        sent = [e.attributes["name"] for e in page.all("select")]
        sent += [option.attributes["value"] for option in page.all("option")]
        assert [value for value in sent if value and not re.fullmatch(r"[0-9a-f]{10}", value)] == []

    def test_each_value_that_a_rule_may_ask_for_can_be_chosen(self, get: Get) -> None:
        page = get(PAGE)
        offered = {option.attributes["value"] for option in page.all("option")}
        for body in queries.bodies():
            for row in (*body.rows, *body.exclusions):
                for name, values in row.needs.items():
                    assert {code(name, value) for value in values} <= offered, (body.slug, name)

    def test_nothing_is_shown_before_somebody_asks(self, get: Get) -> None:
        page = get(PAGE)
        assert bodies(page) == []
        assert selected(page) == []


class TestResult:
    def test_it_stands_beneath_the_form_and_is_not_kept(self, post: Post) -> None:
        page = post(PAGE, asked(what="violence"))
        assert bodies(page)[0] == OBR
        assert selected(page) == ["Gewalt"]
        assert page.response.headers["Cache-Control"] == "no-store"
        assert not page.response.cookies

    def test_the_keyboard_goes_on_at_its_heading(self, post: Post) -> None:
        page = post(PAGE, asked(what="violence"))
        assert page.one("form", having="situation").attributes["action"].endswith("#result")
        assert page.one("h2", id="result").attributes["tabindex"] == "-1"
        assert "#result" in [link.attributes["href"] for link in page.all("a", having="skip")]

    def test_enter_asks_for_the_result_and_for_no_other_language(self, post: Post) -> None:
        """A form's first button in the page is the one that the Enter key presses."""
        page = post(PAGE, asked(what="violence"))
        owned = [b for b in page.all("button") if b.attributes.get("form") == "situation" or b.above is None]
        assert owned[0].attributes["value"] == "show"
        assert "formaction" not in owned[0].attributes

    def test_a_row_tells_why_and_how_to_get_in_touch(self, post: Post) -> None:
        page = post("/en/fachkraefte/", asked(what="violence", language="ar"))
        first = next(item for item in page.within("li", inside="bodies"))
        assert "because there was violence" in first.text
        assert "Not known: what it was about" in first.text
        assert "0211 15925566" in first.text
        assert "Languages: interpreter on request" in first.text

    def test_several_facts_of_one_kind_count(self, post: Post) -> None:
        both = bodies(post(PAGE, asked(what="violence insult", life_area="work", ground="racism")))
        one = bodies(post(PAGE, asked(what="insult", life_area="work", ground="racism")))
        assert both[0] == OBR
        assert one[0] != OBR

    def test_where_only_one_is_possible_the_first_counts(self, post: Post) -> None:
        page = post(PAGE, asked(what="violence", place="jena dortmund"))
        assert len([option for option in options(page, "place") if "selected" in option.attributes]) == 1
        assert "out of date" not in page.text

    def test_another_town_has_other_bodies(self, post: Post) -> None:
        assert bodies(post(PAGE, asked(what="violence", place="jena")))[0] != OBR

    def test_danger_comes_first(self, post: Post) -> None:
        page = post(PAGE, asked(what="threat", danger_now="true"))
        assert page.one(having="alarm")
        assert "110" in bodies(page)[0]

    def test_the_waiting_time_and_the_deadlines_stand_beside_each_other(self, post: Post) -> None:
        entry = find(Listing, "dus-obr")
        entry.capacity, entry.waiting_weeks = "waiting_list", 3
        entry.save()
        page = post("/en/fachkraefte/", asked(what="violence"))
        assert "Waiting time: waiting list, about 3 weeks" in page.within("li", inside="bodies")[0].text
        assert page.all(having="deadline")

    def test_without_any_fact_it_is_never_empty(self, post: Post) -> None:
        assert bodies(post(PAGE, asked()))

    def test_a_change_of_language_keeps_what_was_chosen(self, post: Post) -> None:
        page = post("/en/fachkraefte/", asked(what="violence", place="jena", day="1"))
        buttons = page.within("button", inside="language")
        assert {button.attributes["form"] for button in buttons} == {
            page.one("form", having="situation").attributes["id"]
        }
        arabic = post(
            buttons[3].attributes["formaction"],
            {k: v for k, v in asked(what="violence", place="jena", day="1").items() if k != "step"},
        )
        assert len(selected(arabic)) == 3
        assert bodies(arabic)

    def test_a_change_of_language_before_anything_was_chosen_shows_no_result(self, post: Post) -> None:
        assert bodies(post("/ar/fachkraefte/", {})) == []

    @pytest.mark.parametrize("picked", [{"day": "31", "month": "2", "year": "2026"}, {"day": "3"}])
    def test_a_wrong_day_is_told_and_everything_else_counts(self, post: Post, picked: dict[str, str]) -> None:
        page = post(PAGE, asked(what="violence", **picked))
        assert page.within("p", inside="situation", having="hint")
        assert bodies(page)[0] == OBR

    def test_a_page_that_is_out_of_date_says_so_and_keeps_what_is_valid(self, post: Post) -> None:
        stale = asked(what="violence") | {"0123456789": "abcdef0123", code("wish"): "0000000000"}
        page = post("/en/fachkraefte/", stale)
        assert "out of date" in page.one(having="hint").text
        assert bodies(page)[0] == OBR

    def test_a_form_of_another_site_is_refused(self, client: Client, demo: None) -> None:
        assert client.post(PAGE, headers={"sec-fetch-site": "cross-site"}).status_code == 403


class TestText:
    def test_it_holds_the_whole_referral(self, post: Post) -> None:
        (text,) = texts(post("/en/fachkraefte/", asked(what="unequal_treatment", life_area="work", place="jena")))
        assert "What happened: Unequal treatment" in text
        assert "Where it happened: Jena" in text
        assert re.search(r"^1\. .+", text, re.MULTILINE)
        assert "because somebody was treated worse than others" in text
        assert re.search(r"phone: [\d ]+", text)
        assert "2 months" in text
        assert "AGG § 15" in text

    def test_the_person_gets_it_in_another_language(self, post: Post) -> None:
        page = post(PAGE, asked(what="violence", language="ar", text="ar"))
        german, arabic = page.all("textarea", having="copy")
        assert (german.lang, arabic.lang, arabic.dir) == ("de", "ar", "rtl")
        assert "Was passiert ist: Gewalt" in german.text
        assert "عنف" in arabic.text
        assert "0211 15925566" in arabic.text

    def test_the_same_language_is_not_there_twice(self, post: Post) -> None:
        assert len(texts(post(PAGE, asked(what="violence", text="de")))) == 1

    def test_it_says_what_to_say_about_interpreting(self, post: Post) -> None:
        german, arabic = texts(post(PAGE, asked(what="violence", language="ar", wish="talk", text="ar")))
        assert "Ich spreche Arabisch, bitte mit Dolmetschung." in german
        assert "Ich spreche Arabisch, bitte mit Dolmetschung." in arabic
        assert "أتحدث" in arabic
        assert "Dolmetschung" not in texts(post(PAGE, asked(what="violence", language="de")))[0]

    def test_a_day_is_in_the_text_and_in_no_address(self, post: Post) -> None:
        page = post("/en/fachkraefte/", asked(what="insult", day="3", month="2", year="2026"))
        assert "Day of the incident: 2026-02-03" in texts(page)[0]
        addresses = [
            e.attributes.get(name, "") for e in page.elements for name in ("href", "action", "formaction")
        ]
        assert [address for address in addresses if "2026" in address or "?" in address.replace("?kind", "")] == []

    def test_it_tells_who_is_not_responsible_and_where_to_go(self, post: Post) -> None:
        (text,) = texts(post(PAGE, asked(what="violence", residence="duesseldorf", place="dortmund")))
        assert re.search(r"^- .+: .+", text.partition("icht zuständig")[2], re.MULTILINE)


def test_every_posted_nonsense_gets_a_page(demo: None, client: Client) -> None:
    known = [(code(name), code(name, value)) for name, values in fields.known().items() for value in values]
    pair = st.sampled_from(known) | st.tuples(
        st.sampled_from([name for name, _value in known]), st.text(max_size=12)
    )
    anything = st.tuples(st.text(min_size=1, max_size=12), st.text(max_size=12))

    @settings(max_examples=40, suppress_health_check=list(HealthCheck))
    @given(st.lists(pair | anything, max_size=12))
    def every_post_is_answered(pairs: list[tuple[str, str]]) -> None:
        data: dict[str, list[str]] = {}
        for name, value in pairs:
            data.setdefault(name, []).append(value)
        answer = client.post(PAGE, data | {"step": ["show"]}, headers={"sec-fetch-site": "same-origin"})
        assert answer.status_code == 200
        assert b'class="bodies"' in answer.content

    every_post_is_answered()
