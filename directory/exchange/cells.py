"""What stands in one cell of a table, as text: written for people, and read however they wrote it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from directory import recurrence as repeating
from directory.opening import ZONE
from directory.translatable import NOT_IN_XML

# A spreadsheet runs a cell that begins like this as a formula (OWASP, CSV injection).
_NEEDS_GUARD = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_LIST = re.compile(r"[;\n]")
_GERMAN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_DAY = re.compile(r"\d{4}-\d\d-\d\d([T ]00:00(:00)?)?")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?)")
# UTF-8 that was read as Windows-1252 and saved again: ü has become Ã¼, and ‘ has become â€˜.
_BROKEN = re.compile(r"\ufffd|Ã[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192]|â€[\u0080-\u2122]")
NO_END = ""
TOO_LONG = "[…]"  # stands for a text that no cell can hold, and changes nothing


class CellError(Exception):
    """With words for people."""


@dataclass(frozen=True)
class DateCell:
    starts_at: datetime
    ends_at: datetime | None
    recurrence: str = ""
    note: str = ""


@dataclass(frozen=True)
class PlaceCell:
    name: str
    address: str
    visibility: str = ""


def comparable(text: str) -> str:
    """Without what a spreadsheet does not keep: control characters, other ends of lines, space at the ends."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.strip() for line in NOT_IN_XML.sub("", plain).split("\n")).strip()


def guarded(cell: str) -> str:
    return f"'{cell}" if _NEEDS_GUARD.match(cell) else cell


def unguarded(cell: str) -> str:
    return cell[1:] if _GUARDED.match(cell) else cell


def is_broken(text: str) -> bool:
    return bool(_BROKEN.search(text))


def listed(cell: str) -> list[str]:
    """By semicolons or lines; each once."""
    return list(dict.fromkeys(word.strip() for word in _LIST.split(cell) if word.strip()))


def lined(cell: str) -> list[str]:
    return [line.strip() for line in cell.splitlines() if line.strip()]


def as_lines(words: Iterable[str]) -> str:
    return "\n".join(filter(None, (" ".join(word.split("\n")).strip() for word in words)))


def day(cell: str) -> date | None:
    if not cell:
        return None
    if german := _GERMAN_DATE.fullmatch(cell):
        cell = f"{german[3]}-{int(german[2]):02}-{int(german[1]):02}"
    if not _DAY.fullmatch(cell):
        raise CellError(_("This is not a date. Write it like 2026-12-31 or 31.12.2026."))
    try:
        return date.fromisoformat(cell[:10])
    except ValueError as problem:
        raise CellError(_("This day does not exist.")) from problem


def whole(cell: str, most: int) -> int | None:
    if not cell:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", cell):
        raise CellError(_("This is not a whole number."))
    if int(cell) > most:
        raise CellError(_("This number is too large: %(most)d at most.") % {"most": most})
    return int(cell)


def named_lines(cell: str) -> dict[str, str]:
    """`name: text`, one per line. A name may hold a colon, as a web address does, but never `: `."""
    found: dict[str, str] = {}
    for line in lined(cell):
        name, colon, text = line.partition(": ")
        if not colon or not name.strip() or not text.strip():
            raise CellError(_("“%(line)s” has no name before a colon. Write “name: text”.") % {"line": line})
        found[name.strip()] = text.strip()
    return found


def place(line: str) -> PlaceCell:
    """`address`, `name | address` or `name | address | hidden`."""
    parts = [part.strip() for part in line.split("|")]
    if len(parts) > 3:
        raise CellError(_("“%(line)s” has too many parts. Write “name | address”.") % {"line": line})
    if len(parts) == 1:
        return PlaceCell("", parts[0])
    return PlaceCell(*parts)


def place_line(found: PlaceCell) -> str:
    name, address = (" ".join(part.replace("|", "/").split()) for part in (found.name, found.address))
    parts = [name, address, *([found.visibility] if found.visibility else [])]
    return address if len(parts) == 2 and not name else " | ".join(parts).strip()


def date_line(found: DateCell) -> str:
    """`start/end`, then what comes again and the note, where there are any."""
    moments = f"{_moment(found.starts_at)}/{_moment(found.ends_at) if found.ends_at else NO_END}"
    rest = [found.recurrence, " ".join(found.note.replace("|", "/").split())]
    while rest and not rest[-1]:
        rest.pop()
    return " | ".join((moments, *rest))


def date_of(line: str) -> DateCell:
    parts = [part.strip() for part in line.split("|")]
    begin, _slash, end = parts[0].partition("/")
    starts, ends = _read_moment(begin), _read_moment(end) if end.strip() else None
    recurrence, note = (*parts[1:3], "", "")[:2]
    if len(parts) > 3:
        raise CellError(_("“%(line)s” has too many parts.") % {"line": line})
    if ends and ends < starts:
        raise CellError(_("“%(line)s” ends before it begins.") % {"line": line})
    if recurrence and not repeating.is_valid(recurrence):
        raise CellError(_("“%(rule)s” is no rule for what comes again (RRULE).") % {"rule": recurrence})
    return DateCell(starts, ends, recurrence, note)


def _moment(at: datetime) -> str:
    return at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")


def _read_moment(text: str, zone: ZoneInfo = ZONE) -> datetime:
    found = _MOMENT.fullmatch(text.strip())
    try:
        if found is None:
            raise ValueError
        moment = datetime.fromisoformat(f"{found[1]}T{found[2]}")
    except ValueError as problem:
        words = _("“%(text)s” is no day and time. Write it like 2026-03-01 18:00/2026-03-01 20:00.")
        raise CellError(words % {"text": text.strip()}) from problem
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def words_of(problem: ValidationError) -> str:
    return " ".join(str(message) for message in problem.messages)
