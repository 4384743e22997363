"""A text search: words say as much about a person as answers do, and results explain themselves."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from django.utils.timezone import localdate

from directory.models import Listing
from directory.opening import ZONE
from search import views
from search.forms import LONGEST_TEXT
from search.highlighting import Highlighter
from search.port import Query, Results
from search.queries import find
from tests.integration.public.conftest import Get, Post
from tests.integration.public.reading import Element, Seen

SEARCH = "/en/suche/"


def titles(page: Seen) -> list[str]:
    return [heading.text for heading in page.within("h3", inside="card")]


def carried(page: Seen) -> dict[str, list[str]]:
    """What the next request takes along."""
    found: dict[str, list[str]] = {}
    for element in page.elements:
        if element.above and element.above.attributes.get("id") == "again":
            found.setdefault(element.attributes["name"], []).append(element.attributes["value"])
    return found


def press(post: Post, page: Seen, button: Element, path: str = SEARCH) -> Seen:
    """As a browser does: the fields of the button's form, and the button itself."""
    assert button.attributes["form"] == "again"
    own = {button.attributes["name"]: button.attributes["value"]} if "name" in button.attributes else {}
    return post(button.attributes.get("formaction", path), carried(page) | own)


def button(page: Seen, name: str, words: str = "") -> Element:
    found = [each for each in page.all("button", name=name) if words in each.text]
    assert found, f"no button {name} with {words!r}"
    return found[0]


@dataclass
class Answers:
    said: dict[str, Any] = field(default_factory=dict)
    asked: list[Query] = field(default_factory=list)


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """What understanding will say of a query, whatever it says today."""
    answers = Answers()

    def told(query: Query) -> Results:
        answers.asked.append(query)
        return replace(find(query), **answers.said)

    monkeypatch.setattr(views, "find", told)
    return answers


class TestPage:
    def test_words_lead_to_cards(self, post: Post) -> None:
        page = post("/de/suche/", {"text": "Opferberatung Rheinland"})
        assert titles(page)[0] == "Opferberatung Rheinland (OBR)"
        assert page.response.headers["Cache-Control"] == "no-store"

    def test_the_words_stay_in_the_field_and_out_of_the_address(self, post: Post) -> None:
        page = post("/de/suche/", {"text": "Beratung Kopftuch", "everywhere": "1", "verbatim": "1"})
        field = page.one("input", type="search")
        assert (field.attributes["value"], field.attributes["autocomplete"]) == ("Beratung Kopftuch", "off")
        told = ("href", "action", "formaction", "src")
        addresses = [value for each in page.elements for name, value in each.attributes.items() if name in told]
        said = ("Beratung", "Kopftuch", "everywhere", "verbatim", "?")
        assert [address for address in addresses if any(word in address for word in said)] == []

    def test_a_result_is_complete_in_itself(self, post: Post) -> None:
        """Nobody can come back to a page that was posted: what a card knows is unfolded in place."""
        page = post("/de/suche/", {"text": "Beratung"})
        assert len(page.all("article")) == views.UNFOLDED
        assert len(page.within("details", inside="card")) == views.UNFOLDED
        assert page.within("a", inside="card")
        inside = [link.attributes["href"] for link in page.within("a", inside="card")]
        assert [address for address in inside if address.startswith("/")] == []

    @pytest.mark.parametrize("method", ["put", "delete", "patch"])
    def test_other_methods_are_refused(self, client: Client, demo: None, method: str) -> None:
        assert getattr(client, method)(SEARCH).status_code == 405

    def test_a_form_of_another_site_is_refused_in_plain_words(self, client: Client, demo: None) -> None:
        response = client.post(SEARCH, {"text": "x"}, headers={"sec-fetch-site": "cross-site"})
        assert response.status_code == 403
        assert "did not come from our page" in response.content.decode()


