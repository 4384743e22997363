"""Gaps are counted only when a city asks for it, and nobody can be found in the numbers."""

import time
from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from directory.vocabulary import area_tree, home_area
from referrals import queries
from referrals.bodies import Notice, Referral
from referrals.competence import Situation
from referrals.coverage import ledger
from referrals.coverage.ledger import Combination
from referrals.dimensions import Facts
from referrals.engine import refer
from referrals.models import GapCount
from tests.integration.directory.making import undone

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)
RACISM_AT_SCHOOL = Combination("school", "racism", is_here=True)


@pytest.fixture
def on(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Switched on; who counts first asks for a writing, which the test does itself."""
    settings.COUNT_GAPS = True
    asked: list[bool] = []
    monkeypatch.setattr(ledger, "later", lambda: asked.append(True))
    ledger._pending.take()
    return asked


def referral(*notices: str, **facts: Any) -> Referral:
    said = Facts.of(facts, areas=area_tree().areas)
    situation = Situation(said, area_tree(), home_area())
    return Referral(situation, notices=tuple(Notice(kind) for kind in notices))


def stored() -> dict[Combination, int]:
    return {Combination(each.concern, each.ground, each.is_here): each.number for each in GapCount.objects.all()}


def row(number: int, day: date = date(2026, 10, 5), concern: str = "school", ground: str = "racism") -> None:
    GapCount.objects.create(day=day, concern=concern, ground=ground, number=number)


class TestCounting:
    def test_it_is_off(self, demo: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        assert settings.COUNT_GAPS is False
        monkeypatch.setattr(ledger, "later", lambda: pytest.fail("counted"))
        ledger.count(referral("gap"))
        assert not ledger._pending.take()

    def test_only_a_gap_counts(self, demo: None, on: list[bool]) -> None:
        ledger.count(referral("interpreter", life_area="school"))
        assert not ledger._pending.take()
        assert on == []

    def test_what_is_counted_is_coarse(self, demo: None, on: list[bool]) -> None:
        facts = {"life_area": "school", "ground": "antigypsyism", "language": "tr", "office": "state_school"}
        ledger.count(referral("gap", **facts))
        ledger.count(referral("gap", **facts, place="jena"))
        ledger.write()
        assert stored() == {
            Combination("school", "antigypsyism", is_here=True): 1,
            Combination("school", "antigypsyism", is_here=False): 1,
        }
        assert {field.name for field in GapCount._meta.get_fields()} == {
            "id", "day", "concern", "ground", "is_here", "number",
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("facts", "concern", "ground"),
        [
            ({}, "", ""),
            ({"what": ["violence"]}, "violence", ""),
            ({"life_area": "municipal_administration", "ground": "age"}, "authorities", "age"),
            ({"life_area": "transport"}, "everyday", ""),
            ({"ground": ["language", "nationality_residence"]}, "", "language"),
        ],
    )
    def test_concern_and_ground(self, demo: None, facts: dict[str, Any], concern: str, ground: str) -> None:
        assert ledger.combination(referral("gap", **facts)) == Combination(concern, ground, is_here=True)

    def test_a_day_has_one_row_that_adds_up(self, demo: None, on: list[bool]) -> None:
        for _turn in range(2):
            for _one in range(3):
                ledger.count(referral("gap", life_area="school", ground="racism"))
            ledger.write()
        [only] = GapCount.objects.all()
        assert (only.number, only.day) == (6, timezone.localdate())
        assert on == [True, True]

    def test_one_that_another_process_wrote_meanwhile(
        self, on: list[bool], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Late:
            def __init__(self) -> None:
                self.tries = 0

            def update(self, **values: object) -> int:
                self.tries += 1
                return int(self.tries > 1)

        late, today = Late(), timezone.localdate()
        row(1, today)
        monkeypatch.setattr(GapCount.objects, "filter", lambda **where: late)
        ledger._add(RACISM_AT_SCHOOL, 1, today)
        assert late.tries == 2


class TestTheResult:
    ANSWERS = {"step": "result"}

    def gap(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(ledger, "combination", lambda found: RACISM_AT_SCHOOL)

    def test_a_result_is_counted_and_waits_for_no_database(
        self, demo: None, client: Client, on: list[bool], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.gap(monkeypatch)
        client.post("/de/w/", self.ANSWERS)
        with CaptureQueriesContext(connection) as asked:
            assert client.post("/de/w/", self.ANSWERS).status_code == 200
        assert not [each for each in asked.captured_queries if "gapcount" in each["sql"]]
        ledger.write()
        assert stored() == {RACISM_AT_SCHOOL: 2}

    def test_neither_the_empty_guide_nor_a_concern_is_counted(
        self, demo: None, client: Client, on: list[bool], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.gap(monkeypatch)
        for path in ("/de/w/", "/de/w/school/"):
            assert client.get(path).status_code == 200
        assert not ledger._pending.take()

    def test_a_failure_breaks_no_result_and_tells_only_its_type(
        self,
        demo: None,
        client: Client,
        on: list[bool],
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        def fails(found: Referral) -> Combination:
            raise LookupError("geheim")

        monkeypatch.setattr(ledger, "combination", fails)
        assert client.post("/de/w/", self.ANSWERS).status_code == 200
        assert "A gap was not counted (LookupError)" in caplog.text
        assert "geheim" not in caplog.text

    def test_a_database_that_is_away_loses_numbers_and_nothing_else(
        self, on: list[bool], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def away(*args: object) -> None:
            raise DatabaseError("geheim")

        monkeypatch.setattr(ledger, "_add", away)
        ledger._pending.add(RACISM_AT_SCHOOL)
        ledger.write()
        assert "Gaps were not counted (DatabaseError)" in caplog.text
        assert "geheim" not in caplog.text
        assert not ledger._pending.take()

    def test_counting_takes_no_time(self, demo: None, on: list[bool]) -> None:
        found = referral("gap", life_area="school", ground="racism")
        ledger.count(found)
        began = time.process_time()
        for _turn in range(100):
            ledger.count(found)
        assert (time.process_time() - began) / 100 < 0.005
        ledger._pending.take()


def test_writing_comes_later_in_a_thread_that_holds_up_no_end(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[float, Callable[[], None]]] = []

    class Timer:
        daemon = False

        def __init__(self, seconds: float, work: Callable[[], None]) -> None:
            made.append((seconds, work))

        def start(self) -> None:
            assert self.daemon

    wrote: list[str] = []
    monkeypatch.setattr(ledger, "Timer", Timer)
    monkeypatch.setattr(ledger, "write", lambda: wrote.append("written"))
    closing = SimpleNamespace(close=lambda: wrote.append("closed"))
    monkeypatch.setattr(ledger, "connection", closing)
    ledger.later()
    [(seconds, work)] = made
    assert seconds == ledger.SECONDS
    work()
    assert wrote == ["written", "closed"]


class TestShowing:
    def months(self) -> list[tuple[date, dict[Combination, int]]]:
        return [(month.first, dict(month.numbers)) for month in ledger.months(TODAY)]

    def test_days_of_a_month_add_up(self) -> None:
        row(3)
        row(2, date(2026, 10, 6))
        assert self.months() == [(date(2026, 10, 1), {RACISM_AT_SCHOOL: 5})]

    def test_nothing_below_five_is_shown(self) -> None:
        row(4)
        row(5, ground="age")
        assert self.months() == [(date(2026, 10, 1), {Combination("school", "age", is_here=True): 5})]

    def test_a_month_that_is_not_over_is_not_shown(self) -> None:
        row(50, date(2026, 11, 1))
        assert self.months() == []

    def test_the_newest_month_comes_first(self) -> None:
        row(9, date(2026, 8, 31))
        row(9)
        assert [first.month for first, _numbers in self.months()] == [10, 8]

    def test_what_may_not_be_shown_is_deleted_when_the_month_is_over(self) -> None:
        row(2)
        row(2, date(2026, 10, 9))
        row(6, ground="age")
        row(1, date(2026, 11, 19))
        ledger.forget(TODAY)
        assert sorted(GapCount.objects.values_list("day__month", "number")) == [(10, 6), (11, 1)]

    def test_after_400_days_everything_is(self) -> None:
        row(50, TODAY - ledger.KEPT)
        row(50, TODAY - ledger.KEPT - timedelta(days=1))
        ledger.forget(TODAY)
        assert [each.day for each in GapCount.objects.all()] == [TODAY - ledger.KEPT]

    @settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.dictionaries(st.tuples(st.integers(1, 28), st.sampled_from(["age", "racism"])), st.integers(1, 6)))
    def test_whoever_is_among_few_cannot_be_worked_out(self, numbers: dict[tuple[int, str], int]) -> None:
        """One person more or less in a combination below five changes nothing that is shown."""
        with undone():
            for (day, ground), number in numbers.items():
                row(number, date(2026, 10, day), ground=ground)
            shown = self.months()
            for cell, number in list(stored_by_month().items()):
                assert number < ledger.LEAST or shown[0][1][cell] == number
                if number < ledger.LEAST:
                    GapCount.objects.filter(ground=cell.ground).delete()
            assert self.months() == shown


def stored_by_month() -> dict[Combination, int]:
    found: dict[Combination, int] = {}
    for each in GapCount.objects.all():
        cell = Combination(each.concern, each.ground, each.is_here)
        found[cell] = found.get(cell, 0) + each.number
    return found


class TestPages:
    @pytest.fixture
    def staff(self, client: Client) -> Client:
        user: Any = get_user_model().objects.create_superuser("coverage", "", "x")
        client.force_login(user)
        return client

    def test_the_page_of_staff(self, demo: None, staff: Client) -> None:
        row(7, date(2020, 1, 5))
        row(4, date(2020, 1, 5), ground="age")
        text = staff.get("/admin/coverage/", headers={"accept-language": "en"}).content.decode()
        counted = text.split('id="coverage-counted"')[1]
        assert "<td>7</td>" in counted
        assert "<td>4</td>" not in counted

    @pytest.mark.parametrize("switched", [True, False])
    def test_the_privacy_page_says_what_is_counted(
        self, demo: None, client: Client, settings: Settings, *, switched: bool
    ) -> None:
        settings.COUNT_GAPS = switched
        text = client.get("/en/datenschutz/").content.decode()
        assert ("not counted" in text) is not switched
        assert ("this is counted" in text) is switched


def test_the_demo_has_gaps_to_count(demo: None) -> None:
    """Somebody affected who wishes for what nobody nearby is made for."""
    facts = Facts.of({"ground": "family_status", "life_area": "work", "what": "unequal_treatment"})
    found = refer(facts, queries.bodies(), queries.rules(), area_tree(), home_area())
    assert ledger.combination(found) == Combination("work", "family_status", is_here=True)
