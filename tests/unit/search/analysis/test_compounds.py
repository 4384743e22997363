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


def test_unless_it_is_so_long_that_it_must_be_a_compound() -> None:
    assert Splitter.learn({"beratungsstelle": 50}).split("beratungsstelle") == ("beratung", "stelle")


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


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("opferberatung", ("opfer", "beratung")),
        ("opferberatungsstellen", ("opfer", "beratung", "stellen")),
        ("knuffelhilfe", ("hilfe",)),  # an unknown word with a known head
        ("knuffelberatungsstelle", ("beratungsstelle", "beratung", "stelle")),
        ("schulamt", ("schul", "amt")),  # the e falls off
    ],
)
def test_a_word_is_found_by_all_that_is_in_it(word: str, parts: tuple[str, ...]) -> None:
    splitter = Splitter.learn({"opfer": 5, "beratungsstelle": 3, "beratung": 9, "stelle": 9})
    assert splitter.parts(word) == parts


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("kontaktieren", {"kontakt": 9, "tiere": 9}),
        ("unterricht", {"richten": 9, "richter": 9, "unter": 9}),
        ("betriebliche", {"betrieb": 9, "liche": 9}),
        ("schweinefleisch", {"schwe": 9, "fleisch": 9}),
        ("zebra", {"zebra": 1}),
        ("bleibeb2b", {"bleibe": 4}),
    ],
)
def test_endings_small_words_and_bare_stems_are_no_parts(word: str, words: dict[str, int]) -> None:
    learnt = Splitter.learn(words)
    assert learnt.split(word) == ()
    assert not set(learnt.parts(word)) - {"fleisch"}


def test_the_words_at_the_front_of_a_long_compound_are_found_too() -> None:
    words = {"beruf": 9, "ausbildung": 9, "programm": 9}
    front = Splitter.learn(words | {"berufsausbildung": 4})
    assert set(front.parts("berufsausbildungsprogramm")) == {*words, "berufsausbildung"}
    back = Splitter.learn(words | {"ausbildungsprogramm": 4})
    assert "ausbildungsprogramm" not in back.parts("berufsausbildungsprogramm")


def test_what_stands_before_a_known_head_is_read_like_a_word() -> None:
    learnt = Splitter.learn({"programm": 9, "hilfe": 9})
    assert learnt.parts("knuffelhilfeprogramm") == ("programm", "hilfe")
    assert learnt.parts("hilfeprogramm") == ("hilfe", "programm")
    assert Splitter.learn({"programm": 9}).parts("knuffelprogramm") == ("programm",)


def test_a_known_word_has_no_other_head() -> None:
    assert Splitter.learn({"gewitter": 3, "witter": 9, "beteiligen": 4, "eiligen": 5}).parts("beteiligen") == ()


def test_a_head_that_is_also_a_small_word_stays_a_part() -> None:
    assert Splitter().split("wohnungssuche") == ("wohnung", "suche")


@given(st.text("abdeinrstulngk", max_size=40))
def test_parts_are_found_in_the_word(word: str) -> None:
    learnt = Splitter.learn({"stand": 4, "rat": 3, "lande": 5, "genug": 3, "bestand": 2})
    assert all(part in word for part in learnt.parts(word))
    assert set(learnt.split(word)) <= set(learnt.parts(word))


def test_a_stem_that_nobody_writes_is_no_part() -> None:
    assert Splitter.learn({"kontakt": 9}).split("kontakhilfe") == ()


def test_only_an_unknown_word_is_found_by_its_end() -> None:
    assert Splitter.learn({"knuffelhilfe": 5}).parts("knuffelhilfe") == ()
