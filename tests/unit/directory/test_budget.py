import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.budget import HOUR, Budget

EACH, TOTAL = 6, 30


def fresh() -> Budget:
    return Budget(each=EACH, total=TOTAL)


class TestBudget:
    def test_one_thing_happens_a_few_times_an_hour(self) -> None:
        budget = fresh()
        assert [budget.take("obr") for _try in range(EACH + 2)] == [True] * EACH + [False] * 2
        assert budget.take("another")

    def test_all_together_have_a_limit_too(self) -> None:
        budget = fresh()
        taken = [budget.take(f"body {number}") for number in range(TOTAL + 3)]
        assert taken.count(True) == TOTAL
        assert not budget.take("a new one")

    def test_the_next_hour_begins_anew(self, monkeypatch: pytest.MonkeyPatch) -> None:
        budget, now = fresh(), time.time()
        while budget.take("obr"):
            pass
        monkeypatch.setattr(time, "time", lambda: now + HOUR)
        assert budget.take("obr")

    def test_what_did_not_happen_is_given_back(self) -> None:
        budget = fresh()
        while budget.take("obr"):
            pass
        budget.give_back("obr")
        assert budget.take("obr")
        assert not budget.take("obr")

    def test_nothing_given_back_makes_more_of_it(self) -> None:
        budget = fresh()
        budget.give_back("obr")
        assert [budget.take("obr") for _try in range(EACH + 1)].count(True) == EACH

    def test_two_budgets_know_nothing_of_each_other(self) -> None:
        one, other = Budget(each=1, total=1), Budget(each=2, total=2)
        assert one.take("obr")
        assert [other.take("obr") for _try in range(3)] == [True, True, False]

    @given(st.lists(st.sampled_from("abcdefgh"), max_size=200))
    def test_no_order_of_requests_breaks_a_limit(self, things: list[str]) -> None:
        budget = fresh()
        taken = Counter(thing for thing in things if budget.take(thing))
        assert all(number <= EACH for number in taken.values())
        assert taken.total() <= TOTAL
