"""A matrix as the page draws it: where fields and names stand. Shapes tell grades apart, not colour alone."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from referrals.coverage.matrix import Grade, Hole, Matrix

STEP, SIZE = 26, 20  # of the fields, in the picture's own units
HEAD, SIDE = 150, 255  # room for the names above and beside them

WORDS: Mapping[Grade, str | Promise] = {
    Grade.SPECIALISED: gettext_lazy("specialised"),
    Grade.GENERAL: gettext_lazy("general"),
    Grade.BEYOND: gettext_lazy("only nationwide"),
    Grade.NOBODY: gettext_lazy("nobody"),
}
SHAPES: Mapping[Grade, str] = {grade: grade.name.lower() for grade in Grade}
SYMBOLS: Mapping[Grade, str] = {
    Grade.SPECIALISED: "●", Grade.GENERAL: "◐", Grade.BEYOND: "○", Grade.NOBODY: "✕",
}  # fmt: skip


@dataclass(frozen=True)
class Field:
    shape: str
    symbol: str
    said: str
    title: str
    x: int
    y: int


@dataclass(frozen=True)
class Line:
    name: str
    y: int
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Column:
    name: str
    x: int


@dataclass(frozen=True)
class Picture:
    slug: str
    heading: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    numbers: tuple[tuple[str, str, int], ...]  # shape, in words, how many fields
    is_mirrored: bool = False  # a page from right to left has its names on the right
    size: int = SIZE
    head: int = HEAD

    @property
    def width(self) -> int:
        return width(len(self.columns))

    @property
    def height(self) -> int:
        return HEAD + len(self.lines) * STEP

    @property
    def names_at(self) -> int:
        return self.width if self.is_mirrored else 0

    @property
    def lean(self) -> int:
        return 55 if self.is_mirrored else -55

    @property
    def summary(self) -> str:
        return "; ".join(f"{words}: {number}" for _shape, words, number in self.numbers)


def width(columns: int) -> int:
    return SIDE + columns * STEP + HEAD // 2  # names above lean outwards


def draw(
    slug: str,
    heading: str,
    matrix: Matrix,
    names: Mapping[str, str],
    concerns: Mapping[str, str],
    *,
    is_mirrored: bool = False,
) -> Picture:
    def across(at: int) -> int:
        x = SIDE + at * STEP
        return width(len(matrix.concerns)) - x - SIZE if is_mirrored else x

    columns = tuple(Column(concerns[each], across(at) + SIZE // 2) for at, each in enumerate(matrix.concerns))
    lines = tuple(
        Line(
            names[key],
            HEAD + down * STEP,
            tuple(
                _field(grade, f"{names[key]} × {columns[at].name}", across(at), HEAD + down * STEP)
                for at, grade in enumerate(grades)
            ),
        )
        for down, (key, grades) in enumerate(matrix.rows.items())
    )
    every = list(matrix.grades())
    numbers = tuple((SHAPES[grade], str(words), every.count(grade)) for grade, words in WORDS.items())
    return Picture(slug, heading, columns, lines, numbers, is_mirrored)


def _field(grade: Grade, name: str, x: int, y: int) -> Field:
    said = str(WORDS[grade])
    return Field(SHAPES[grade], SYMBOLS[grade], said, f"{name}: {said}", x, y)


def in_words(
    hole: Hole, concerns: Mapping[str, str], grounds: Mapping[str, str], languages: Mapping[str, str]
) -> str:
    """ "Nobody for antigypsyism × school in Turkish" """
    said = {
        "ground": grounds.get(hole.ground, ""),
        "language": languages.get(hole.language, ""),
        "concerns": "; ".join(concerns[each] for each in hole.concerns),  # a name may hold commas
    }
    if hole.grade is Grade.BEYOND:
        text = (
            _("Only nationwide for %(ground)s × %(concerns)s")
            if hole.concerns
            else _("Only nationwide for %(ground)s")
        )
    elif hole.ground:
        text = (
            _("Nobody for %(ground)s × %(concerns)s in %(language)s")
            if hole.concerns
            else _("Nobody for %(ground)s in %(language)s")
        )
    elif hole.concerns:
        text = _("Nobody in %(language)s, whatever it was about: %(concerns)s")
    else:
        text = _("Nobody in %(language)s")
    return text % said
