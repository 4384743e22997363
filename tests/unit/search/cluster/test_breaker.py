"""When a cluster is asked, by a clock that the test winds."""

from threading import Barrier, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from search.cluster.breaker import LONGEST, SHORTEST, Breaker


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    return Breaker(clock)


def fail(breaker: Breaker) -> None:
    period = breaker.asks()
    assert period is not None
    breaker.failed(period)


def try_again(breaker: Breaker, clock: Clock, seconds: float, *, well: bool) -> None:
    clock.now += seconds
    period = breaker.tries()
    assert period is not None
    breaker.succeeded(period) if well else breaker.failed(period)


def test_everybody_asks_a_cluster_that_is_well(breaker: Breaker) -> None:
    assert [breaker.asks() for _visitor in range(3)] == [0, 0, 0]
    assert breaker.tries() is None


def test_nobody_does_after_the_first_failure(breaker: Breaker) -> None:
    fail(breaker)
    assert breaker.asks() is None
    assert breaker.tries() is None


def test_one_at_a_time_tries_when_the_pause_is_over(breaker: Breaker, clock: Clock) -> None:
    fail(breaker)
    clock.now += SHORTEST - 0.01
    assert breaker.tries() is None
    clock.now += 0.02
    assert breaker.tries() is not None
    assert breaker.tries() is None
    assert breaker.asks() is None


def test_it_is_asked_again_when_it_answered_who_tried(breaker: Breaker, clock: Clock) -> None:
    fail(breaker)
    try_again(breaker, clock, SHORTEST, well=True)
    assert breaker.asks() is not None


def test_pauses_grow_up_to_the_longest(breaker: Breaker, clock: Clock) -> None:
    fail(breaker)
    pauses = []
    for _failure in range(8):
        pauses.append(breaker.pause)
        try_again(breaker, clock, breaker.pause, well=False)
    assert pauses == [0.5, 1, 2, 4, 8, LONGEST, LONGEST, LONGEST]


def test_who_began_before_and_fails_later_makes_no_pause_longer(breaker: Breaker) -> None:
    began = [breaker.asks() for _visitor in range(50)]
    for period in began:
        assert period is not None
        breaker.failed(period)
    assert breaker.pause == SHORTEST


def test_who_began_before_and_succeeds_late_ends_no_pause(breaker: Breaker) -> None:
    slow = breaker.asks()
    assert slow is not None
    fail(breaker)
    breaker.succeeded(slow)
    assert breaker.asks() is None


def test_a_cluster_that_answers_only_who_tries_is_asked_less_and_less(breaker: Breaker, clock: Clock) -> None:
    waits = []
    for _time in range(7):
        fail(breaker)
        waits.append(breaker.pause)
        try_again(breaker, clock, breaker.pause, well=True)
        clock.now += LONGEST - 0.1
    assert waits == [0.5, 1, 2, 4, 8, LONGEST, LONGEST]


def test_one_that_was_well_for_long_begins_anew(breaker: Breaker, clock: Clock) -> None:
    fail(breaker)
    try_again(breaker, clock, SHORTEST, well=False)
    try_again(breaker, clock, 2 * SHORTEST, well=True)
    clock.now += LONGEST
    fail(breaker)
    assert breaker.pause == SHORTEST


def test_who_tried_and_died_is_not_awaited_for_ever(breaker: Breaker, clock: Clock) -> None:
    fail(breaker)
    clock.now += SHORTEST
    assert breaker.tries() is not None
    clock.now += LONGEST - 0.1
    assert breaker.tries() is None
    clock.now += 0.2
    assert breaker.tries() is not None


def test_of_many_threads_one_tries(breaker: Breaker, clock: Clock) -> None:
    fail(breaker)
    clock.now += SHORTEST
    tried: list[int | None] = []
    together = Barrier(8)

    def visit() -> None:
        together.wait()
        tried.append(breaker.tries())

    visitors = [Thread(target=visit) for _ in range(8)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    assert sum(period is not None for period in tried) == 1


class Life(RuleBasedStateMachine):
    """Whatever happens in whatever order: back within the longest pause after it heals, never two who try."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock()
        self.breaker = Breaker(self.clock)
        self.asking: list[int] = []
        self.trying: list[int] = []

    @rule(seconds=st.floats(0, 30))
    def wait(self, seconds: float) -> None:
        self.clock.now += seconds

    @rule()
    def ask(self) -> None:
        period = self.breaker.asks()
        if period is not None:
            self.asking.append(period)

    @rule()
    def try_it(self) -> None:
        period = self.breaker.tries()
        if period is not None:
            self.trying.append(period)

    @rule(at=st.integers(0, 99), well=st.booleans())
    def asked(self, at: int, well: bool) -> None:
        if self.asking:
            period = self.asking.pop(at % len(self.asking))
            if not well:
                self.breaker.failed(period)

    @rule(well=st.booleans())
    def tried(self, well: bool) -> None:
        if self.trying:
            period = self.trying.pop()
            self.breaker.succeeded(period) if well else self.breaker.failed(period)

    @invariant()
    def pauses_are_bounded(self) -> None:
        assert self.breaker.pause in (0, 0.5, 1, 2, 4, 8, LONGEST)

    @invariant()
    def it_is_asked_or_tried_after_the_longest_pause(self) -> None:
        later = Clock()
        later.now = self.clock.now + LONGEST + 0.001
        self.breaker.clock = later
        tried_at = self.breaker.tried_at
        assert (self.breaker.asks() is None) == (self.breaker.tries() is not None)
        self.breaker.tried_at, self.breaker.clock = tried_at, self.clock


TestLife = Life.TestCase


@given(st.lists(st.booleans(), max_size=30))
def test_the_period_grows_with_each_turn(outcomes: list[bool]) -> None:
    clock = Clock()
    breaker = Breaker(clock)
    fail(breaker)
    for well in outcomes:
        before = breaker.period
        if breaker.is_open:
            try_again(breaker, clock, LONGEST, well=well)
        else:
            fail(breaker)
        assert breaker.period == before + 1
