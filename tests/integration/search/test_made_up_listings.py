"""The made-up directory of the benchmarks: the same for the same seed, valid, and found by the search."""

import re
from random import Random
from typing import Any

import pytest

from directory import vocabulary
from directory.models import Area, Change, Listing
from search import indexing, queries
from search.port import Query
from search.records import records
from tests.benchmarks import listings

pytestmark = pytest.mark.usefixtures("demo", "index")


def plain(made: listings.Made) -> list[dict[str, Any]]:
    rows = [made.listing, *made.children]
    return [{each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields} for row in rows]


def test_it_is_the_same_again_and_a_larger_one_begins_with_the_smaller() -> None:
    found = listings.source()
    first = [plain(made) for made in listings.made(found, 0, 100)]
    assert [plain(made) for made in listings.made(found, 0, 100)] == first
    assert [plain(made) for made in listings.made(found, 40, 60)] == first[40:60]


def test_a_thousand_are_valid_and_artificial() -> None:
    listings.make_areas()
    vocabulary.forget()  # areas made in bulk leave no row that it would follow
    rows = list(listings.made(listings.source(), 0, 1000))
    for made in rows[::50]:
        made.listing.full_clean(exclude=["organisation"])
    values = [child.value for made in rows for child in made.children if hasattr(child, "value")]
    assert all(re.search(r"example\.org|^030 23125 \d{3}$", value) for value in values)
    titles = [made.listing.title_ar for made in rows if made.listing.title_ar]
    assert 250 < len(titles) < 550  # of a thousand
    assert all(area.name_de.startswith("Muster") for area in Area.objects.filter(slug__contains="muster"))


def test_what_is_added_is_followed_and_found() -> None:
    before = Listing.objects.public().count()
    position = Change.public_position()
    listings.fill(before + 30)
    assert Change.public_position() > position
    listings.fill(before + 40)
    assert Listing.objects.public().count() == before + 40
    made = Listing.objects.get(slug="muster-39")
    texts = {record.id: record.texts for record in records(["muster-39"])}["muster-39"]
    assert texts["de"]["title"] == made.title_de
    indexing.rebuild()
    assert indexing.held() == set(Listing.objects.public().values_list("slug", flat=True))
    word = listings.name(Random(f"{listings.SEED}/organisation/13"))
    assert made.slug in {hit.slug for hit in queries.find(Query(word)).hits}
