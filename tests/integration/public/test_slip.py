"""The slip that somebody takes along, and what is on its paper."""

from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from directory.models import Change
from referrals.slips import slip as slips
from tests.answers import said
from tests.integration.public.conftest import Get, Post
from tests.integration.public.reading import Element, Seen

SCHOOL = said(what="threat", where="school", ground="antisemitism", wish="talk")
WORDS = {"what", "where", "ground", "wish", "place", "threat", "school", "antisemitism", "talk", "jena", "dus-obr"}


def boxes(page: Seen) -> dict[str, Element]:
    """By what they say."""
    labels = {label.attributes["for"]: label.text for label in page.all("label")}
    return {labels[box.attributes["id"]]: box for box in page.all("input", type="checkbox")}


def is_chosen(element: Element) -> bool:
    return "selected" in element.attributes


def is_checked(element: Element) -> bool:
    return "checked" in element.attributes


def update(page: Seen, *kept: str, speaks: str = "") -> dict[str, Any]:
    """What the page's button sends."""
    fields = [each for each in page.all("input", type="hidden") if each.above and each.above.has("slip")]
    chosen = [each for each in page.all("option") if is_chosen(each)]
    found: dict[str, Any] = {each.attributes["name"]: each.attributes["value"] for each in fields}
    found["had"] = [each.attributes["value"] for each in fields if each.attributes["name"] == "had"]
    found["keep"] = [boxes(page)[name].attributes["value"] for name in kept]
    return found | {"speaks": speaks or chosen[0].attributes["value"]}


