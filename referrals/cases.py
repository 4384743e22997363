"""Referral cases of a file: what is stated, and what the result must and must not show."""

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import yaml

from directory.languages import MAIN
from referrals.dimensions import Facts, UnknownFactError, shipped

_story = f"story_{MAIN}"
LISTS = ("expect_first", "must_not_be_first", "must_show", "must_not_show")
_places = ("place", "residence")
_clock = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(:[0-5]\d)?")


class CaseError(ValueError):
    """Says the file, the line and what is wrong there."""


@dataclass(frozen=True)
class Case:
    id: str
    facts: Facts
    site_area: str = ""
    open_at: str | None = None
    expect_first: tuple[str, ...] = ()
    must_not_be_first: tuple[str, ...] = ()
    must_show: tuple[str, ...] = ()
    must_not_show: tuple[str, ...] = ()
    title: str = ""
    stated: Mapping[str, Any] = field(default_factory=dict)  # the facts as they were written
    source: str = ""
    note: str = ""


def read(path: Path, *, areas: Container[str] = ()) -> tuple[Case, ...]:
    """Cases are a list, or the list under `vignettes` or `cases`. Raises CaseError."""
    reader = _Reader(path, areas)
    cases = tuple(reader.case(node) for node in reader.entries(reader.compose()))
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise CaseError(f"{path}: two cases have the id {case.id!r}")
        seen.add(case.id)
    return cases


@dataclass(frozen=True)
class _Reader:
    path: Path
    areas: Container[str]

    def fail(self, node: yaml.Node | None, complaint: str) -> NoReturn:
        line = node.start_mark.line + 1 if node else 1
        raise CaseError(f"{self.path}:{line}: {complaint}")

    def compose(self) -> yaml.Node:
        try:
            node = yaml.compose(self.path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
        except (OSError, UnicodeDecodeError) as error:
            raise CaseError(f"{self.path}:1: the file cannot be read: {error}") from error
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise CaseError(f"{self.path}:{line}: no valid YAML: {error.problem}") from error
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            raise CaseError(f"{self.path}:1: no valid YAML: {str(error).splitlines()[0]}") from error
        if node is None:
            self.fail(None, "the file is empty")
        return node

    def entries(self, node: yaml.Node) -> Iterable[yaml.Node]:
        if isinstance(node, yaml.MappingNode):
            table = self.table(node)
            node = table.get("vignettes") or table.get("cases") or node
        if not isinstance(node, yaml.SequenceNode):
            self.fail(node, "this must be a list of cases, or hold one under vignettes")
        return tuple(node.value)

    def table(self, node: yaml.Node | None) -> Mapping[str, yaml.Node]:
        if node is None:
            return {}
        if not isinstance(node, yaml.MappingNode):
            self.fail(node, "this must be a table")
        return {self.text(key): value for key, value in node.value}

    def case(self, node: yaml.Node) -> Case:
        table = self.table(node)
        if "id" not in table or not self.text(table["id"]):
            self.fail(node, "a case needs an id")
        context = self.table(table.get("context"))
        stated = self.table(table.get("facts"))
        return Case(
            id=self.text(table["id"]),
            facts=self.facts(stated, table.get("facts")),
            stated=_by_own_names({key: _value(value) for key, value in stated.items()}, self.areas),
            title=_remark(table, "title", _story),
            source=_remark(table, "source"),
            note=_remark(table, "note"),
            site_area=self.area(context["site_area"]) if "site_area" in context else "",
            open_at=self.clock(table["open_at"]) if "open_at" in table else None,
            **{name: self.words(table[name]) for name in LISTS if name in table},
        )

    def text(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode):
            self.fail(node, "this must be a word")
        return str(node.value).strip()

    def words(self, node: yaml.Node) -> tuple[str, ...]:
        if not isinstance(node, yaml.SequenceNode):
            self.fail(node, "this must be a list")
        return tuple(self.text(each) for each in node.value)

    def clock(self, node: yaml.Node) -> str | None:
        """As written: YAML would read 22:30 as the number 1350."""
        written = self.text(node)
        if written in ("", "null", "~"):
            return None
        found = _clock.fullmatch(written)
        if not found:
            self.fail(node, f"{written!r} is no time such as 03:00")
        return f"{found[1]:0>2}:{found[2]}"

    def area(self, node: yaml.Node) -> str:
        try:
            return shipped().area("site_area", self.text(node), self.areas)
        except UnknownFactError as unknown:
            self.fail(node, str(unknown))

    def facts(self, stated: Mapping[str, yaml.Node], node: yaml.Node | None) -> Facts:
        raw = {key: _value(value) for key, value in stated.items()}
        try:
            return Facts.of(raw, areas=self.areas)
        except UnknownFactError as unknown:
            self.fail(stated.get(unknown.dimension, node), str(unknown))


def _remark(table: Mapping[str, yaml.Node], *names: str) -> str:
    """What is only for people: in whatever shape, it must not keep a case from being read."""
    found = (table[name] for name in names if name in table)
    return next((str(node.value).strip() for node in found if isinstance(node, yaml.ScalarNode)), "")


def _by_own_names(raw: Mapping[str, Any], areas: Container[str]) -> Mapping[str, Any]:
    """Known facts with the names that the dimensions have themselves, for whoever stores them."""
    dimensions = shipped()
    named = {dimensions.name(key): value for key, value in raw.items() if value not in (None, "", [])}
    for key, value in named.items():
        if key in dimensions.values and key != "danger_now":
            named[key] = sorted(dimensions.codes(key, value))
        elif key in _places:
            named[key] = dimensions.area(key, value[0] if isinstance(value, list) else value, areas)
    return named


def _value(node: yaml.Node) -> Any:
    """Words, whole numbers, yes and no; whatever else YAML makes of a text (a date, a time) stays that text."""
    if not isinstance(node, yaml.ScalarNode):
        return [_value(each) for each in node.value] if isinstance(node, yaml.SequenceNode) else {}
    match node.tag.rpartition(":")[2], node.value.lower():
        case "bool", written:
            return written in ("true", "yes", "on")
        case "null", _:
            return None
        case "int", written if written.isdecimal():
            return int(written)
    return node.value
