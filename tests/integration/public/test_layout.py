"""What every page promises, in every language."""

import pytest

from tests.integration.public.conftest import Get

PAGES = [
    "", "angebote/", "angebote/dus-obr/", "stellen/ida-nrw/", "suche/", "w/", "w/violence/", "w/witness/",
    "notruf/", "rechte/", "sicherheit/", "datenschutz/", "aushang/", "impressum/", "barrierefreiheit/",
    "fachkraefte/", "fachkraefte/neues/", "so-geht-es/", "leichte-sprache/",
]  # fmt: skip
COUNSELLING = [
    "angebote/",
    "angebote/dus-obr/",
    "suche/",
    "w/",
    "w/violence/",
    "w/witness/",
    "notruf/",
    "rechte/",
    "fachkraefte/",
    "sicherheit/",
    "so-geht-es/",
]
ANSWERED = ("w/", "w/violence/", "w/witness/", "fachkraefte/")
TELLING = ("Rassismus", "Gewalt", "racism", "violence", "Diskriminierung")


@pytest.mark.parametrize("path", PAGES)
class TestEveryPage:
    @pytest.mark.parametrize(
        ("language", "direction"), [("de", "ltr"), ("en", "ltr"), ("tr", "ltr"), ("ar", "rtl"), ("uk", "ltr")]
    )
    def test_language_and_direction(self, get: Get, path: str, language: str, direction: str) -> None:
        html = get(f"/{language}/{path}").one("html")
        assert (html.attributes["lang"], html.attributes["dir"]) == (language, direction)

    def test_emergency_is_one_tap_away(self, get: Get, path: str) -> None:
        calls = [link.attributes["href"] for link in get(f"/de/{path}").within("a", inside="strip")]
        assert calls == ["tel:110", "tel:112"]

    def test_it_has_one_heading_and_a_way_past_the_header(self, get: Get, path: str) -> None:
        page = get(f"/de/{path}")
        assert len(page.all("h1")) == 1
        assert page.one("a", having="skip").attributes["href"] == "#content"
        assert page.one("main").attributes["id"] == "content"

    def test_each_language_is_named_in_itself_and_stays_on_the_page(self, get: Get, path: str) -> None:
        page = get(f"/en/{path}")
        # Where something may have been answered, a button takes it along.
        tag, leads_to = ("button", "formaction") if path in ANSWERED else ("a", "href")
        links = {link.attributes["lang"]: link for link in page.within(tag, inside="language")}
        assert [(code, link.text, link.attributes[leads_to]) for code, link in links.items()] == [
            ("de", "Deutsch", f"/de/{path}"),
            ("en", "English", f"/en/{path}"),
            ("tr", "Türkçe", f"/tr/{path}"),
            ("ar", "العربية", f"/ar/{path}"),
            ("uk", "Українська", f"/uk/{path}"),
        ]
        assert links["ar"].attributes["dir"] == "rtl"
        assert links["en"].attributes["aria-current"] == "true"

    def test_nothing_is_stored_and_nobody_else_is_told(self, get: Get, path: str) -> None:
        page = get(f"/de/{path}")
        assert not page.response.cookies
        assert page.response.headers["Referrer-Policy"] == "no-referrer"
        policy = page.response.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert page.response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert page.response.headers["Cross-Origin-Resource-Policy"] == "same-origin"

    def test_nothing_needs_an_exception_from_that_policy(self, get: Get, path: str) -> None:
        page = get(f"/de/{path}")
        assert [element for element in page.elements if "style" in element.attributes] == []
        assert page.all("style") == []
        assert [script for script in page.all("script") if not script.attributes.get("src")] == []
        assert [e for e in page.elements if any(name.startswith("on") for name in e.attributes)] == []

    def test_demo_data_says_so_and_stays_out_of_search_engines(self, get: Get, path: str) -> None:
        page = get(f"/en/{path}")
        assert "Unconfirmed demo data" in page.one(having="banner").text
        assert page.one("meta", name="robots").attributes["content"] == "noindex"
        assert page.response.headers["X-Robots-Tag"] == "noindex"

    def test_ids_are_there_once(self, get: Get, path: str) -> None:
        ids = [element.attributes["id"] for element in get(f"/de/{path}").elements if "id" in element.attributes]
        assert sorted(ids) == sorted(set(ids))

    def test_links_that_leave_tell_nothing(self, get: Get, path: str) -> None:
        leaving = [e for e in get(f"/de/{path}").all("a") if e.attributes.get("href", "").startswith("http")]
        assert [e.attributes["href"] for e in leaving if "noreferrer" not in e.attributes.get("rel", "")] == []


@pytest.mark.parametrize("path", COUNSELLING)
def test_the_exit_is_there_where_somebody_may_be_watched(get: Get, path: str) -> None:
    assert get(f"/de/{path}").one("a", having="exit").attributes["href"] == "/w"


@pytest.mark.parametrize("path", ["", "angebote/?kind=training", "impressum/", "datenschutz/"])
def test_and_not_where_it_would_only_alarm(get: Get, path: str) -> None:
    assert get(f"/de/{path}").all("a", having="exit") == []


@pytest.mark.parametrize("path", ["w/", "w/violence/", "suche/"])
def test_the_title_of_the_guide_tells_nothing(get: Get, path: str) -> None:
    assert get(f"/de/{path}").one("title").text == "Wegweiser"


@pytest.mark.parametrize("path", ["angebote/dus-obr/", "w/violence/"])
def test_every_foreign_text_says_in_which_language_it_is(get: Get, path: str) -> None:
    """On an Arabic page each German sentence stands in an element with its own `lang` and `dir` (WCAG 3.1.2)."""
    page = get(f"/ar/{path}")
    german = [
        e for e in page.all() if "Hilft nach rechter" in "".join(e.words) or "Opferberatung" in "".join(e.words)
    ]
    innermost = [e for e in german if not any(other.above is e for other in german)]
    shown = [e for e in innermost if e.tag not in ("title", "script")]
    assert shown
    assert {(e.lang, e.dir) for e in shown} <= {("de", "ltr"), ("de", "auto")}
