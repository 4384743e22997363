"""Whatever an organisation or an entry is called, no other page stands at its addresses."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLResolver, get_resolver, resolve, reverse

from directory.members.sections import SECTIONS
from tests.integration.directory.making import organisation
from tests.integration.members.making import member, signed_in
from wegweiser import roles
from wegweiser.members.middleware import URLCONF

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
OTHERS = {"section": "text", "way": "seite", "language": "de", "kind": "xlsx", "token": "x", "pk": "1"}


def routes() -> dict[str, str]:
    """Below /konto/, with the names of their pages."""
    found = dict(_walk(get_resolver(URLCONF).url_patterns))
    return {route: name for route, name in found.items() if route.startswith("konto/")}


def _walk(patterns: list[Any], before: str = "") -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        else:
            yield route, pattern.name


def words() -> set[str]:
    """Every fixed part of an address there, wherever it stands."""
    parts = {part for route in routes() for part in route.split("/")}
    return {part for part in parts if part and not PARAMETER.match(part)}


def address(route: str, slug: str) -> str:
    given = OTHERS | {"slug": slug}
    return PARAMETER.sub(lambda part: given[part[1]], route)


def test_every_address_begins_with_a_fixed_word() -> None:
    assert [route for route in routes() if PARAMETER.match(route.removeprefix("konto/"))] == []


@pytest.mark.parametrize("route", sorted(route for route in routes() if "<slug:slug>" in route))
def test_no_fixed_word_leads_elsewhere(route: str) -> None:
    found = {}
    for word in words():
        found[word] = resolve(f"/{address(route, word)}", URLCONF).url_name
    assert {word: name for word, name in found.items() if name != routes()[route]} == {}


def test_no_section_of_an_entry_is_called_like_one_of_its_pages() -> None:
    for section in SECTIONS:
        assert resolve(f"/konto/eintrag/x/{section.slug}/", URLCONF).url_name == "member_section"


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["anmelden", "eintrag", "stelle"])
def test_an_organisation_may_be_called_like_a_page(slug: str) -> None:
    """Also one that is there already, or that a table brings."""
    roles.install()
    organisation(slug)
    asel = signed_in(member(slug))
    pages = [reverse(name, URLCONF, [slug]) for name in ("member_new", "member_table", "member_people")]
    assert [asel.get(page).status_code for page in pages] == [200, 200, 200]
