"""What a result says beside the bodies' names."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from directory.models import Listing
from referrals import views
from referrals.models import Deadline, Note
from tests.answers import said
from tests.integration.directory.making import find
from tests.integration.public.conftest import Get, Post
from tests.integration.public.reading import Element, Seen

QUERIES = 5
WAYS = 7


def result(post: Post, language: str = "en", **answers: Any) -> Seen:
    return post(f"/{language}/w/", said(**answers))


def first_card(page: Seen) -> Element:
    return page.one("article", having="first")


def change(model: Any, slug: str, **values: Any) -> None:
    entry = find(model, slug)
    for name, value in values.items():
        setattr(entry, name, value)
    entry.save()


def at_hour(monkeypatch: pytest.MonkeyPatch, *moment: int) -> None:
    fixed = datetime(*moment, tzinfo=ZoneInfo("Europe/Berlin"))  # type: ignore[arg-type, misc]
    monkeypatch.setattr(views, "localtime", lambda: fixed)


class TestFirstBody:
    def test_what_happens_is_told_before_anything_is_unfolded(self, post: Post) -> None:
        change(Listing, "dus-obr", what_happens_en="Somebody listens.\nYou decide.")
        card = first_card(result(post, what="violence"))
        assert card.text.count("Somebody listens.") == 1
        assert card.text.index("Somebody listens.") < card.text.index("Details")

    def test_where_nobody_told_us_it_says_what_to_ask(self, post: Post) -> None:
        page = result(post, what="violence")
        assert page.text.count("You can ask this first") == 1

    def test_what_fits_is_not_known_and_speaks_against_stand_apart(self, post: Post) -> None:
        page = result(post, what="violence", wish="group", place="jena")
        groups = {
            name: [each.text for each in page.all("li", having=name)] for name in ("fits", "open", "against")
        }
        assert "Because there was violence" in groups["fits"]
        assert all(text.startswith(("Not known: ", "Ask first, ")) for text in groups["open"])
        assert groups["against"]
        assert all(text.startswith("Meant for something else: ") for text in groups["against"])


class TestOpenNow:
    def test_at_night_somebody_who_can_be_called_is_named(
        self, post: Post, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        at_hour(monkeypatch, 2026, 11, 22, 3, 0)
        block = result(post, what="insult", where="work").one(having="open-now")
        assert "None of the first bodies is open now" in block.text
        assert "tel:" in str([link.attributes for link in result(post).within("a", inside="open-now")])

    def test_by_day_the_first_ones_speak_for_themselves(self, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
        change(Listing, "dus-obr", opening_hours="Mo-Fr 09:00-17:00")
        at_hour(monkeypatch, 2026, 11, 23, 10, 0)
        assert result(post, what="violence").all(having="open-now") == []
        at_hour(monkeypatch, 2026, 11, 23, 23, 0)
        block = result(post, what="violence").one(having="open-now")
        assert "opens tomorrow at 9" in block.text

    def test_the_line_is_told_once_on_the_screen_and_once_on_paper(
        self, post: Post, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Who is open at the hour of printing is of no use later."""
        at_hour(monkeypatch, 2026, 11, 22, 3, 0)
        screen, paper = result(post, what="violence").all("section", having="panel")
        assert screen.has("no-print")
        assert paper.has("on-paper")
        assert "110" in paper.text


class TestElsewhere:
    def test_who_is_not_responsible_sends_on_to_somebody_who_can_be_reached(self, post: Post) -> None:
        sabra = find(Listing, "dus-sabra-beratung")
        sabra.contacts.create(kind="phone", value="0211 123456")
        sabra.save()
        page = result(post, what="unequal_treatment", where="housing")
        assert "Then go to:" in page.one("section", having="elsewhere").text
        links = [link.attributes["href"] for link in page.within("a", inside="elsewhere")]
        assert any(href.startswith("tel:") for href in links)

    def test_a_gap_is_named_by_what_and_where(self, post: Post) -> None:
        page = result(post, what="insult", ground="disability", place="muenchen")
        (named,) = (each.text for each in page.all(having="notice") if "No specialised body" in each.text)
        assert "Disability" in named
        assert "Munich" in named or "München" in named
        assert page.one(having="first-bodies").text, "the generalists stand below"

    def test_words_of_another_language_in_that_sentence_are_marked(self, post: Post) -> None:
        page = result(post, "tr", what="insult", ground="disability", place="muenchen")
        for span in page.within("span", inside="notice"):
            if span.attributes.get("lang") == "de":
                assert span.attributes["dir"] == "ltr"


