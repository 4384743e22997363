"""The sheet for a wall: anybody may print it, so it knows nothing of anybody."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from directory.models import Listing
from referrals.slips import poster
from tests.integration.public.conftest import Get
from tests.integration.public.reading import Element, Seen


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the squares hold."""
    found: list[str] = []

    def draw(text: str) -> str:
        found.append(text)
        return "<svg></svg>"

    monkeypatch.setattr(poster, "drawn", draw)
    return found


def blocks(page: Seen) -> list[Element]:
    return [each for each in page.within("div", inside="blocks") if each.has("stack")]


def numbers(page: Seen) -> list[str]:
    return [each.text for each in page.within("dt", inside="numbers")]


class TestSheet:
    def test_it_says_where_help_is_found(self, get: Get, drawn: list[str], settings: Any) -> None:
        settings.PUBLIC_URL = "https://hilfe.example.org"
        page = get("/ar/aushang/")
        assert drawn == ["https://hilfe.example.org/ar/"]
        assert page.one(having="address").text == "hilfe.example.org/ar"
        assert [(block.lang, block.dir) for block in blocks(page)] == [("ar", "rtl")]

    def test_emergency_numbers_stand_on_it(self, get: Get) -> None:
        text = get("/de/aushang/").one(having="emergency").text
        assert "110" in text
        assert "112" in text

    def test_one_about_a_concern_leads_to_its_page(self, get: Get, drawn: list[str], settings: Any) -> None:
        settings.PUBLIC_URL = "https://hilfe.example.org"
        page = get("/tr/aushang/?thema=school")
        assert drawn == ["https://hilfe.example.org/tr/w/school/"]
        assert page.within("p", inside="blocks", having="about")[0].text == "Okul"
        assert page.one(having="address").text == "hilfe.example.org/tr"  # short enough to be typed

    def test_all_languages_fit_on_one_and_the_phone_chooses(
        self, get: Get, client: Client, drawn: list[str], settings: Any
    ) -> None:
        settings.PUBLIC_URL = "https://hilfe.example.org"
        page = get("/uk/aushang/?sprachen=alle&thema=work")
        assert [block.lang for block in blocks(page)] == ["uk", "de", "en", "tr", "ar"]
        assert [block.dir for block in blocks(page)] == ["ltr"] * 4 + ["rtl"]
        assert drawn == ["https://hilfe.example.org/w/work/"]
        leads_to = client.get("/w/work/", headers={"accept-language": "tr"})
        assert leads_to.headers["Location"] == "/tr/w/work/"
        assert page.one(having="address").text == "hilfe.example.org"

    def test_names_and_numbers_are_those_of_the_place(self, get: Get) -> None:
        here = numbers(get("/de/aushang/?nummern=1&thema=violence"))
        there = numbers(get("/de/aushang/?nummern=1&thema=violence&ort=jena"))
        assert here[0] == "Opferberatung Rheinland (OBR)"
        assert not set(here[:1]) & set(there)
        assert numbers(get("/de/aushang/?thema=violence")) == []

    @pytest.mark.parametrize("subject", ["", "school", "violence", "distress"])
    def test_everybody_on_it_can_be_called(self, get: Get, subject: str) -> None:
        page = get(f"/de/aushang/?nummern=1&thema={subject}")
        called = [each.text for each in page.within("bdi", inside="numbers")]
        assert 0 < len(called) == len(numbers(page)) <= 3
        assert all(set(number) <= set("0123456789 +/-()") for number in called)

    @pytest.mark.parametrize("query", ["thema=x", "ort=atlantis", "sprachen=xx", "thema=%00", "x=1", "nummern="])
    def test_what_nobody_knows_is_a_general_sheet(self, get: Get, drawn: list[str], query: str) -> None:
        get("/de/aushang/")
        page = get(f"/de/aushang/?{query}")
        assert drawn[0] == drawn[1]
        assert len(blocks(page)) == 1
        assert numbers(page) == []

    def test_another_language_shows_the_same_sheet(self, get: Get) -> None:
        page = get("/de/aushang/?thema=school&ort=jena")
        links = [link.attributes["href"] for link in page.within("a", inside="language")]
        assert "/ar/aushang/?thema=school&ort=jena" in links

    def test_what_was_chosen_stays_chosen(self, get: Get) -> None:
        page = get("/de/aushang/?thema=school&ort=jena&sprachen=alle")
        chosen = [each.attributes["value"] for each in page.all("option") if "selected" in each.attributes]
        assert chosen == ["school", "jena"]
        assert "checked" in page.one("input", id="sprachen").attributes
        assert "checked" not in page.one("input", id="nummern").attributes

    def test_it_can_be_found_from_every_page(self, get: Get) -> None:
        assert "/en/aushang/" in [link.attributes["href"] for link in get("/en/").within("a", inside="footer")]


class TestClaims:
    """A poster hangs there for years: it promises nothing that is not known of every body."""

    @pytest.mark.parametrize(
        ("bodies", "wanted"),
        [
            ([("free", "yes")], ["The counselling is free of charge.", "You need not give your name."]),
            ([("free", "unknown")], ["The counselling is free of charge."]),
            ([("free", "yes"), ("unknown", "yes")], ["You need not give your name."]),
            ([("free_for_entitled", "on_request"), ("free", "yes")], []),
            ([("paid", "no")], []),
            ([], []),
        ],
    )
    def test_only_what_all_offer(self, bodies: list[tuple[str, str]], wanted: list[str]) -> None:
        with translation.override("en"):
            claims = list(poster.claims(Listing(cost=cost, anonymous=anonymous) for cost, anonymous in bodies))
        assert claims == wanted

    def test_they_are_those_of_the_bodies_that_the_sheet_leads_to(
        self, get: Get, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seen: list[str] = []

        def claims(listings: Any) -> list[str]:
            seen.extend(each.slug for each in listings)
            return ["A claim."]

        monkeypatch.setattr(poster, "claims", claims)
        page = get("/de/aushang/?thema=violence&ort=jena")
        assert "A claim." in page.one(having="blocks").text
        assert any("ezra" in slug for slug in seen)
