"""The database as the plain data that the engine works on, kept in the process until something changes."""

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from directory.models import DIMENSIONS, Change, CompetenceRow, ContactPoint, Exclusion, Listing, SpokenLanguage
from directory.models.change import last_write_here
from directory.text import translations
from directory.vocabulary import RECHECK_SECONDS, Snapshot, snapshot
from referrals import competence, deadlines, guide_files
from referrals import guide as plain
from referrals.bodies import Body, Rules
from referrals.dimensions import Facts, UnknownFactError
from referrals.models import AREA_KEYS, Deadline, Guide, Option, Question

GUIDE = "counselling"


@dataclass(frozen=True)
class _State:
    """What the database held when `position` was its newest change; `directory` is what was remembered then."""

    directory: Snapshot
    position: int
    write_seen: int
    day: date
    bodies: tuple[Body, ...]
    rules: Rules
    guide: plain.Guide


_remembered: _State | None = None
_checked_at = 0.0


def bodies() -> tuple[Body, ...]:
    """All public listings of today."""
    return _state().bodies


def rules() -> Rules:
    return _state().rules


def guide() -> plain.Guide:
    """As staff edited it; the shipped one where no guide was loaded. What cannot be asked is left out."""
    return _state().guide


def _state() -> _State:
    global _remembered, _checked_at  # noqa: PLW0603 - one per process, replaced whole
    directory, write_seen, day = snapshot(), last_write_here(), timezone.localdate()
    state = _remembered
    same_here = state and (state.directory is directory) and (state.write_seen, state.day) == (write_seen, day)
    if state and same_here and time.monotonic() - _checked_at < RECHECK_SECONDS:
        return state
    position = Change.position()
    if state and same_here and state.position == position:
        _checked_at = time.monotonic()
        return state
    found = (load_bodies(day), load_rules(), load_guide(GUIDE))
    _remembered, _checked_at = _State(directory, position, write_seen, day, *found), time.monotonic()
    return _remembered


def load_bodies(on: date) -> tuple[Body, ...]:
    rows = _by_listing(CompetenceRow.objects.all())
    exclusions = _by_listing(Exclusion.objects.all())
    languages = _by_listing(SpokenLanguage.objects.all())
    contacts = _by_listing(ContactPoint.objects.filter(audience=ContactPoint.Audience.PUBLIC))
    return tuple(
        Body(
            slug=listing.slug,
            name=listing.text_of("title") or listing.slug,
            role=listing.role,
            belongs_to="" if listing.belongs_to == Listing.BelongsTo.NONE else listing.belongs_to,
            belongs_to_area=listing.belongs_to_area,
            rows=tuple(_row(each) for each in rows[listing.pk]),
            exclusions=tuple(_exclusion(each) for each in exclusions[listing.pk]),
            languages=frozenset(each.language for each in languages[listing.pk]),
            opening_hours=listing.opening_hours or _hours(contacts[listing.pk]),
            reach=frozenset(_reach(listing, contacts[listing.pk])),
        )
        for listing in Listing.objects.public(on=on).select_related("organisation").order_by("slug")
    )


def _by_listing(children: Iterable[Any]) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for child in children:
        found[child.listing_id].append(child)
    return found


def _reach(listing: Listing, contacts: Iterable[ContactPoint]) -> Iterable[str]:
    yield from (contact.kind for contact in contacts)
    if listing.organisation.website:
        yield ContactPoint.Kind.WEBSITE.value


def _hours(contacts: Iterable[ContactPoint]) -> str:
    """Those of the first phone number that has any."""
    numbers = (contact for contact in contacts if contact.kind == ContactPoint.Kind.PHONE)
    return next((number.opening_hours for number in numbers if number.opening_hours), "")


def _conditions(row: CompetenceRow | Exclusion) -> dict[str, Any]:
    needs = {name: frozenset(values) for name in DIMENSIONS if (values := getattr(row, name))}
    if row.danger_now is not None:
        needs["danger_now"] = frozenset({"true" if row.danger_now else "false"})
    return {
        "needs": needs,
        "areas": tuple(row.areas),
        "outside_areas": tuple(row.outside_areas),
        "basis": frozenset(row.area_basis),
        "unsettled": tuple(row.unknown),
    }


def _row(row: CompetenceRow) -> competence.Row:
    return competence.Row(**_conditions(row), secondary=row.weight == CompetenceRow.Weight.SECONDARY)


def _exclusion(row: Exclusion) -> competence.Exclusion:
    return competence.Exclusion(
        **_conditions(row),
        strength=row.strength,
        then_go_to=tuple(row.then_go_to),
        reason=translations(row, "reason"),
    )


def load_rules() -> Rules:
    return Rules(deadlines=tuple(_deadline(each) for each in Deadline.objects.filter(live=True)))


def _deadline(stored: Deadline) -> deadlines.Deadline:
    texts = {name: translations(stored, name) for name in ("law", "act", "starts", "only_if", "status")}
    needs = {key: frozenset(values) for key, values in stored.applies.items() if key not in AREA_KEYS}
    inside, outside = (tuple(stored.applies.get(key, ())) for key in AREA_KEYS)
    return deadlines.Deadline(
        slug=stored.slug,
        **texts,
        period=stored.period_iso,
        applies=competence.Conditions(needs, inside, outside),
        unless_ground=frozenset(stored.unless_ground),
        follows=stored.follows,
        written_required=stored.written_required,
        sources=tuple(stored.sources),
        valid_from=stored.valid_from,
        check_by=stored.check_by,
    )


def load_guide(slug: str) -> plain.Guide:
    stored = Guide.objects.filter(slug=slug).first()
    questions = Question.objects.filter(guide=stored, live=True) if stored else []
    options: dict[int, list[Option]] = defaultdict(list)
    for option in Option.objects.filter(question__in=[question.pk for question in questions]):
        options[option.question_id].append(option)
    found = plain.Guide(slug, assumed=_facts(stored.assumed) if stored else {})
    for question in questions:
        found = _with(found, _question(question, options[question.pk]))
    return found if found.questions else guide_files.shipped(slug)


def _with(guide: plain.Guide, question: plain.Question) -> plain.Guide:
    """A question that cannot be asked is left out: a slip of staff must not close the guide."""
    try:
        return plain.Guide(guide.slug, (*guide.questions, question), guide.assumed)
    except ValueError:
        return guide


def _question(stored: Question, options: Iterable[Option]) -> plain.Question:
    return plain.Question(
        slug=stored.slug,
        dimension=stored.dimension,
        options=tuple(_option(each) for each in options if _is_known(each.facts)),
        text=translations(stored, "text"),
        why=translations(stored, "why"),
        shown_if={slug: frozenset(wanted) for slug, wanted in stored.shown_if.items()},
    )


def _option(stored: Option) -> plain.Option:
    return plain.Option(stored.slug, _facts(stored.facts), translations(stored, "text"))


def _is_known(facts: Mapping[str, Any]) -> bool:
    try:
        Facts.of(facts)
    except UnknownFactError:
        return False
    return True


def _facts(raw: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {dimension: tuple(values) for dimension, values in raw.items()}
