"""The page of the coverage: a picture, its equal as a table, and the holes in words."""

import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from directory.models import Listing
from referrals.coverage import showing
from tests.integration.directory.making import find

URL = "/admin/coverage/"


@pytest.fixture
def page(demo: None, client: Client) -> str:
    user: Any = get_user_model().objects.create_superuser("coverage", "", "x")
    client.force_login(user)
    response = client.get(URL, headers={"accept-language": "en"})
    assert response.status_code == 200
    return response.content.decode()


def test_every_picture_has_a_title_a_description_and_a_table_as_its_equal(page: str) -> None:
    pictures = re.findall(r'<svg role="img".+?</svg>', page, re.DOTALL)
    tables = re.findall(r"<table class=\"listing\">.+?</table>", page, re.DOTALL)
    assert len(pictures) == len(tables) == 3
    for picture, table in zip(pictures, tables, strict=True):
        labels = re.findall(r'aria-labelledby="(\S+) (\S+)"', picture)[0]
        assert all(f'id="{label}"' in picture for label in labels)
        fields = re.findall(r"<g [^>]+><title>.+?: (.+?)</title>", picture)
        cells = re.findall(r"<td><span aria-hidden=\"true\">.</span> (.+?)</td>", table)
        assert fields == cells
        assert table.count('scope="row"') * 8 == len(cells)


def test_it_says_where_nobody_is(page: str) -> None:
    holes = re.findall(r"<li>(.+?)</li>", page.split('class="coverage-holes"')[1].split("</ol>", maxsplit=1)[0])
    assert len(holes) == len(set(holes)) <= showing.HOLES_AT_MOST
    assert any("Ukrain" in hole for hole in holes)


def test_it_holds_nothing_but_what_is_public(demo: None) -> None:
    wanted = showing.asked()
    assert set(wanted.concerns) == set(showing.computed().by_ground.concerns)
    assert "de-simple" not in wanted.languages
    assert wanted.places[0] == "duesseldorf"


def test_it_is_computed_again_only_when_something_changed(demo: None) -> None:
    before = showing.computed()
    assert showing.computed() is before
    listing = find(Listing, "dus-sinti-roma-lv")
    listing.live = False
    listing.save()
    after = showing.computed()
    assert after is not before
    assert showing.computed() is after


def test_a_page_from_right_to_left_has_its_names_on_the_right(demo: None) -> None:
    with translation.override("ar"):
        picture = showing.shown().pictures[0]
        drawn = render_to_string("referrals/coverage/picture.html", {"picture": picture})
    assert picture.is_mirrored
    assert f'x="{picture.width}"' in drawn
    with translation.override("de"):
        assert not showing.shown().pictures[0].is_mirrored


def test_no_number_is_written_as_people_write_it(demo: None) -> None:
    """1.024 would be a place one unit from the edge."""
    with translation.override("de"):
        picture = showing.shown().pictures[2]
        drawn = render_to_string("referrals/coverage/picture.html", {"picture": picture})
    assert f'viewBox="0 0 {picture.width} {picture.height}"' in drawn
