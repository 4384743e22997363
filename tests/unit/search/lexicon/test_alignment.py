import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.lexicon import alignment
from search.lexicon.alignment import NOTHING, WIDEST, Pair, align, likely

stems = st.text("abcdefgh", min_size=1, max_size=3)
bags = st.lists(stems, max_size=6, unique=True).map(lambda some: tuple(sorted(some)))
pairs = st.lists(st.tuples(bags, bags), max_size=25)


def pair(foreign: str, german: str) -> Pair:
    return tuple(sorted(foreign.split())), tuple(sorted(german.split()))


def best(found: dict[tuple[str, str], float], foreign: str) -> str:
    counts = {g: count for (f, g), count in found.items() if f == foreign and g != NOTHING}
    return max(counts, key=lambda stem: counts[stem], default="")


def test_words_are_told_apart_by_where_else_they_stand() -> None:
    found = align(
        [
            pair("house green", "haus grun"),
            pair("house red", "haus rot"),
            pair("car green", "auto grun"),
            pair("car red", "auto rot"),
        ]
    )
    german = {"house": "haus", "car": "auto", "green": "grun", "red": "rot"}
    assert {word: best(found, word) for word in german} == german


def test_one_word_for_a_compound_and_its_parts() -> None:
    found = align(
        [
            pair("language course", "sprachkurs sprach kurs"),
            pair("language", "sprach"),
            pair("course", "kurs"),
            pair("swimming course", "schwimmkurs schwimm kurs"),
        ]
    )
    shares = likely(found, 0)
    assert shares["language", "sprach"] > shares["language", "sprachkurs"] > shares.get(("language", "schwimm"), 0)


def test_a_small_word_stands_for_nothing() -> None:
    """It is beside every other word, so each of them explains itself better."""
    nouns = ["haus", "auto", "baum", "hund", "wald"]
    found = align(
        [pair(f"{noun}-en really", noun) for noun in nouns] + [pair(f"{noun}-en", noun) for noun in nouns]
    )
    shares = likely(found, 0)
    assert all(shares[f"{noun}-en", noun] > 0.8 for noun in nouns)
    assert shares["really", NOTHING] > 0.9


@given(pairs)
def test_who_is_always_said_for_another_is_its_best_translation(some: list[Pair]) -> None:
    """Whatever else is said around them."""
    always = [((*foreign, "ω"), (*german, "ß")) for foreign, german in some]
    found = align([*some, (("ω",), ("ß",)), *always])
    assert best(found, "ω") == "ß"


@given(pairs)
def test_shares_are_shares(some: list[Pair]) -> None:
    found = align(some)
    assert all(count > 0 for count in found.values())
    for side in (0, 1):
        sums: dict[str, float] = {}
        for cell, share in likely(found, side).items():
            assert 0 < share <= 1.000001
            sums[cell[side]] = sums.get(cell[side], 0.0) + share
        assert all(total == pytest.approx(1) for total in sums.values())


@given(pairs)
def test_words_meet_only_where_they_were_said_together(some: list[Pair]) -> None:
    together = {(f, g) for foreign, german in some for f in foreign for g in german}
    assert {cell for cell in align(some) if NOTHING not in cell} <= together


@given(pairs, st.randoms(use_true_random=False))
def test_the_order_of_texts_means_nothing(some: list[Pair], dice: random.Random) -> None:
    shuffled = list(some)
    dice.shuffle(shuffled)
    assert align(some) == align(shuffled)


@given(pairs)
@settings(max_examples=30)
def test_what_was_said_is_never_counted_twice(some: list[Pair]) -> None:
    """A word is said for others at most as often as it was said."""
    said: dict[str, float] = {}
    for foreign, german in set(some):
        for stem in foreign if german else ():
            said[stem] = said.get(stem, 0.0) + 1 + some.count((foreign, german))
    sums: dict[str, float] = {}
    for (foreign_stem, _german), count in align(some).items():
        sums[foreign_stem] = sums.get(foreign_stem, 0.0) + count
    assert all(sums[stem] <= said[stem] for stem in sums if stem != NOTHING)


@pytest.mark.parametrize("some", [[], [((), ())], [(("a",), ())], [((), ("b",))]])
def test_who_says_it_in_one_language_only_teaches_nothing(some: list[Pair]) -> None:
    assert align(some) == {}


def test_very_long_texts_teach_nothing() -> None:
    long = tuple(f"w{number:03}" for number in range(WIDEST + 1))
    assert align([(long, ("haus",)), (("house",), long)]) == {}
    assert align([(long[1:], ("haus",))])


def test_a_large_directory_is_read_short_texts_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alignment, "MOST_CELLS", 5)
    found = align([pair("a b c d", "e f g h"), pair("house", "haus"), pair("red car", "rot auto")])
    assert {cell[0] for cell in found} - {NOTHING} == {"house", "red", "car"}
