from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.demo import sheets
from wegweiser.demo.sheets import DataError, Record, Reference, Shape, Sheet


def node(text: str) -> yaml.Node:
    found = yaml.compose(text, Loader=yaml.SafeLoader)
    assert found is not None
    return found


def read(shape: Shape, text: str) -> Any:
    return shape(node(text), Sheet("sheet.yaml"))


def complaint(shape: Shape, text: str) -> str:
    with pytest.raises(DataError) as caught:
        read(shape, text)
    return str(caught.value)


@pytest.mark.parametrize(
    ("shape", "text", "value"),
    [
        (sheets.text(), "no", "no"),
        (sheets.text(), "05", "05"),
        (sheets.text(), "2026-01-31", "2026-01-31"),
        (sheets.text(), "'  padded '", "padded"),
        (sheets.text(), "|\n  two\n  lines\n", "two\nlines"),
        (sheets.text(), ">-\n  one\n  line\n", "one line"),
        (sheets.text(3), "äöü", "äöü"),
        (sheets.text(), "'يينا'", "يينا"),
        (sheets.slug(9), "a-b_c1", "a-b_c1"),
        (sheets.one_of("yes", "no"), "no", "no"),
        (sheets.flag, "true", True),
        (sheets.flag, "false", False),
        (sheets.number, "0", 0),
        (sheets.number, "0012", 12),
        (sheets.day, "2028-02-29", date(2028, 2, 29)),
        (sheets.moment, "2026-07-01 17:00", datetime(2026, 7, 1, 17, tzinfo=sheets.ZONE)),
        (sheets.hours, "24/7", "24/7"),
        (sheets.hours, "Mo-Th 09:00-12:00,13:00-16:00; PH off", "Mo-Th 09:00-12:00,13:00-16:00; PH off"),
        (sheets.language, "ar", "ar"),
        (sheets.language, "de-simple", "de-simple"),
        (sheets.language, "prs", "prs"),
        (sheets.many(sheets.number), "[]", []),
        (sheets.many(sheets.number), "- 1\n- 2\n", [1, 2]),
        (sheets.table_of(sheets.number), "{}", {}),
        (sheets.table_of(sheets.number), "a: 1\nb: 2\n", {"a": 1, "b": 2}),
    ],
)
def test_a_right_value_is_read(shape: Shape, text: str, value: object) -> None:
    assert read(shape, text) == value


@pytest.mark.parametrize(
    ("shape", "text", "words"),
    [
        (sheets.text(), "[a]", "must be words"),
        (sheets.text(), "a: b", "must be words"),
        (sheets.text(2), "äöü", "3 characters are too many: shorten it to 2"),
        (sheets.text(), '"\\x07"', "control character"),
        (sheets.text(), '"\\udfff"', "control character"),
        (sheets.slug(9), "Ab", "no slug"),
        (sheets.slug(9), "-a", "no slug"),
        (sheets.slug(9), "a--b", "no slug"),
        (sheets.slug(2), "abc", "too many"),
        (sheets.one_of("yes", "no"), "ja", "unknown code “ja”: use one of yes, no"),
        (sheets.one_of("yes", "no"), "yess", "did you mean “yes”?"),
        (sheets.flag, "yes", "must be true or false"),
        (sheets.flag, "True", "must be true or false"),
        (sheets.number, "12345", "below 10,000"),
        (sheets.number, "1.5", "whole number"),
        (sheets.day, "2027-02-29", "no date"),
        (sheets.day, "20270101x", "no date"),
        (sheets.moment, "17:00", "no date and time"),
        (sheets.hours, "Mo-Fr 9 bis 12", "OSM syntax"),
        (sheets.hours, "''", "OSM syntax"),
        (sheets.language, "German", "no language code"),
        (sheets.language, "deutsch-1", "no language code"),
        (sheets.matching("[0-9]{5}", "postcode"), "4021", "“4021” is no postcode"),
        (sheets.many(sheets.number), "1", "must be a list"),
        (sheets.many(sheets.number), "a: 1", "must be a list"),
        (sheets.table_of(sheets.number), "- 1", "must be a table"),
        (sheets.table_of(sheets.number), "{a: 1, a: 2}", "“a” stands here twice"),
        (sheets.table_of(sheets.number), "? [a]\n: 1\n", "must be a key"),
    ],
)
def test_a_wrong_value_is_told(shape: Shape, text: str, words: str) -> None:
    assert words in complaint(shape, text)


