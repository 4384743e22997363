"""YAML files read by shape, so that every mistake is one error with its file and line."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

import yaml

from directory.opening import is_valid

ZONE = ZoneInfo("Europe/Berlin")
_SLUG = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
# No text may hold what a database cannot: control characters and lone surrogates (YAML escapes can make both).
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_NULL = "tag:yaml.org,2002:null"


class DataError(ValueError):
    """One mistake in the data: "file:line: what is wrong and what to do"."""


@dataclass(frozen=True)
class Reference:
    """A slug that must exist elsewhere: in a vocabulary, or among "areas", "listings" or "deadlines"."""

    kind: str
    slug: str
    where: str


@dataclass(frozen=True)
class Record:
    where: str
    values: Mapping[str, Any]

    def __getitem__(self, key: str) -> Any:
        return self.values[key]

    def get(self, key: str, default: Any = None) -> Any:
        return self.values.get(key, default)


@dataclass
class Sheet:
    """One file while it is read, and what it refers to."""

    name: str
    references: list[Reference] = field(default_factory=list)

    def where(self, node: yaml.Node) -> str:
        return f"{self.name}:{node.start_mark.line + 1}"

    def fail(self, node: yaml.Node, complaint: str) -> NoReturn:
        raise DataError(f"{self.where(node)}: {complaint}")


Shape = Callable[[yaml.Node, Sheet], Any]


def read_sheet(path: Path, folder: Path, shape: Shape) -> tuple[Any, list[Reference]]:
    """What the file holds, by its shape, and the references that somebody has yet to check."""
    sheet = Sheet(path.relative_to(folder).as_posix())
    node = _compose(path, sheet.name)
    return shape(node, sheet), sheet.references


def _compose(path: Path, name: str) -> yaml.Node:
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except OSError as error:
        raise DataError(f"{name}:1: the file cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{name}:1: save the file as UTF-8 ({error.reason})") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise DataError(f"{name}:{line}: no valid YAML: {error.problem or error.context}") from error
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        # Characters that YAML forbids, escapes beyond Unicode, absurdly deep nesting: no line is told.
        raise DataError(f"{name}:1: no valid YAML: {str(error).splitlines()[0]}") from error
    if node is None:
        raise DataError(f"{name}:1: the file is empty: fill it or delete it")
    return node


def _scalar(node: yaml.Node, sheet: Sheet, wanted: str) -> str:
    """The text as it is written: a plain `no` or `05` stays what it is."""
    if not isinstance(node, yaml.ScalarNode):
        sheet.fail(node, f"this must be {wanted}, not a list or a table")
    value = str(node.value).strip()
    if _UNSTORABLE.search(value):
        sheet.fail(node, "this holds a control character: remove it")
    return value


def text(longest: int = 0) -> Shape:
    def shape(node: yaml.Node, sheet: Sheet) -> str:
        value = _scalar(node, sheet, "words")
        if longest and len(value) > longest:
            sheet.fail(node, f"{len(value)} characters are too many: shorten it to {longest}")
        return value

    return shape


def slug(longest: int) -> Shape:
    words = text(longest)

    def shape(node: yaml.Node, sheet: Sheet) -> str:
        value: str = words(node, sheet)
        if not _SLUG.fullmatch(value):
            sheet.fail(node, f"“{value}” is no slug: use small letters, digits, - and _")
        return value

    return shape


def matching(pattern: str, wanted: str) -> Shape:
    def shape(node: yaml.Node, sheet: Sheet) -> str:
        value = _scalar(node, sheet, wanted)
        if not re.fullmatch(pattern, value):
            sheet.fail(node, f"“{value}” is no {wanted}")
        return value

    return shape


language = matching(_LANGUAGE.pattern, "language code such as de, ar or prs")


def one_of(*codes: str) -> Shape:
    def shape(node: yaml.Node, sheet: Sheet) -> str:
        value = _scalar(node, sheet, "a code")
        if value not in codes:
            sheet.fail(node, f"unknown code “{value}”{suggestion(value, codes)}")
        return value

    return shape


def suggestion(value: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(value, known, n=1)
    return f": did you mean “{near[0]}”?" if near else f": use one of {', '.join(known)}"


def reference(kind: str) -> Shape:
    def shape(node: yaml.Node, sheet: Sheet) -> str:
        value = _scalar(node, sheet, "a slug")
        sheet.references.append(Reference(kind, value, sheet.where(node)))
        return value

    return shape


def flag(node: yaml.Node, sheet: Sheet) -> bool:
    value = _scalar(node, sheet, "true or false")
    if value not in ("true", "false"):
        sheet.fail(node, f"“{value}” must be true or false")
    return value == "true"


def day(node: yaml.Node, sheet: Sheet) -> date:
    value = _scalar(node, sheet, "a date")
    try:
        return date.fromisoformat(value)
    except ValueError:
        sheet.fail(node, f"“{value}” is no date: write it as 2026-12-31")


def moment(node: yaml.Node, sheet: Sheet) -> datetime:
    value = _scalar(node, sheet, "a date and time")
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        sheet.fail(node, f"“{value}” is no date and time: write it as 2026-12-31 17:00")
    return found if found.tzinfo else found.replace(tzinfo=ZONE)


def number(node: yaml.Node, sheet: Sheet) -> int:
    value = _scalar(node, sheet, "a number")
    if not re.fullmatch(r"[0-9]{1,4}", value):
        sheet.fail(node, f"“{value}” must be a whole number below 10,000")
    return int(value)


def hours(node: yaml.Node, sheet: Sheet) -> str:
    value = _scalar(node, sheet, "opening hours")
    if not is_valid(value):
        sheet.fail(node, f"“{value}” are no opening hours in OSM syntax: write them like Mo-Fr 09:00-12:00")
    return value


def many(item: Shape) -> Shape:
    def shape(node: yaml.Node, sheet: Sheet) -> list[Any]:
        if not isinstance(node, yaml.SequenceNode):
            sheet.fail(node, "this must be a list: write each entry on a line of its own, after “- ”")
        return [item(entry, sheet) for entry in node.value]

    return shape


def table_of(item: Shape) -> Shape:
    """A table with free keys."""

    def shape(node: yaml.Node, sheet: Sheet) -> dict[str, Any]:
        return {key: item(value, sheet) for key, _node, value in _entries(node, sheet)}

    return shape


def record(fields: Mapping[str, Shape], *, required: tuple[str, ...] = ()) -> Shape:
    """A table with known keys. A key without a value counts as absent."""

    def shape(node: yaml.Node, sheet: Sheet) -> Record:
        values: dict[str, Any] = {}
        for key, key_node, value in _entries(node, sheet):
            if key not in fields:
                sheet.fail(key_node, f"unknown key “{key}”{suggestion(key, tuple(fields))}")
            if value.tag != _NULL:
                values[key] = fields[key](value, sheet)
        for key in required:
            if values.get(key) in (None, ""):
                sheet.fail(node, f"“{key}” is missing: add it")
        return Record(sheet.where(node), values)

    return shape


def _entries(node: yaml.Node, sheet: Sheet) -> list[tuple[str, yaml.Node, yaml.Node]]:
    if not isinstance(node, yaml.MappingNode):
        sheet.fail(node, "this must be a table of “key: value” lines")
    entries = [(_scalar(key, sheet, "a key"), key, value) for key, value in node.value]
    seen: set[str] = set()
    for name, key, _value in entries:
        if name in seen:
            sheet.fail(key, f"the key “{name}” stands here twice: remove one of them")
        seen.add(name)
    return entries
