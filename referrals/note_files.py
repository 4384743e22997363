"""Shipped notes: TOML files with a list of them each."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from directory.languages import MAIN, SHIPPED
from referrals.bodies import Note
from referrals.competence import Conditions
from referrals.dimensions import Facts

FOLDER = Path(__file__).with_name("notes")
KINDS = ("notice", "tier", "keep")

_slug = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


def shipped() -> tuple[Note, ...]:
    found = tuple(note for path in sorted(FOLDER.glob("*.toml")) for note in read(path))
    if twice := _twice(found):
        raise ValueError(f"{FOLDER}: {twice} stands there twice")
    return found


def read(path: Path) -> tuple[Note, ...]:
    """Raises ValueError, which names the file, for whatever is no list of notes."""
    try:
        found = tuple(_note(each) for each in tomllib.loads(path.read_text(encoding="utf-8"))["note"])
    except KeyError as missing:
        raise ValueError(f"{path}: {missing} is missing") from missing
    except (TypeError, AttributeError, ValueError) as fault:  # also what is wrong with the TOML
        raise ValueError(f"{path}: {fault}") from fault
    if twice := _twice(found):
        raise ValueError(f"{path}: {twice} stands there twice")
    return found


def _note(raw: Mapping[str, Any]) -> Note:
    slug, kind, sources = raw["slug"], raw["kind"], raw["sources"]
    if not (isinstance(slug, str) and _slug.fullmatch(slug)):
        raise ValueError(f"{slug!r} is no slug")
    if kind not in KINDS:
        raise ValueError(f"{slug}: unknown kind {kind!r}")
    if not sources or not all(isinstance(source, str) for source in sources):
        raise ValueError(f"{slug}: no sources")
    return Note(
        slug=slug,
        kind=kind,
        heading=_texts(raw["heading"], slug),
        text=_texts(raw["text"], slug),
        applies=_conditions(raw.get("applies", {})),
        sources=tuple(sources),
        check_by=_day(raw["check_by"], slug),
    )


def _texts(raw: Mapping[str, str], slug: str) -> dict[str, str]:
    texts = {language: text.strip() for language, text in raw.items()}
    if unknown := texts.keys() - set(SHIPPED):
        raise ValueError(f"{slug}: unknown languages {', '.join(sorted(unknown))}")
    if not texts.get(MAIN):
        raise ValueError(f"{slug}: a text is missing in {MAIN}")
    return texts


def _day(raw: Any, slug: str) -> date:
    if type(raw) is not date:  # a datetime is a date, too
        raise ValueError(f"{slug}: {raw!r} is no day")
    return raw


def _conditions(raw: Mapping[str, list[str]]) -> Conditions:
    Facts.of(raw)
    return Conditions({dimension: frozenset(values) for dimension, values in raw.items()})


def _twice(notes: tuple[Note, ...]) -> str:
    slugs = [note.slug for note in notes]
    return next((slug for slug in slugs if slugs.count(slug) > 1), "")