def test_the_line_of_the_entry_is_told() -> None:
    assert complaint(sheets.many(sheets.number), "- 1\n- 2\n- x\n").startswith("sheet.yaml:3: ")


def test_a_reference_is_kept_with_its_place() -> None:
    sheet = Sheet("sheet.yaml")
    shape = sheets.many(sheets.reference("grounds"))
    assert shape(node("- racism\n- age\n"), sheet) == ["racism", "age"]
    assert sheet.references == [
        Reference("grounds", "racism", "sheet.yaml:1"),
        Reference("grounds", "age", "sheet.yaml:2"),
    ]


ROOM = sheets.record({"name": sheets.text(), "seats": sheets.number}, required=("name",))


def test_a_record_reads_each_key_by_its_shape() -> None:
    room = read(ROOM, "# a room\nname: Saal\nseats: 30\n")
    assert (room["name"], room.get("seats"), room.where) == ("Saal", 30, "sheet.yaml:2")


def test_a_key_without_value_is_absent() -> None:
    room = read(ROOM, "name: Saal\nseats:\n")
    assert "seats" not in room.values
    assert room.get("seats", 7) == 7


def test_records_compare_by_their_content() -> None:
    assert read(ROOM, "name: Saal") == Record("sheet.yaml:1", {"name": "Saal"})


@pytest.mark.parametrize("text", ["seats: 3", "name:\nseats: 3", "name: ''"])
def test_a_required_key_must_have_a_value(text: str) -> None:
    assert complaint(ROOM, text) == "sheet.yaml:1: “name” is missing: add it"


def test_an_unknown_key_is_told_with_the_nearest_one() -> None:
    assert complaint(ROOM, "name: Saal\nseat: 3") == ("sheet.yaml:2: unknown key “seat”: did you mean “seats”?")


@given(st.integers(0, 9999))
def test_every_small_number_is_read(value: int) -> None:
    assert read(sheets.number, str(value)) == value


@given(st.dates())
def test_every_date_is_read(value: date) -> None:
    assert read(sheets.day, f"'{value.isoformat()}'") == value


WRITABLE = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff"), max_size=60)


@given(WRITABLE)
def test_any_text_that_yaml_writes_is_read_back(words: str) -> None:
    written = yaml.safe_dump({"words": words}, allow_unicode=True)
    assert read(sheets.table_of(sheets.text()), written) == {"words": words.strip()}


@given(st.text(max_size=40))
def test_any_scalar_is_a_value_or_one_complaint(words: str) -> None:
    scalar = yaml.ScalarNode("tag:yaml.org,2002:str", words, start_mark=node("x").start_mark)
    shapes = [sheets.text(5), sheets.slug(5), sheets.flag, sheets.number, sheets.day, sheets.moment]
    for shape in (*shapes, sheets.hours, sheets.language, sheets.one_of("a", "b")):
        try:
            shape(scalar, Sheet("sheet.yaml"))
        except DataError as error:
            told = str(error)
        else:
            continue
        assert told.startswith("sheet.yaml:1: ")


def test_a_folder_in_place_of_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "sheet.yaml").mkdir()
    with pytest.raises(DataError, match=r"sheet\.yaml:1: the file cannot be read"):
        sheets.read_sheet(tmp_path / "sheet.yaml", tmp_path, ROOM)
