"""Open now is what is written in the opening hours, on holidays too, and never what nobody knows."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory import opening
from directory.opening import ZONE
from search import open_now
from search.engines.database import DatabaseEngine
from search.port import Document, Plan, Term, Wanted

OFFICE, ALWAYS, EVENING, NONSENSE = "Mo-Fr 09:00-16:00", "24/7", "Mo-Su 18:00-22:00", "nach Absprache"
WORDS = Wanted((Term("title_de", "berat"),))
TUESDAY_MORNING = datetime(2026, 11, 24, 10, tzinfo=ZONE)
TUESDAY_NIGHT = datetime(2026, 11, 24, 23, tzinfo=ZONE)
CHRISTMAS_MORNING = datetime(2026, 12, 25, 10, tzinfo=ZONE)  # a Friday


def document(name: str, hours: str = "", kind: str = "counselling", area: str = "jena") -> Document:
    values = {"kind": (kind,), "areas": (area,)} | ({"open": (hours,)} if hours else {})
    return Document(name, {"title_de": ("berat",)}, values)


ENGINE = DatabaseEngine(
    [
        document("office", OFFICE),
        document("other-office", OFFICE, kind="offer"),
        document("line", ALWAYS),
        document("evening", EVENING),
        document("nonsense", NONSENSE),
        document("unknown"),
    ]
)


def ask(at: datetime | None, **filters: str) -> tuple[list[str], int, int]:
    plan = Plan(filters={name: frozenset({value}) for name, value in filters.items()})
    found = open_now.search(ENGINE, plan, at)
    return sorted(id for id, _score in found.hits), found.total, found.hours_unknown


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (TUESDAY_MORNING, ["line", "office", "other-office"]),
        (TUESDAY_NIGHT, ["line"]),
        (CHRISTMAS_MORNING, ["line"]),
        (datetime(2026, 11, 24, 19, tzinfo=ZONE), ["evening", "line"]),
    ],
)
def test_only_what_is_open_at_the_moment(at: datetime, expected: list[str]) -> None:
    hits, total, unknown = ask(at, open="now")
    assert (hits, total) == (expected, len(expected))
    assert unknown == 2, "what nobody knows is counted, never shown as open"


def test_other_filters_hold_and_count() -> None:
    assert ask(TUESDAY_MORNING, open="now", kind="offer") == (["other-office"], 1, 0)


def test_nothing_open_is_nothing_and_not_everything() -> None:
    assert ask(CHRISTMAS_MORNING, open="now", kind="offer") == ([], 0, 0)


def test_without_the_filter_nothing_is_left_out() -> None:
    assert ask(TUESDAY_MORNING)[1:] == (6, 0)


class TestCount:
    def count(self, at: datetime | None, **filters: str) -> object:
        plan = Plan(filters={name: frozenset({value}) for name, value in filters.items()})
        return open_now.search(ENGINE, plan, at).facets["open"]

    def test_it_is_what_the_filter_leads_to(self) -> None:
        assert self.count(TUESDAY_MORNING) == {"now": 3}
        assert self.count(TUESDAY_MORNING, open="now") == {"now": 3}
        assert self.count(TUESDAY_MORNING, kind="offer") == {"now": 1}

    def test_nothing_open_has_no_value(self) -> None:
        assert self.count(CHRISTMAS_MORNING, kind="offer") == {}

    def test_where_nobody_asks_for_a_time_nothing_is_counted(self) -> None:
        assert self.count(None) == {}

    def test_other_facets_are_counted_with_the_filter(self) -> None:
        found = open_now.search(ENGINE, Plan(filters={"open": frozenset({"now"})}), TUESDAY_NIGHT)
        assert found.facets["kind"] == {"counselling": 1}


class TestAsking:
    @pytest.fixture
    def asked(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        found: list[str] = []
        monkeypatch.setattr(open_now, "_spans", {})
        open_now._moment.cache_clear()

        def state(text: str, at: datetime) -> opening.State:
            found.append(text)
            return original(text, at)

        original = opening.state
        monkeypatch.setattr(opening, "state", state)
        return found

    def test_a_text_is_asked_again_when_it_opens_or_closes(self, asked: list[str]) -> None:
        minutes = [
            TUESDAY_MORNING.replace(hour=hour, minute=minute) for hour in range(24) for minute in (0, 30, 59)
        ]
        states = [open_now.is_open(OFFICE, minute) for minute in minutes]
        assert states == [9 <= minute.hour < 16 for minute in minutes]
        assert len(asked) == 3

    @given(st.lists(st.integers(0, 60 * 24 * 30), max_size=20))
    def test_in_whatever_order_it_is_asked(self, minutes: list[int]) -> None:
        begin = datetime(2026, 12, 20, tzinfo=ZONE)
        for text in (OFFICE, ALWAYS, EVENING, NONSENSE):
            for minute in minutes:
                at = begin + timedelta(minutes=minute)
                assert open_now.is_open(text, at) == opening.state(text, at).is_open

    def test_within_a_minute_nothing_is_asked_again(self, asked: list[str]) -> None:
        for second in range(5):
            ask(TUESDAY_MORNING.replace(second=second))
            ask(TUESDAY_MORNING.replace(second=second), open="now")
        assert sorted(asked) == sorted({OFFICE, ALWAYS, EVENING, NONSENSE})

    def test_what_is_kept_is_bounded(self, asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(open_now, "KEPT", 2)
        for hour in range(10, 20):
            open_now.is_open(f"Mo-Fr 09:00-{hour}:00", TUESDAY_MORNING)
            assert len(open_now._spans) <= 2
