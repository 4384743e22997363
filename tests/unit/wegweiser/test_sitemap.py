from wegweiser import sitemap
from wegweiser.sitemap import Entry


def test_an_address_is_absolute_and_in_its_language() -> None:
    assert sitemap.address("listing", "ar", "x") == "http://localhost:8000/ar/angebote/x/"


def test_an_entry_has_an_address_for_each_language_that_it_has() -> None:
    found = sitemap.entry("home", ["de", "en"], changed="2026-01-01")
    assert found == Entry({"de": "http://localhost:8000/de/", "en": "http://localhost:8000/en/"}, "2026-01-01")


def test_the_guide_and_searches_are_no_entry() -> None:
    assert not {"guide", "search", "exit", "privacy"} & set(sitemap.PAGES)
