"""Who is there for whom: each concern by ground, language and place, as the engine sees it. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from directory.areas import AreaTree
from directory.languages import MAIN
from referrals.bodies import Body
from referrals.competence import Row, Situation, match
from referrals.engine import candidate
from referrals.guide import Guide, read_facts

COUNSELLING = frozenset({"specialised", "general", "mobile_advice"})

Given = Mapping[str, Any]


class Grade(IntEnum):
    """The larger, the better."""

    NOBODY = 0
    BEYOND = 1  # only nationwide
    GENERAL = 2
    SPECIALISED = 3


@dataclass(frozen=True)
class Matrix:
    """Concerns are the columns of all three: there are few, and they fit beside each other on a phone."""

    concerns: tuple[str, ...]
    rows: Mapping[str, tuple[Grade, ...]]

    def grades(self) -> Iterator[Grade]:
        for row in self.rows.values():
            yield from row


@dataclass(frozen=True)
class Hole:
    """Nobody for these concerns with this ground in this language; an empty part is whatever it may be."""

    ground: str = ""
    language: str = ""
    concerns: tuple[str, ...] = ()
    weight: int = 0  # fields that it leaves empty, languages counted by who needs them
    grade: Grade = Grade.NOBODY


@dataclass(frozen=True)
class Coverage:
    by_ground: Matrix
    by_language: Matrix
    by_place: Matrix
    holes: tuple[Hole, ...]


@dataclass(frozen=True)
class Asked:
    """For what the matrix is made; `enabled` are the languages that the site itself speaks."""

    concerns: Mapping[str, Given]
    grounds: Sequence[str]
    languages: Sequence[str]
    places: Sequence[str]
    enabled: frozenset[str] = frozenset()


Graded = Mapping[str, Grade]  # body → how far it is there for one situation


def coverage(bodies: Iterable[Body], guide: Guide, tree: AreaTree, home_area: str, asked: Asked) -> Coverage:
    counselling = {body.slug: body for body in bodies if body.role in COUNSELLING}
    concerns = tuple(asked.concerns)

    def found(concern: str, **said: str) -> Graded:
        given = {**asked.concerns[concern], **{name: (value,) for name, value in said.items()}}
        situation = Situation(read_facts(guide, {}, given, areas=tree.areas), tree, home_area)
        made_for = frozenset({"ground"}) if "ground" in said else frozenset(asked.concerns[concern])
        graded = ((slug, grade(body, situation, made_for)) for slug, body in counselling.items())
        return {slug: each for slug, each in graded if each}

    def row(**said: str) -> tuple[Grade, ...]:
        return tuple(max(found(concern, **said).values(), default=Grade.NOBODY) for concern in concerns)

    plain = [found(concern) for concern in concerns]
    by_pair = {ground: [found(concern, ground=ground) for concern in concerns] for ground in asked.grounds}

    def spoken(graded: Graded, language: str) -> Grade:
        able = (each for slug, each in graded.items() if speaks(counselling[slug], language))
        return max(able, default=Grade.NOBODY)

    best = {
        (ground, code): tuple(spoken(graded, code) for graded in pairs)
        for ground, pairs in by_pair.items()
        for code in asked.languages
    }
    return Coverage(
        by_ground=Matrix(concerns, {ground: best[ground, MAIN] for ground in asked.grounds}),
        by_language=Matrix(
            concerns, {code: tuple(spoken(each, code) for each in plain) for code in asked.languages}
        ),
        by_place=Matrix(concerns, {place: row(place=place) for place in asked.places}),
        holes=tuple(sorted(_holes(asked, best), key=lambda hole: (-hole.weight, hole.language, hole.ground))),
    )


def speaks(body: Body, language: str) -> bool:
    """German goes without saying; another language only where it is recorded. Interpreters do not count."""
    return language == MAIN or language in body.languages


def grade(body: Body, situation: Situation, made_for: frozenset[str]) -> Grade:
    if candidate(body, situation) is None:
        return Grade.NOBODY
    return max((_grade(row, situation, made_for) for row in body.rows), default=Grade.NOBODY)


def _grade(row: Row, situation: Situation, made_for: frozenset[str]) -> Grade:
    found = match(row, situation)
    if found is None or not found.fits:
        return Grade.NOBODY
    if not any(situation.tree.smaller_rank(area) for area in row.areas):
        return Grade.BEYOND
    is_made_for = bool(made_for & set(found.confirmed)) and not row.secondary
    return Grade.SPECIALISED if is_made_for else Grade.GENERAL


def _holes(asked: Asked, best: Mapping[tuple[str, str], tuple[Grade, ...]]) -> Iterator[Hole]:
    """What is missing for every ground is said once, and so is who is missing even in German."""
    every = tuple(asked.concerns)

    def lacking(ground: str, code: str, grade: Grade = Grade.NOBODY) -> set[str]:
        return {concern for concern, found in zip(every, best[ground, code], strict=True) if found is grade}

    for code in asked.languages:
        weight = _weight(asked, code)
        always = set(every).intersection(*(lacking(ground, code) for ground in asked.grounds))
        if always:
            yield Hole("", code, _listed(always, every), weight * len(always) * len(asked.grounds))
        for ground in asked.grounds:
            said = always | (lacking(ground, MAIN) if code != MAIN else set())
            if left := lacking(ground, code) - said:
                yield Hole(ground, code, _listed(left, every), weight * len(left))
    for ground in asked.grounds:
        if left := lacking(ground, MAIN, Grade.BEYOND):
            yield Hole(ground, "", _listed(left, every), len(asked.languages) * len(left), Grade.BEYOND)


def _listed(concerns: set[str], every: tuple[str, ...]) -> tuple[str, ...]:
    return () if concerns == set(every) else tuple(each for each in every if each in concerns)


def _weight(asked: Asked, language: str) -> int:
    """Nobody even in German is nobody in any language; who can read the site expects to be spoken to."""
    if language == MAIN:
        return 2 * len(asked.languages)
    return 2 if language in asked.enabled else 1
