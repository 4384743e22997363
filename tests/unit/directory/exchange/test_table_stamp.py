import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.exchange import table_stamp
from directory.exchange.table_stamp import StampError

NAMES = ("title", "cost", "phone")
CELLS = st.tuples(st.text(), st.text(), st.text()).map(lambda cells: dict(zip(NAMES, cells, strict=True)))


@given(CELLS, CELLS)
def test_it_tells_which_cells_were_touched(before: dict[str, str], after: dict[str, str]) -> None:
    made = table_stamp.read(table_stamp.stamp(before), NAMES)
    assert all(made.is_of(name, cell) for name, cell in before.items())
    assert [made.is_of(name, after[name]) for name in NAMES] == [before[name] == after[name] for name in NAMES]


@given(st.text())
def test_what_somebody_typed_is_refused(text: str) -> None:
    with pytest.raises(StampError):
        table_stamp.read(text, NAMES)


@given(CELLS)
def test_one_of_other_columns_is_refused(cells: dict[str, str]) -> None:
    for names in (NAMES[:2], (*NAMES, "more"), NAMES[::-1]):
        with pytest.raises(StampError):
            table_stamp.read(table_stamp.stamp(cells), names)


@given(CELLS, st.integers(0, 40))
def test_one_that_was_cut_is_refused(cells: dict[str, str], left: int) -> None:
    made = table_stamp.stamp(cells)
    if left < len(made) - 1:
        with pytest.raises(StampError):
            table_stamp.read(made[:left], NAMES)


def test_it_is_short_and_no_formula() -> None:
    made = table_stamp.stamp({f"c{number}": "text" if number < 40 else "" for number in range(110)})
    assert len(made) < 200
    assert not any(letter in made for letter in "=+@;,\n")
