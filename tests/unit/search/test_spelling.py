import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.spelling import Speller, bare

SPELLER = Speller(
    {
        "rassismus": 30, "rassistisch": 20, "beratung": 90, "beratungen": 3, "antidiskriminierung": 9,
        "leitung": 4, "führung": 3, "roma": 8, "ayrımcılık": 5, "дискриминация": 7, "τραύμα": 2, "عنصرية": 4,
        "training": 6, "heime": 1, "reime": 5, "opferberatung": 4,
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("rassimus", "rassismus"),  # a letter left out
        ("rasssismus", "rassismus"),  # one too many
        ("rasismus", "rassismus"),  # a doubled letter typed once
        ("romma", "roma"),  # and a single one twice
        ("rassimsus", "rassismus"),  # two letters changed places
        ("rassusmus", "rassismus"),  # another letter
        ("fuhrung", "führung"),  # no umlaut
        ("ayrimcilik", "ayrımcılık"),  # no Turkish keyboard
        ("antidiskremenierung", "antidiskriminierung"),  # two slips in a long word
        ("opferbertaugn", "opferberatung"),
        ("bpferberatung", "opferberatung"),  # a wrong first letter in a long word
        ("дискримнация", "дискриминация"),
        ("τραυμμα", "τραύμα"),
        ("عنصررية", "عنصرية"),
    ],
)
def test_what_people_mistype_is_corrected(typed: str, meant: str) -> None:
    found = SPELLER.correct(typed)
    assert found
    assert (found.word, found.sure) == (meant, True)


@pytest.mark.parametrize("typed", ["zeitung", "meitung", "beratnun"])
def test_what_may_be_another_word_is_offered_only(typed: str) -> None:
    found = SPELLER.correct(typed)
    assert found
    assert not found.sure


@pytest.mark.parametrize(
    "typed", ["rom", "fram", "schwimmbad", "heizung", "keime", "rassismus", "11011", "", "ρόμα"]
)
def test_short_and_distant_and_right_words_are_left_alone(typed: str) -> None:
    assert SPELLER.correct(typed) is None


def test_of_two_that_are_equally_near_the_one_that_is_used_more_is_meant() -> None:
    found = Speller({"beratung": 90, "beratuni": 1}).correct("beratunx")
    assert found
    assert found.word == "beratung"


def test_the_first_letter_decides_between_two() -> None:
    found = Speller({"xeratungen": 99, "beratungen": 1}).correct("beratunge")
    assert found
    assert found.word == "beratungen"


def test_a_doubled_letter_is_taken_back_in_what_looks_like_a_form() -> None:
    assert SPELLER.undoubled("trainning") == "training"
    assert SPELLER.undoubled("training") == ""
    assert SPELLER.undoubled("trainieren") == ""
    assert SPELLER.undoubled("ro") == ""


@pytest.mark.parametrize(("one", "other"), [("Rassismus", "Rasismus"), ("müll", "mul"), ("εννέα", "ενεα")])
def test_doubled_letters_and_marks_make_no_difference(one: str, other: str) -> None:
    assert bare(one.lower()) == bare(other.lower())


@given(st.text(max_size=40))
def test_only_known_words_come_out(typed: str) -> None:
    found = SPELLER.correct(typed)
    assert found is None or (found.word in SPELLER.words and found.word != typed)
