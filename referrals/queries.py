"""The database as the plain data that the engine works on, kept in the process until something changes."""

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from threading import local
from typing import Any

from django.utils import timezone

from directory.models import (
    DIMENSIONS,
    Change,
    CompetenceRow,
    ContactPoint,
    Exclusion,
    Listing,
    Organisation,
    SpokenLanguage,
)
from directory.models.change import Written, last_write_here, uncommitted
from directory.text import translations
from directory.vocabulary import RECHECK_SECONDS, Snapshot, snapshot
from referrals import bodies as plain_bodies
from referrals import competence, deadlines, guide_files
from referrals import guide as plain
from referrals.bodies import Body, Rules
from referrals.dimensions import Facts, UnknownFactError
from referrals.models import AREA_KEYS, Deadline, Guide, Note, Option, Question

GUIDE = "counselling"
_FOLLOWED = [each._meta.label_lower for each in (Listing, Organisation, Guide, Question, Deadline, Note)]


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


class _Unpublished(local):
    """What this thread reads after its own writes, until they are committed or rolled back."""

    writes: tuple[Written, ...] = ()
    state: _State | None = None


_unpublished = _Unpublished()
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


def forget() -> None:
    """Read everything again: for a database that was exchanged under the process."""
    global _remembered
    _remembered, _unpublished.state = None, None


def _state() -> _State:
    global _remembered, _checked_at  # noqa: PLW0603 - one per process, replaced whole
    directory, write_seen, day = snapshot(), last_write_here(), timezone.localdate()
    if writes := uncommitted(_FOLLOWED):
        return _own_state(directory, write_seen, day, writes)
    state = _remembered
    same_here = state and (state.directory is directory) and (state.write_seen, state.day) == (write_seen, day)
    if state and same_here and time.monotonic() - _checked_at < RECHECK_SECONDS:
        return state
    position = Change.public_position()
    if state and same_here and state.position == position:
        _checked_at = time.monotonic()
        return state
    _remembered, _checked_at = _loaded(directory, position, write_seen, day), time.monotonic()
    return _remembered


def _own_state(directory: Snapshot, write_seen: int, day: date, writes: tuple[Written, ...]) -> _State:
    """Nobody else may see it: it could be rolled back."""
    state = _unpublished.state
    if state is None or (_unpublished.writes, state.directory, state.day) != (writes, directory, day):
        state = _loaded(directory, Change.public_position(), write_seen, day)
        _unpublished.state, _unpublished.writes = state, writes
    return state


def _loaded(directory: Snapshot, position: int, write_seen: int, day: date) -> _State:
    return _State(directory, position, write_seen, day, load_bodies(day), load_rules(), load_guide(GUIDE))


def load_bodies(on: date) -> tuple[Body, ...]:
    rows = _by_listing(CompetenceRow.objects.all())
    exclusions = _by_listing(Exclusion.objects.all())
    languages = _by_listing(SpokenLanguage.objects.all())
    contacts = _by_listing(ContactPoint.objects.filter(audience=ContactPoint.Audience.PUBLIC))
    return tuple(
        body_of(each, rows[each.pk], exclusions[each.pk], languages[each.pk], contacts[each.pk])
        for each in Listing.objects.public(on=on).select_related("organisation").order_by("slug")
    )


def body_of(
    listing: Listing,
    rows: Iterable[CompetenceRow],
    exclusions: Iterable[Exclusion],
    languages: Iterable[SpokenLanguage],
    contacts: Sequence[ContactPoint],
) -> Body:
    """Of what is stored, or of a draft; the contacts are those that the public sees."""
    return Body(
        slug=listing.slug,
        name=listing.text_of("title") or listing.slug,
        role=listing.role,
        belongs_to="" if listing.belongs_to == Listing.BelongsTo.NONE else listing.belongs_to,
        belongs_to_area=listing.belongs_to_area,
        rows=tuple(row_of(each) for each in rows),
        exclusions=tuple(exclusion_of(each, listing) for each in exclusions),
        languages=frozenset(each.language for each in languages),
        opening_hours=listing.opening_hours or _hours(contacts),
        reach=frozenset(_reach(listing, contacts)),
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


def conditions_of(row: CompetenceRow | Exclusion) -> dict[str, Any]:
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


def row_of(row: CompetenceRow) -> competence.Row:
    return competence.Row(**conditions_of(row), secondary=row.weight == CompetenceRow.Weight.SECONDARY)


def exclusion_of(row: Exclusion, listing: Listing) -> competence.Exclusion:
    return competence.Exclusion(
        **conditions_of(row),
        strength=row.strength,
        then_go_to=tuple(row.then_go_to),
        reason=translations(row, "reason", of=listing),
    )


def load_rules() -> Rules:
    return Rules(
        deadlines=tuple(deadline_of(each) for each in Deadline.objects.filter(live=True)),
        notes=tuple(note_of(each) for each in Note.objects.filter(live=True)),
    )


def note_of(stored: Note) -> plain_bodies.Note:
    return plain_bodies.Note(
        slug=stored.slug,
        kind=stored.kind,
        heading=translations(stored, "heading"),
        text=translations(stored, "text"),
        applies=_applying(stored.applies),
        sources=tuple(stored.sources),
        check_by=stored.check_by,
    )


def _applying(stored: Mapping[str, Iterable[str]]) -> competence.Conditions:
    needs = {key: frozenset(_codes(value)) for key, value in stored.items() if key not in AREA_KEYS}
    inside, outside = (tuple(stored.get(key, ())) for key in AREA_KEYS)
    return competence.Conditions(needs, inside, outside)


def _codes(value: Any) -> Iterable[str]:
    for each in value if isinstance(value, list) else [value]:
        yield str(each).lower() if isinstance(each, bool) else each  # as facts call them


def deadline_of(stored: Deadline) -> deadlines.Deadline:
    texts = {name: translations(stored, name) for name in ("law", "act", "starts", "only_if", "status")}
    return deadlines.Deadline(
        slug=stored.slug,
        **texts,
        period=stored.period_iso,
        applies=_applying(stored.applies),
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
    found = plain.Guide(slug, assumed=stated_facts(stored.assumed) if stored else {})
    for question in questions:
        found = with_question(found, question_of(question, options[question.pk]))
    return found if found.questions else guide_files.shipped(slug)


def with_question(guide: plain.Guide, question: plain.Question) -> plain.Guide:
    """A question that cannot be asked is left out: a slip of staff must not close the guide."""
    try:
        return plain.Guide(guide.slug, (*guide.questions, question), guide.assumed)
    except ValueError:
        return guide


def question_of(stored: Question, options: Iterable[Option]) -> plain.Question:
    return plain.Question(
        slug=stored.slug,
        dimension=stored.dimension,
        options=tuple(_option(each, stored) for each in options if _is_known(each.facts)),
        text=translations(stored, "text"),
        why=translations(stored, "why"),
        shown_if={slug: frozenset(wanted) for slug, wanted in stored.shown_if.items()},
    )


def _option(stored: Option, question: Question) -> plain.Option:
    return plain.Option(stored.slug, stated_facts(stored.facts), translations(stored, "text", of=question))


def _is_known(facts: Mapping[str, Any]) -> bool:
    try:
        Facts.of(facts)
    except UnknownFactError:
        return False
    return True


def stated_facts(raw: Mapping[str, Any]) -> dict[str, tuple[Any, ...]]:
    """One value may stand without a list, as whether there is danger now."""
    return {name: tuple(value) if isinstance(value, list) else (value,) for name, value in raw.items()}
