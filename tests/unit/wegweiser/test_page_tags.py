from typing import Any

import pytest
from django.test import RequestFactory
from django.utils import translation

from wegweiser.templatetags import page


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/de/", "/ar/"),
        ("/de/w/violence/", "/ar/w/violence/"),
        ("/", "/ar/"),
        ("/nowhere/de/", "/ar/"),
        ("/deutsch/", "/ar/"),
    ],
)
def test_the_same_page_in_another_language(path: str, expected: str) -> None:
    assert page.path_in(path, "ar") == expected


@pytest.fixture(autouse=True)
def confirmed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "demo", lambda: False)


def codes(method: str = "get", **context: Any) -> list[str]:
    request = getattr(RequestFactory(), method)("/de/angebote/x/")
    with translation.override("de"):
        return [link.code for link in page.alternates({"request": request, **context})]


class TestAlternates:
    def test_a_page_of_the_interface_exists_in_every_language(self) -> None:
        assert codes() == ["de", "en", "tr", "ar", "uk"]

    def test_a_listing_only_where_it_says_something(self) -> None:
        assert codes(content_languages=["ar", "de", "pl"]) == ["de", "ar"]

    def test_an_answer_to_a_post_has_no_address(self) -> None:
        assert codes("post") == []

    def test_what_shall_not_be_found_names_no_address(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert codes(noindex=True) == []
        monkeypatch.setattr(page, "demo", lambda: True)
        assert codes() == []

    def test_the_static_error_page_has_no_request(self) -> None:
        assert page.alternates({}) == []
        assert page.language_links({}) == []


def test_the_current_language_is_marked() -> None:
    request = RequestFactory().get("/ar/w/")
    with translation.override("ar"):
        found = {link.code: link for link in page.language_links({"request": request})}
    assert [code for code, link in found.items() if link.current] == ["ar"]
    assert (found["ar"].dir, found["de"].path) == ("rtl", "/de/w/")
