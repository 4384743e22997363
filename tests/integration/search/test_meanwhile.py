"""Without an index the database answers, about few listings, so that a large directory costs no page its time."""

import pytest
from django.utils import timezone

from directory.models import Listing
from search import meanwhile
from search.port import Plan, Query, Results, Term, Wanted
from search.queries import _degraded
from search.understanding import Knowledge
from tests.integration.search.making import area, exclusion, listing, organisation, row, speaks, term

ANY = Wanted((Term("names", "any"),))


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if so few were many."""
    monkeypatch.setattr(meanwhile, "FEW", 0)


def found(text: str = "", **more: object) -> list[str]:
    return [hit.slug for hit in results(text, **more).hits]


def results(text: str = "", **more: object) -> Results:
    return _degraded(Query(text, **more))  # type: ignore[arg-type]


@pytest.mark.django_db
class TestWords:
    @pytest.mark.parametrize(
        ("title", "text"),
        [
            ("Opferberatung am Hafen", "Opferberatung"),
            ("Opferberatung am Hafen", "opferberatungen"),
            ("Übersetzungen", "übersetzung"),
            ("Допомога", "допомога"),
        ],
    )
    def test_a_word_of_a_title(self, title: str, text: str) -> None:
        listing("advice", title)
        listing("other", "Schwimmen")
        assert meanwhile.candidates(Plan(wanted=(ANY,)), meanwhile.Database(text, "de", Knowledge()).words) == [
            "advice"
        ]

    def test_other_names_and_those_of_the_house(self) -> None:
        listing("abbreviated", "Rat", aliases=["BRTX"])
        listing("housed", "Rat", organisation=organisation("zebra", name_de="Zebra"))
        listing("other", "Schwimmen")
        assert found("BRTX") == ["abbreviated"]
        assert found("Zebra") == ["housed"]
        assert found("Nashorn") == []

    def test_what_holds_most_of_the_words_stays_where_not_all_do(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(meanwhile, "KEPT", 1)
        listing("a", "Hafen")
        listing("b", "Hafen Werkstatt")
        assert [hit.slug for hit in results("Werkstatt Hafen", size=1).hits] == ["b"]

    def test_nothing_but_what_is_public(self) -> None:
        listing("hidden", "Hafen", live=False)
        listing("internal", "Hafen", internal_only=True)
        listing("expired", "Hafen", valid_until=timezone.localdate().replace(year=2020))
        listing("shown", "Hafen")
        assert found("Hafen") == ["shown"]


@pytest.mark.django_db
class TestConcepts:
    def test_of_the_listing_and_of_its_rows(self) -> None:
        term("grounds", "racism", "Rassismus")
        listing("own", "Rat", grounds=["racism"])
        row(listing("by-row", "Rat"), ground=["racism"])
        listing("none", "Rat")
        listing("alike", "Rat", grounds=["racism-at-sea"])
        assert set(found("Rassismus")) == {"own", "by-row"}

    @pytest.mark.parametrize(
        ("concept", "slug"),
        [
            ("kind:training", "course"),
            ("audience:institutions", "both"),
            ("roles:hub", "hub"),
            ("operator_types:church", "church"),
            ("what:violence", "violence"),
            ("nothing:known", ""),
        ],
    )
    def test_every_kind_of_concept(self, concept: str, slug: str) -> None:
        listing("course", "Rat", kind="training")
        listing("both", "Rat", audience="both")
        listing("hub", "Rat", role="hub")
        listing("church", "Rat", organisation=organisation("church", type="church"))
        row(listing("violence", "Rat"), what=["violence"])
        held = Listing.objects.filter(meanwhile.carries(concept)).values_list("slug", flat=True)
        assert list(held) == ([slug] if slug else [])


@pytest.mark.django_db
class TestFilters:
    def test_all_of_them(self) -> None:
        term("what", "violence", "Gewalt")
        term("concerns", "hurt", "Verletzt", extra={"facts": {"what": ["violence"]}})
        area("town", "Hafenstadt")
        wanted = listing(
            "wanted",
            "Rat",
            kind="training",
            audience="both",
            sectors=["school"],
            formats=["online"],
            areas_served=["town"],
        )
        speaks(wanted, "ar")
        row(wanted, what=["violence"])
        exclusion(listing("other", "Rat"), what=["violence"])
        for name, value in {
            "kind": "training",
            "audience": "institutions",
            "sector": "school",
            "format": "online",
            "area": "town",
            "language": "ar",
            "concern": "hurt",
        }.items():
            assert found(filters={name: frozenset({value})}) == ["wanted"], name
        assert found("Rat Hafenstadt") == ["wanted"]

    def test_pages_go_on(self) -> None:
        for number in range(4):
            listing(f"listing-{number}", f"Titel {number}")
        pages = [found(page=page, size=2) for page in (1, 2)]
        assert sorted(pages[0] + pages[1]) == [f"listing-{number}" for number in range(4)]

    def test_help_comes_first_where_nobody_says_what_for(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(meanwhile, "KEPT", 1)
        listing("course", "A", kind="training")
        listing("offer", "B", kind="offer")
        listing("advice", "C", kind="counselling")
        assert found(size=1) == ["advice"]


def test_a_few_are_read_and_not_all(demo: None, django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        answer = results("Beratung gegen Rassismus", home_area="duesseldorf")
    assert answer.degraded
    assert 0 < answer.total <= meanwhile.KEPT < Listing.objects.public().count()


def test_the_best_is_among_the_few(demo: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """What all listings together would show first, as a rule."""
    texts = ("Rassismus am Arbeitsplatz", "Opferberatung", "Antisemitismus Schule", "Polizei Beschwerde", "ADIRA")
    few = [found(text, home_area="duesseldorf", size=3) for text in texts]
    monkeypatch.setattr(meanwhile, "FEW", 1_000)
    everything = [found(text, home_area="duesseldorf", size=3) for text in texts]
    same = [len({*one} & {*other}) for one, other in zip(few, everything, strict=True)]
    assert sum(same) >= 13, (few, everything)