def paper(page: Seen, tag: str) -> list[Element]:
    return page.within(tag, inside="paper")


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the squares hold."""
    found: list[str] = []

    def draw(text: str) -> str:
        found.append(text)
        return "<svg></svg>"

    monkeypatch.setattr("referrals.slips.page.drawn", draw)
    return found


class TestPaper:
    def test_facts_stand_in_german_beside_the_readers_language(self, post: Post) -> None:
        page = post("/ar/w/zettel/", SCHOOL | said(place="jena"))
        rows = [row.text for row in paper(page, "tr")]
        assert rows[0] == "Deutschالعربية"
        german = [cell.text for cell in paper(page, "td") if cell.lang == "de"]
        own = [cell.text for cell in paper(page, "td") if cell.lang == "ar"]
        assert "Wo ist es passiert?In der Schule" in german
        assert "أين حدث ذلك؟في المدرسة" in own
        assert "Ort, an dem es passiert istJena" in german
        assert {cell.dir for cell in paper(page, "td")} == {"ltr", "rtl"}

    def test_a_german_reader_needs_no_second_column(self, post: Post) -> None:
        page = post("/de/w/zettel/", SCHOOL)
        assert {cell.lang for cell in paper(page, "td")} == {"de"}
        assert paper(page, "th") == []

    def test_there_is_a_sentence_to_read_aloud(self, post: Post) -> None:
        page = post("/ar/w/zettel/", SCHOOL)
        german, own = (each for each in paper(page, "p") if each.has("aloud"))
        assert german.text == "Ich spreche Arabisch, bitte mit Dolmetschung. Ich möchte mit jemandem sprechen."
        assert own.text == "أتحدث العربية، من فضلكم مع مترجم. أريد أن أتحدث مع شخص."
        assert (german.lang, german.dir, own.lang, own.dir) == ("de", "ltr", "ar", "rtl")

    def test_name_and_number_of_the_first_body(self, post: Post) -> None:
        page = post("/de/w/zettel/", said(what="violence"))
        first = next(each for each in paper(page, "p") if each.has("b1"))
        assert "Opferberatung Rheinland" in first.text
        assert first.text != page.one("label", for_="b1").text  # its number too
        assert is_checked(page.one("input", id="b1"))

    def test_who_came_from_a_body_gets_it_first(self, post: Post) -> None:
        other = post("/de/w/zettel/", said(what="violence")).all("input", type="radio")[-1]
        page = post("/de/w/zettel/", said(what="violence") | {"body": other.attributes["value"]})
        assert page.one("input", id="b1").attributes["value"] == other.attributes["value"]

    def test_the_day_and_where_somebody_lives_can_stand_on_it(self, post: Post) -> None:
        answers = said(
            what="insult", residence="jena", happened=date(2026, 3, 7), concern="school", asker="witness"
        )
        german = [cell.text for cell in paper(post("/en/w/zettel/", answers), "td") if cell.lang == "de"]
        assert german[0].startswith("Wer fragt")
        assert {"WohnortJena", "Tag, an dem es passiert ist7. März 2026", "ThemaSchule"} <= set(german)

    def test_no_heading_and_no_title_tells_what_it_is_about(self, post: Post) -> None:
        page = post("/de/w/zettel/", SCHOOL)
        told = [page.one("title").text, *(each.text for tag in ("h1", "h2") for each in page.all(tag))]
        assert not [
            text for text in told if any(word in text.lower() for word in ("rass", "semit", "droh", "hilfe"))
        ]


class TestChoosing:
    def test_everything_is_on_it_at_first(self, post: Post) -> None:
        page = post("/en/w/zettel/", SCHOOL)
        assert len(boxes(page)) == len(SCHOOL) + 2  # language and interpreter
        assert all(map(is_checked, boxes(page).values()))

    def test_each_box_takes_its_own_fact_off_the_paper(self, post: Post) -> None:
        page = post("/en/w/zettel/", SCHOOL)
        rows = {row.attributes.get("class") for row in paper(page, "tr")} - {None}
        assert rows == {box.attributes["id"] for box in boxes(page).values()}
        aloud = {span.attributes["class"] for span in paper(page, "span") if span.attributes.get("class")}
        named = {name: box.attributes["id"] for name, box in boxes(page).items()}
        ids = [id for name, id in named.items() if name.startswith(("Language", "Interpreter", "What would you"))]
        assert aloud == set(ids)

    def test_what_is_left_out_is_not_in_the_square_either(self, post: Post, drawn: list[str]) -> None:
        page = post("/ar/w/zettel/", SCHOOL)
        (whole,) = drawn
        assert "Ich spreche Arabisch" in whole
        assert "Gegen Jüdinnen und Juden" in whole
        kept = [name for name in boxes(page) if "اليهود" not in name and "تهديد" not in name]
        again = post("/ar/w/zettel/", update(page, *kept))
        assert "Juden" not in drawn[1]
        assert "Worum" not in drawn[1]
        assert "Jemand wurde bedroht" not in drawn[1]
        assert "In der Schule" in drawn[1]
        assert [name for name, box in boxes(again).items() if is_checked(box)] == kept

    def test_taking_everything_off_is_possible(self, post: Post, drawn: list[str]) -> None:
        page = post("/ar/w/zettel/", update(post("/ar/w/zettel/", SCHOOL)))
        assert not any(map(is_checked, boxes(page).values()))
        assert drawn[1] == ""

    def test_the_square_holds_plain_german_words_and_no_address(self, post: Post, drawn: list[str]) -> None:
        post("/uk/w/zettel/", SCHOOL | said(place="jena"))
        assert "://" not in drawn[0]
        assert "/w/" not in drawn[0]
        assert drawn[0].splitlines()[:2] == [
            "Ich spreche Ukrainisch, bitte mit Dolmetschung. Ich möchte mit jemandem sprechen.",
            "Was ist passiert? Jemand wurde bedroht",
        ]

    def test_a_text_too_long_for_a_square_goes_without(self, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
        assert slips.drawn("ä" * 3000) == ""
        monkeypatch.setattr("referrals.slips.page.drawn", lambda _text: "")
        assert post("/de/w/zettel/", SCHOOL).all(having="code") == []

    def test_another_spoken_language_can_be_said(self, post: Post, drawn: list[str]) -> None:
        first = post("/de/w/zettel/", SCHOOL)
        options = {each.text: each for each in first.all("option")}
        assert is_chosen(options["Deutsch"])
        assert drawn[0].startswith("Ich möchte mit jemandem sprechen.\n")
        page = post("/de/w/zettel/", update(first, *boxes(first), speaks=options["Türkisch"].attributes["value"]))
        assert "SpracheTürkisch" in [cell.text for cell in paper(page, "td")]
        assert drawn[1].startswith("Ich spreche Türkisch, bitte mit Dolmetschung. Ich")

    def test_who_is_understood_needs_no_interpreter_at_first(self, post: Post) -> None:
        """The first body speaks English."""
        page = post("/en/w/zettel/", said(what="unequal_treatment", ground="antisemitism", wish="talk"))
        states = {name.split(":")[0]: is_checked(box) for name, box in boxes(page).items()}
        assert states["Language"]
        assert not states["Interpreter"]


class TestTraces:
    def test_it_is_not_kept_by_the_browser_nor_by_us(self, post: Post) -> None:
        before = Change.objects.count()
        page = post("/de/w/zettel/", SCHOOL)
        assert page.response.headers["Cache-Control"] == "no-store"
        assert (Change.objects.count(), mail.outbox, dict(page.response.cookies)) == (before, [], {})

    def test_nothing_that_is_sent_tells_anything(self, post: Post) -> None:
        page = post("/de/w/zettel/", SCHOOL | said(place="jena"))
        sent = [each for tag in ("input", "option", "button") for each in page.all(tag)]
        values = {each.attributes.get("value", "") for each in sent} | {
            each.attributes.get("name", "") for each in sent
        }
        assert not values & {*WORDS, "ar", "tr"}
        addresses = [e.attributes.get(name, "") for e in page.elements for name in ("action", "formaction")]
        assert {address for address in addresses if address} == {
            f"/{language}/w/zettel/" for language in ("de", "en", "tr", "ar", "uk")
        } | {"/de/w/"}

    def test_the_way_back_leads_to_the_same_result(self, post: Post) -> None:
        page = post("/de/w/zettel/", SCHOOL)
        carried = {
            each.attributes["name"]: each.attributes["value"]
            for each in page.all("input", type="hidden")
            if each.above and each.above.attributes.get("id") == "result"
        }
        assert carried == SCHOOL

    def test_who_walks_forward_again_finds_the_questions(self, client: Client, demo: None) -> None:
        response = client.get("/de/w/zettel/")
        assert (response.status_code, response.headers["Location"]) == (302, "/de/w/")

    def test_a_form_of_another_site_is_refused(self, client: Client, demo: None) -> None:
        assert client.post("/de/w/zettel/", headers={"sec-fetch-site": "cross-site"}).status_code == 403

    @pytest.mark.parametrize(
        "data",
        [{}, {"body": "x"}, {"keep": "\0"}, {"marked": "1", "speaks": "x" * 9000}, {"0123456789": "0123456789"}],
    )
    def test_nonsense_makes_a_slip_all_the_same(self, post: Post, data: dict[str, str]) -> None:
        assert post("/de/w/zettel/", data).one(having="paper")


def test_a_page_that_was_out_of_date_says_so_and_keeps_the_rest(post: Post) -> None:
    page = post("/en/w/zettel/", SCHOOL | {"0123456789": "0123456789"})
    assert "out of date" in page.one(having="hint").text
    assert len(boxes(page)) == len(SCHOOL) + 2


def test_a_result_leads_to_it(post: Post) -> None:
    buttons = post("/de/w/", SCHOOL).all("button", form="again", formaction="/de/w/zettel/")
    assert len(buttons) == 1


def test_a_page_without_answers_does_not(get: Get) -> None:
    assert get("/de/w/").all("button", formaction="/de/w/zettel/") == []
