import pytest
from django.utils import translation

from referrals.coverage.matrix import Grade, Hole, Matrix
from referrals.coverage.picture import SHAPES, SYMBOLS, Picture, draw, in_words

MATRIX = Matrix(
    ("school", "work"),
    {"racism": (Grade.SPECIALISED, Grade.NOBODY), "age": (Grade.GENERAL, Grade.BEYOND)},
)
NAMES = {"racism": "Racism", "age": "Age"}
CONCERNS = {"school": "School", "work": "Street, shop"}


def picture(*, is_mirrored: bool = False) -> Picture:
    with translation.override("en"):
        return draw("grounds", "By ground", MATRIX, NAMES, CONCERNS, is_mirrored=is_mirrored)


def test_every_field_says_what_it_is() -> None:
    titles = [field.title for line in picture().lines for field in line.fields]
    assert titles == [
        "Racism × School: specialised",
        "Racism × Street, shop: nobody",
        "Age × School: general",
        "Age × Street, shop: only nationwide",
    ]


def test_grades_differ_in_shape_and_symbol() -> None:
    assert len(set(SHAPES.values())) == len(set(SYMBOLS.values())) == len(Grade)


def test_the_numbers_are_those_of_the_fields() -> None:
    assert {shape: number for shape, _words, number in picture().numbers} == {
        "specialised": 1,
        "general": 1,
        "beyond": 1,
        "nobody": 1,
    }
    assert picture().summary == "specialised: 1; general: 1; only nationwide: 1; nobody: 1"


@pytest.mark.parametrize("is_mirrored", [False, True])
def test_nothing_lies_outside_or_over_another(*, is_mirrored: bool) -> None:
    found = picture(is_mirrored=is_mirrored)
    fields = [(field.x, field.y) for line in found.lines for field in line.fields]
    assert len(set(fields)) == 4
    assert all(0 <= x <= found.width - found.size and 0 <= y <= found.height - found.size for x, y in fields)


def test_from_right_to_left_the_first_column_is_the_rightmost() -> None:
    forth, back = picture(), picture(is_mirrored=True)
    assert [column.x for column in forth.columns] == sorted(column.x for column in forth.columns)
    assert [column.x for column in back.columns] == sorted((each.x for each in back.columns), reverse=True)
    assert (forth.names_at, back.names_at) == (0, back.width)
    assert forth.lean == -back.lean


@pytest.mark.parametrize(
    ("hole", "said"),
    [
        (Hole("age", "tr", ("school",)), "Nobody for Age × School in Turkish"),
        (Hole("age", "tr", ("school", "work")), "Nobody for Age × School; Street, shop in Turkish"),
        (Hole("age", "tr"), "Nobody for Age in Turkish"),
        (Hole("", "tr", ("work",)), "Nobody in Turkish, whatever it was about: Street, shop"),
        (Hole("", "tr"), "Nobody in Turkish"),
        (Hole("age", "", ("school",), 1, Grade.BEYOND), "Only nationwide for Age × School"),
        (Hole("age", grade=Grade.BEYOND), "Only nationwide for Age"),
    ],
)
def test_a_hole_in_words(hole: Hole, said: str) -> None:
    with translation.override("en"):
        assert in_words(hole, CONCERNS, NAMES, {"tr": "Turkish"}) == said