class TestWays:
    def rows(self, page: Seen) -> list[Element]:
        return page.within("tbody", inside="ways")

    def test_seven_ways_are_kept_apart(self, post: Post) -> None:
        page = result(post, what="violence")
        headings = [
            each.text for each in page.within("th", inside="ways") if each.attributes.get("role") == "rowheader"
        ]
        assert len(self.rows(page)) == len(set(headings)) == WAYS

    def test_each_says_who_what_follows_and_whether_a_name_is_needed(self, post: Post) -> None:
        change(Listing, "dus-obr", anonymous="on_request")
        page = result(post, what="violence")
        talk = self.rows(page)[0].text
        assert "Opferberatung Rheinland" in talk
        assert "Nothing happens that you do not want." in talk
        assert "on request" in talk

    def test_what_nobody_knows_is_said(self, post: Post) -> None:
        change(Listing, "dus-obr", anonymous="unknown")
        page = result(post, what="violence")
        assert [cell.text for cell in page.all("td", having="anonymous")].count("not known yet") > 0
        assert "Nobody for this that we know here" in result(post, place="leipzig", ground="age").text

    def test_every_row_has_as_many_cells_as_the_table_columns(self, post: Post) -> None:
        page = result(post, what="violence")
        for group in self.rows(page):
            rows = [row for row in page.all("tr") if row.above is group]
            cells = [len([each for each in page.elements if each.above is row]) for row in rows]
            assert cells == [4] + [2] * (len(rows) - 1)
            spans = {
                each.attributes["rowspan"]
                for each in page.elements
                if each.above in rows and "rowspan" in each.attributes
            }
            assert spans == {str(len(rows))}


class TestDeadlines:
    def deadlines(self, page: Seen) -> list[str]:
        return [each.text for each in page.all(having="deadline")]

    def test_the_last_safe_day_is_told_with_the_day_it_was_counted_from(self, post: Post) -> None:
        happened = timezone.localdate() - timedelta(days=3)
        page = result(post, what="unequal_treatment", where="housing", happened=happened)
        (housing,) = (text for text in self.deadlines(page) if "AGG § 21" in text)
        assert "Last safe day:" in housing
        assert "the day that you named" in housing
        assert "Earlier is safer. This is information, not legal advice." in page.text

    def test_without_a_day_nothing_is_counted(self, post: Post) -> None:
        assert "Last safe day" not in result(post, what="unequal_treatment", where="housing").text

    def test_one_that_may_be_over_is_no_reason_to_give_up(self, post: Post) -> None:
        page = result(post, what="unequal_treatment", where="housing", happened=date(2024, 1, 2))
        (housing,) = (text for text in self.deadlines(page) if "AGG § 21" in text)
        assert "May be over since" in housing
        assert "Ask at once all the same" in housing

    def test_what_begins_with_another_step_is_not_counted(self, post: Post) -> None:
        happened = timezone.localdate() - timedelta(days=3)
        page = result(post, what="unequal_treatment", where="work", happened=happened)
        (court,) = (text for text in self.deadlines(page) if "ArbGG" in text)
        assert "Last safe day" not in court

    def test_the_rule_and_the_waiting_time_stand_beside_it(self, post: Post) -> None:
        change(Deadline, "agg-15-4", valid_from=date(2006, 8, 18))
        page = result(post, what="unequal_treatment", where="work")
        assert any("valid from Aug. 18, 2006" in text for text in self.deadlines(page))
        assert "Say at once that a deadline may be running." not in page.text
        change(Listing, first_card(page).attributes["id"], capacity="waiting_list", waiting_weeks=6)
        assert "about 6 weeks" in result(post, what="unequal_treatment", where="work").text


class TestNotes:
    def test_what_to_keep_follows_from_what_happened(self, post: Post) -> None:
        assert "Have injuries recorded by a doctor" in result(post, what="violence").text
        assert "Have injuries recorded by a doctor" not in result(post, what="insult").text
        assert "Save screenshots" in result(post, what="insult", where="online").text

    def test_the_page_of_rights_tells_all_of_them(self, get: Get) -> None:
        page = get("/en/rechte/")
        assert "Have injuries recorded by a doctor" in page.text
        assert "Save screenshots" in page.text
        assert "No police report" not in page.text, "that is no note on what to keep"

    def test_staff_word_them(self, post: Post) -> None:
        change(Note, "no_police_report_needed", text_en="It is up to you.")
        assert "It is up to you." in result(post, what="violence").text

    def test_where_the_bodies_of_a_larger_area_begin_is_said(self, post: Post) -> None:
        page = result(post, what="violence")
        assert "In all of Germany" in page.one(having="wider").text


class TestPaper:
    def test_it_tells_no_answers_and_not_why(self, post: Post) -> None:
        page = result(post, what="violence")
        assert all(each.has("no-print") for each in page.all(having="why"))
        assert page.one("div", having="answers").has("no-print")
        screen, paper = (each for each in page.elements if each.above and each.above.tag == "h1")
        assert screen.has("no-print")
        assert paper.has("on-paper")


@pytest.mark.parametrize("language", ["de", "en", "tr", "ar", "uk"])
def test_whatever_is_not_in_the_readers_language_is_marked(post: Post, language: str) -> None:
    page = result(post, language, what="violence", where="street", ground="racism", happened=date(2026, 1, 2))
    marked = [each for each in page.within("span", inside="first-bodies") if "lang" in each.attributes]
    assert marked or language == "de"
    assert all(each.attributes.get("dir") for each in marked)
    assert len(page.within("tbody", inside="ways")) == WAYS


def test_it_stays_quick(
    client: Client, post: Post, warm: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    answers = said(what="violence", ground="racism", happened=date(2026, 1, 2))
    post("/de/w/", answers)
    with django_assert_max_num_queries(QUERIES):
        client.post("/de/w/", answers, headers={"sec-fetch-site": "same-origin"})
