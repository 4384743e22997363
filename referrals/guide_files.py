"""Shipped guides: one TOML file each."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from referrals.guide import Guide, Option, Question

FOLDER = Path(__file__).with_name("guides")


def read(path: Path) -> Guide:
    """Raises ValueError, which names the file, for whatever is no guide."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        questions = tuple(_question(each) for each in raw["question"])
        return Guide(raw["slug"], questions, _facts(raw.get("assumed", {})))
    except KeyError as missing:
        raise ValueError(f"{path}: {missing} is missing") from missing
    except ValueError as fault:  # also what is wrong with the TOML
        raise ValueError(f"{path}: {fault}") from fault


def shipped(slug: str = "counselling") -> Guide:
    return read(FOLDER / f"{slug}.toml")


def _question(raw: Mapping[str, Any]) -> Question:
    return Question(
        slug=raw["slug"],
        dimension=raw["dimension"],
        options=tuple(_option(each) for each in raw["option"]),
        text=raw["text"],
        why=raw["why"],
        shown_if={slug: frozenset(wanted) for slug, wanted in raw.get("shown_if", {}).items()},
    )


def _option(raw: Mapping[str, Any]) -> Option:
    return Option(raw["slug"], _facts(raw["facts"]), raw["text"])


def _facts(raw: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {dimension: tuple(values) for dimension, values in raw.items()}
