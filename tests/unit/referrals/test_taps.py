"""From the first question to the link that calls, on every way through the shipped guide."""

import sys
from collections import Counter
from collections.abc import Iterator

import pytest

from directory.vocabulary_files import shipped as vocabularies
from referrals.forms import PATHS
from referrals.guide import LONGEST, SKIPPED, Answers, Question, StatedFacts
from referrals.guide_files import shipped

SHOW = 1  # the button below the questions
CALL = 1
TILES = {slug: term.extra["facts"] for slug, term in vocabularies()["concerns"].items()}
GIVEN: dict[str, StatedFacts] = {"": {}, **TILES, **{slug: {"asker": (slug,)} for slug in PATHS}}


def ways(questions: tuple[Question, ...], answers: Answers, taps: int = 0) -> Iterator[int]:
    """Taps of every way: each question that shows is answered or skipped, which is a tap as well."""
    if not questions:
        yield taps + SHOW + CALL
        return
    question, *rest = questions
    if not question.is_shown(answers):
        yield from ways(tuple(rest), answers, taps)
        return
    for option in (SKIPPED, *(each.slug for each in question.options)):
        yield from ways(tuple(rest), {**answers, question.slug: option}, taps + 1)


@pytest.mark.parametrize("given", GIVEN)
def test_the_longest_way_to_a_call_has_seven_taps(given: str, capsys: pytest.CaptureFixture[str]) -> None:
    asked = shipped().asked(GIVEN[given])
    counted = Counter(ways(asked, {}))
    with capsys.disabled():
        sys.stdout.write(f"\n{given or 'guide'}: {counted.total()} ways, taps {dict(sorted(counted.items()))}")
    assert len(asked) <= LONGEST
    assert max(counted) <= LONGEST + SHOW + CALL == 7


def test_the_shortest_way_asks_for_the_result_at_once() -> None:
    """The button stands below every question, so nobody has to answer any of them."""
    to_the_guide = 1
    assert to_the_guide + SHOW + CALL <= 5
    assert min(ways((), {})) == SHOW + CALL


def test_who_asks_is_no_question() -> None:
    assert all(question.dimension != "asker" for question in shipped().questions)
    for path in PATHS:
        assert shipped().asked(GIVEN[path]) == shipped().questions


@pytest.mark.parametrize("concern", TILES)
def test_what_a_tile_has_said_is_not_asked(concern: str) -> None:
    asked = shipped().asked(GIVEN[concern])
    assert not {question.dimension for question in asked} & TILES[concern].keys()
    assert len(asked) == len(shipped().questions) - 1