class TestMarks:
    def test_the_words_are_marked(self, post: Post) -> None:
        page = post("/de/suche/", {"text": "Opferberatung"})
        assert {"Opferberatung"} <= {mark.text for mark in page.within("mark", inside="card")}

    def test_nothing_is_marked_outside_of_cards(self, post: Post, get: Get) -> None:
        page = post("/de/suche/", {"text": "Beratung"})
        assert len(page.all("mark")) == len(page.within("mark", inside="card"))
        assert get("/de/angebote/").all("mark") == []

    def test_no_mark_gets_into_an_attribute_or_is_shown_as_markup(self, post: Post) -> None:
        page = post("/de/suche/", {"text": "Beratung Hilfe Jena Düsseldorf"})
        assert [value for each in page.elements for value in each.attributes.values() if "mark>" in value] == []
        assert "<mark" not in page.text

    def test_the_cards_say_the_same_with_and_without_marks(
        self, post: Post, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def texts() -> list[str]:
            page = post("/de/suche/", {"text": "Beratung Jena"})
            return [" ".join(each.text for each in page.within(tag, inside="card")) for tag in ("h3", "dd")]

        marked = texts()
        monkeypatch.setattr(Highlighter, "card", lambda self, card, hit: card)
        assert texts() == marked

    def test_german_on_an_arabic_page_stays_german_around_its_mark(self, post: Post) -> None:
        page = post("/ar/suche/", {"text": "Beratung"})
        german = [mark for mark in page.all("mark") if mark.text.isascii()]
        assert german
        assert {(mark.lang, mark.dir) for mark in german} == {("de", "ltr")}

    def test_a_reason_out_of_sight_is_named_in_the_language_of_the_page(self, post: Post) -> None:
        page = post("/en/suche/", {"text": "Wohnung"})
        named = [each.text for each in page.all("p", having="muted") if "Found through" in each.text]
        assert named
        assert any("housing" in words.lower() or "flat" in words.lower() for words in named), named


class TestCorrections:
    def test_what_was_searched_for_instead_can_be_taken_back(self, post: Post, answers: Answers) -> None:
        answers.said["correction"] = "beratung"
        page = post(SEARCH, {"text": "Beratunk", "kind": "counselling"})
        assert "beratung" in page.one(having="corrected").text
        insist = button(page, "verbatim")
        assert "Beratunk" in insist.text
        press(post, page, insist)
        query = answers.asked[-1]
        assert (query.text, query.verbatim) == ("Beratunk", True)
        assert query.filters == {"kind": {"counselling"}}

    def test_another_text_is_offered_and_taken(self, post: Post, answers: Answers) -> None:
        answers.said["suggestion"] = "Beratung"
        page = post(SEARCH, {"text": "Beratunk"})
        page = press(post, page, button(page, "instead"))
        assert answers.asked[-1].text == "Beratung"
        assert carried(page)["text"] == ["Beratung"]

    def test_markup_in_words_stays_words(self, post: Post, answers: Answers) -> None:
        answers.said |= {"correction": "<i>a</i>", "suggestion": '"><i>b</i>'}
        page = post(SEARCH, {"text": "Beratung <i>c</i>"})
        assert page.all("i") == []
        assert button(page, "instead").attributes["value"] == '"><i>b</i>'


class TestPlace:
    def test_the_place_in_the_words_is_a_chip_that_can_be_taken_away(self, post: Post) -> None:
        page = post(SEARCH, {"text": "Beratung Jena"})
        chip = button(page, "everywhere")
        assert chip.has("chip")
        assert "Jena" in chip.text
        page = press(post, page, chip)
        assert carried(page)["everywhere"] == ["1"]
        assert page.all("button", name="everywhere") == []

    def test_taken_away_it_is_no_filter(self, post: Post, answers: Answers) -> None:
        press(post, (page := post(SEARCH, {"text": "Beratung Jena"})), button(page, "everywhere"))
        assert [query.everywhere for query in answers.asked] == [False, True]

    def test_place_and_filters_are_one_family(self, post: Post) -> None:
        page = post(SEARCH, {"text": "Beratung Jena", "kind": "counselling"})
        assert [chip.attributes["name"] for chip in page.all("button", having="chip")] == ["everywhere", "toggle"]

    def test_a_place_that_had_to_be_let_go_is_told(self, post: Post, answers: Answers) -> None:
        answers.said |= {"relaxed": ("place",), "place": "jena"}
        page = post(SEARCH, {"text": "Beratung Jena"})
        assert "Jena" in page.one(having="notice").text
        assert page.all("button", name="everywhere") == []

    def test_words_that_had_to_be_let_go_are_told(self, post: Post, answers: Answers) -> None:
        answers.said["relaxed"] = ("words",)
        assert "some of" in post(SEARCH, {"text": "Beratung"}).one(having="notice").text

    def test_nothing_let_go_says_nothing(self, post: Post) -> None:
        assert post(SEARCH, {"text": "Beratung"}).all(having="notice") == []


class TestAbsent:
    NOTHING = {"hits": (), "total": 0}

    def test_it_is_said_and_leads_on(self, post: Post) -> None:
        page = post(SEARCH, {"text": "qqqqqqqqqq xyzzy"})
        links = [link.attributes["href"] for link in page.within("a", inside="empty")]
        assert {"/en/w/", "/en/angebote/"} <= set(links)
        assert "Nothing here for this" in page.text

    def test_who_else_can_help_has_a_number(self, post: Post) -> None:
        page = post(SEARCH, {"text": "qqqqqqqqqq xyzzy"})
        numbers = [link.attributes["href"] for link in page.all("a") if link.attributes["href"].startswith("tel:")]
        assert {"tel:110", "tel:112", "tel:115"} <= set(numbers)
        assert titles(page) == ["Antidiskriminierungsstelle des Bundes (ADS)"]

    def test_a_directory_without_a_federal_body_has_none(
        self, post: Post, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("search.absent.federal_body", lambda at: None)
        assert titles(post(SEARCH, {"text": "qqqqqqqqqq xyzzy"})) == []

    def test_filters_in_the_way_are_named_with_what_there_is_without_them(self, post: Post) -> None:
        page = post(SEARCH, {"text": "Beratung", "kind": "counselling", "language": "tlh"})
        assert "Nothing with these filters" in page.text
        (relief,) = [each for each in page.within("button", inside="empty") if each.has("chip")]
        assert relief.attributes["value"] == "language:tlh"
        promised = int(relief.text.split()[-1])
        page = press(post, page, relief)
        assert page.one("p", having="muted").text == f"{promised} entries"

    def test_all_filters_can_go_at_once(self, post: Post) -> None:
        page = post(SEARCH, {"text": "Beratung", "kind": "funding", "language": "tlh"})
        every = button(page, "anything")
        promised = int(every.text.split()[-1])
        page = press(post, page, every)
        assert page.one("p", having="muted").text == f"{promised} entries"
        assert carried(page) == {"text": ["Beratung"]}

    @pytest.mark.parametrize("text", ["und der", "!!!", "😀 🙏", "x", "... ?", "\u200b\u200f"])
    def test_too_little_to_look_for_is_asked_for_more(self, post: Post, text: str) -> None:
        page = post("/de/suche/", {"text": text})
        assert page.all("article") == []
        assert page.all("a", href="/de/angebote/")

    def test_small_words_are_not_told_that_there_is_nothing(self, post: Post) -> None:
        text = post(SEARCH, {"text": "and the"}).text
        assert "write a little more" in text
        assert "Nothing here" not in text


class TestOtherPages:
    def test_an_empty_search_shows_the_form(self, get: Get, post: Post) -> None:
        for page in (get(SEARCH), post(SEARCH, {"text": "   "})):
            assert page.one("input", type="search")
            assert page.all("article") == []

    def test_too_many_words_get_a_clear_answer(self, post: Post) -> None:
        page = post(SEARCH, {"text": "a" * (LONGEST_TEXT + 1)})
        assert "at most 200 characters" in page.one(having="error").text
        assert page.one("input", type="search").attributes["aria-invalid"] == "true"


class TestSecondClick:
    SAID = {"text": "Beratung Jena", "kind": "counselling", "everywhere": "1", "verbatim": "1"}

    def test_a_facets_button_carries_everything_along(self, post: Post) -> None:
        page = post(SEARCH, self.SAID)
        assert carried(page) == {name: [value] for name, value in self.SAID.items()}
        toggle = next(
            each for each in page.within("button", inside="facets") if "area:" in each.attributes["value"]
        )
        narrowed = press(post, page, toggle)
        assert carried(narrowed) == carried(page) | {"area": [toggle.attributes["value"].removeprefix("area:")]}

    def test_the_next_page_shows_others_of_the_same_search(self, post: Post) -> None:
        first = post(SEARCH, self.SAID)
        second = press(post, first, button(first, "page", "2"))
        assert carried(second) == carried(first)
        assert titles(second)
        assert not set(titles(first)) & set(titles(second))

    def test_another_language_takes_everything_along(self, post: Post) -> None:
        page = post("/de/suche/", self.SAID)
        buttons = page.within("button", inside="language")
        assert [each.attributes["formaction"] for each in buttons] == [
            f"/{language}/suche/" for language in ("de", "en", "tr", "ar", "uk")
        ]
        assert carried(press(post, page, buttons[3])) == carried(page)


class TestOpenNow:
    @pytest.fixture(autouse=True)
    def tuesday_morning(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(views, "localtime", lambda: datetime(2026, 11, 24, 10, tzinfo=ZONE))

    def test_it_leads_to_as_many_as_it_says_and_all_are_open(self, post: Post) -> None:
        page = post(SEARCH, {"text": "Beratung"})
        toggle = next(b for b in page.within("button", inside="facets") if b.attributes["value"] == "open:now")
        promised = int(toggle.text.split()[-1].removeprefix("now"))
        page = press(post, page, toggle)
        assert page.one("p", having="muted").text in (f"{promised} entries", f"{promised} entry")
        states = [each for each in page.within("span", inside="card") if each.has("state")]
        assert len(states) == len(titles(page)) > 0
        assert all(state.has("open") for state in states)

    def test_unknown_hours_are_counted_beside(self, post: Post) -> None:
        page = post(SEARCH, {"text": "Beratung", "open": "now"})
        assert "opening hours are not known" in page.text
        assert carried(page)["open"] == ["now"]

    def test_at_night_it_is_offered_for_lines_only(self, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
        day = post(SEARCH, {"text": "Beratung", "open": "now"})
        monkeypatch.setattr(views, "localtime", lambda: datetime(2026, 12, 25, 3, tzinfo=ZONE))
        night = post(SEARCH, {"text": "Beratung", "open": "now"})
        assert len(titles(night)) < len(titles(day))


def test_suggestions_are_public_plain_and_without_what_was_typed(client: Client, demo: None) -> None:
    response = client.get("/en/suche/vorschlaege.js")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert "public" in response.headers["Cache-Control"]
    text = response.content.decode()
    assert "Antidiskriminierungsstelle des Bundes (ADS)" in text
    assert '"Jena"' in text
    assert (
        client.get("/en/suche/vorschlaege.js", headers={"accept-encoding": "br"}).headers["Content-Encoding"]
        == "br"
    )
    assert client.post("/en/suche/vorschlaege.js").status_code == 405


def test_suggestions_follow_what_is_public(client: Client, demo: None) -> None:
    def offered() -> str:
        return client.get("/de/suche/vorschlaege.js").content.decode()

    listing = Listing.objects.public().exclude(title_de=F("organisation__name_de")).order_by("slug")[0]
    assert listing.title_de in offered()
    listing.valid_until = localdate() - timedelta(days=1)
    listing.save()
    assert listing.title_de not in offered()
