"""What is written into a cell is read back, and nothing that people type is more than refused."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.exchange import cells
from directory.exchange.cells import CellError, DateCell, PlaceCell

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
WORD = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1)
LINE = TEXT.map(lambda text: " ".join(text.replace("|", " ").split()))
MOMENT = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001 - made aware here
    lambda at: at.replace(second=0, microsecond=0, tzinfo=UTC)
)


@given(TEXT)
def test_a_guard_is_taken_off_again_and_hides_every_formula(text: str) -> None:
    guarded = cells.guarded(text)
    assert cells.unguarded(guarded) == text
    assert not guarded.startswith(("=", "+", "-", "@", "\t", "\r"))


@given(TEXT)
def test_what_is_compared_is_the_same_compared_again(text: str) -> None:
    once = cells.comparable(text)
    assert cells.comparable(once) == once
    assert cells.comparable(text.replace("\n", "\r\n")) == once or "\r" in text


@given(st.lists(WORD.filter(lambda word: ";" not in word), unique=True))
def test_lists_come_back(words: list[str]) -> None:
    assert cells.listed("; ".join(words)) == words
    assert cells.listed("\n".join(words)) == words


@given(st.lists(TEXT))
def test_lines_hold_one_word_each(words: list[str]) -> None:
    assert len(cells.as_lines(words).split("\n")) <= max(1, len(words))


@given(st.dates())
def test_days_come_back(day: date) -> None:
    assert cells.day(day.isoformat()) == day
    assert cells.day(f"{day.isoformat()} 00:00:00") == day
    if day.year >= 1000:
        assert cells.day(f"{day.day}.{day.month}.{day.year}") == day


@given(TEXT)
def test_no_text_is_more_than_refused(text: str) -> None:
    for read in (cells.day, cells.named_lines, cells.place, cells.date_of, lambda cell: cells.whole(cell, 10)):
        with suppress(CellError):
            read(text)


def test_nothing_is_nothing() -> None:
    assert (cells.day(""), cells.whole("", 9), cells.listed(" ; "), cells.named_lines("\n")) == (
        None,
        None,
        [],
        {},
    )


@pytest.mark.parametrize("text", ["-1", "1.5", "١٢", "1e3", " 1"])
def test_only_plain_numbers(text: str) -> None:
    with pytest.raises(CellError):
        cells.whole(text, 5000)


@given(st.integers(0, 500))
def test_numbers_come_back(number: int) -> None:
    assert cells.whole(str(number), 500) == number


@given(st.dictionaries(WORD.filter(lambda name: not name.endswith(":")), WORD, max_size=5))
def test_named_lines_come_back(found: dict[str, str]) -> None:
    assert cells.named_lines("\n".join(f"{name}: {text}" for name, text in found.items())) == found


def test_a_web_address_is_a_name_too() -> None:
    assert cells.named_lines("https://example.org/: Mo-Fr 09:00-12:00") == {
        "https://example.org/": "Mo-Fr 09:00-12:00"
    }


@given(LINE, LINE, st.sampled_from(["", "hidden", "partial"]))
def test_places_come_back(name: str, address: str, visibility: str) -> None:
    found = PlaceCell(name, address, visibility)
    assert cells.place(cells.place_line(found)) == found


@given(MOMENT, st.none() | st.timedeltas(timedelta(0), timedelta(days=9)), LINE)
def test_dates_come_back(starts: datetime, length: timedelta | None, note: str) -> None:
    ends = (starts + length).replace(second=0, microsecond=0) if length is not None else None
    found = DateCell(starts, ends, "", note)
    # An hour that the clock shows twice cannot be told from itself.
    if starts.month != 10 and (ends is None or ends.month != 10):
        read = cells.date_of(cells.date_line(found))
        assert (read.starts_at, read.ends_at, read.note) == (starts, ends, note)


def test_a_date_that_comes_again() -> None:
    read = cells.date_of("2026-03-03 18:00/2026-03-03 20:00 | FREQ=WEEKLY;BYDAY=TU | im Hof")
    assert (read.recurrence, read.note) == ("FREQ=WEEKLY;BYDAY=TU", "im Hof")
    assert read.starts_at.utcoffset() == timedelta(hours=1)
    assert cells.date_of("2026-07-01T18:00+00:00/").starts_at == datetime(2026, 7, 1, 18, tzinfo=UTC)


@given(st.text("äöüßÄÖÜéèñçıİşğ„“–…αβяж ", min_size=1))
def test_broken_letters_are_seen(text: str) -> None:
    assert not cells.is_broken(text)
    assert cells.is_broken("GrÃ¶ÃŸe")
    assert cells.is_broken(f"{text}\ufffd")


@pytest.mark.parametrize("word", ["für", "Größe", "Über", "Straße", "„Hilfe“", "…"])
def test_every_broken_german_word_is_seen(word: str) -> None:
    assert cells.is_broken(word.encode().decode("cp1252", errors="replace"))
