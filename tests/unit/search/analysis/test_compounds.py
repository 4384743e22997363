import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.compounds import HEADS, Splitter

LEARNT = Splitter.learn({"antidiskriminierung": 4, "vorurteile": 3, "roma": 5, "familie": 2, "einmal": 1})


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Opferberatung", ("opfer", "beratung")),
        ("Opferberatungsstelle", ("opfer", "beratung", "stelle")),
        ("Meldestelle", ("melde", "stelle")),
        ("Lehrerfortbildung", ("lehrer", "fortbildung")),
        ("Antidiskriminierungsberatung", ("antidiskriminierung", "beratung")),
        ("Romafamilien", ("roma", "familien")),
        ("Polizeigewalt", ("polizei", "gewalt")),
        ("Frauenhaus", ("frauen", "haus")),
        ("Sozialamt", ()),  # "sozial" is not known
    ],
)
def test_compounds_are_split_into_known_parts(word: str, parts: tuple[str, ...]) -> None:
    assert LEARNT.split(word.lower()) == parts


@pytest.mark.parametrize(
    "word", ["diskriminierung", "beratung", "verrat", "heirat", "gestellt", "einmalig", "b2bberatung", "", "rat"]
)
def test_what_is_no_compound_stays_whole(word: str) -> None:
    assert LEARNT.split(word) == ()


def test_a_word_that_the_directory_uses_often_itself_is_not_split() -> None:
    assert Splitter({}).split("stadtrat") == ("stadt", "rat")
    assert Splitter.learn({"stadtrat": 50}).split("stadtrat") == ()


def test_a_word_seen_once_is_no_part() -> None:
    assert Splitter.learn({"zwiebel": 1}).split("zwiebelkurs") == ()
    assert Splitter.learn({"zwiebel": 2}).split("zwiebelkurs") == ("zwiebel", "kurs")


def test_heads_are_plain_words() -> None:
    assert all(head.isalpha() and head == head.lower() for head in HEADS)
    assert len(set(HEADS)) == len(HEADS)


@given(st.lists(st.sampled_from(["rat", "amt", "stelle", "hilfe", "x"]), max_size=15).map("".join))
def test_parts_never_hold_more_letters_than_the_word(word: str) -> None:
    parts = Splitter().split(word[:60])
    assert len("".join(parts)) <= len(word)
    assert len(parts) != 1
