"""What the page of DEBUG shows of an error must hold no password of a service."""

import sys

import pytest
from django.test import RequestFactory
from django.views.debug import technical_500_response
from pytest_django import Settings

from search.cluster import address
from search.cluster.address import Address

PASSWORD = "".join(("Ge", "he", "1m"))  # the page quotes the lines of this file


@pytest.fixture
def page(settings: Settings) -> str:
    settings.DEBUG = True
    settings.SEARCH_URL = f"https://chris:{PASSWORD}@search.example.org"
    settings.SEARCH_API_KEY = PASSWORD
    # A server like Django's own puts the whole environment into what it tells of a request.
    environment = dict.fromkeys(("SEARCH_URL", "DATABASE_URL", "EMAIL_URL"), settings.SEARCH_URL)
    return shown(environment, address.read(settings.SEARCH_URL))


def shown(environment: dict[str, str], there: Address) -> str:
    request = RequestFactory().get("/", **environment)  # type: ignore[arg-type]
    del environment
    try:
        raise ConnectionError(f"{there} does not answer")
    except ConnectionError:
        return technical_500_response(request, *sys.exc_info()).content.decode()


def test_it_tells_of_the_error_and_of_no_password(page: str) -> None:
    assert "search.example.org:9200/wegweiser does not answer" in page
    assert all(f"<td>{name}</td>" in page for name in ("SEARCH_URL", "SEARCH_API_KEY", "DATABASE_URL"))
    assert PASSWORD not in page
