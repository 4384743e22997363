"""Writes what a plan of a table says: all of it or nothing."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.signal_handlers import disable_reference_index_auto_update

from directory import listings, slugs
from directory.exchange import references, table_columns
from directory.exchange.codebook import Codebook
from directory.exchange.table_columns import ORGANISATION, by_name
from directory.exchange.table_lookup import Scope
from directory.exchange.table_plan import Fate, Plan, Progress, fate
from directory.exchange.table_reading import Planned
from directory.models import Listing, Organisation, acting
from directory.permissions import belongs_to
from directory.reviewing.brakes import refuse_if_stopped
from directory.translatable import draft
from directory.translating import ON_THE_MACHINE
from directory.translation_state import Before, note_changes

STEP = 100


class OvertakenError(Exception):
    """Somebody wrote to one of the entries after the plan was made: nothing was written."""


@dataclass
class Outcome:
    """Slugs."""

    organisations: list[str] = field(default_factory=list)
    published: list[str] = field(default_factory=list)
    drafts: list[str] = field(default_factory=list)
    submitted: list[str] = field(default_factory=list)


def carry_out(plan: Plan, scope: Scope) -> Generator[Progress, None, Outcome]:
    """A plan with mistakes is never carried out. Raises OvertakenError."""
    if not plan.is_right:
        raise ValueError("a plan with mistakes")
    if scope.by is not None:
        refuse_if_stopped(scope.by)
    outcome, codes = Outcome(), Codebook()
    # Of all that is written here only listings refer to anything that Wagtail follows: a test compares.
    with transaction.atomic(), acting(_who(scope)), disable_reference_index_auto_update():
        bodies = _make_organisations(plan, scope, outcome)
        for start in range(0, len(plan.rows), STEP):
            rows = plan.rows[start : start + STEP]
            for row in rows:
                where = _create if fate(row) is Fate.NEW else _change
                getattr(outcome, where(row, scope, codes, bodies)).append(row.slug)
            references.note(slugs=[row.slug for row in rows])
            yield start + len(rows), len(plan.rows)
    return outcome


def _who(scope: Scope) -> str:
    return str(scope.by or ON_THE_MACHINE)


def _make_organisations(plan: Plan, scope: Scope, outcome: Outcome) -> dict[str, Organisation]:
    made: dict[str, Organisation] = {}
    for slug, given in sorted(plan.organisations.items()):
        body = table_columns.organisation_from(slug, given)
        _publish_now(body, scope)
        _insert(body)
        log(instance=body, action="wagtail.create", user=scope.by, data={"by": _who(scope)})
        made[slug] = body
        outcome.organisations.append(slug)
    return made


def _publish_now(entry: Any, scope: Scope) -> bool:
    """A new entry, as long as it has no drafts: what is public is the row itself."""
    entry.live = scope.publish and scope.publishes
    if entry.live:
        entry.first_published_at = entry.last_published_at = timezone.now()
    return bool(entry.live)


def _body(row: Planned, scope: Scope, made: dict[str, Organisation]) -> Organisation:
    if row.organisation not in made:
        bodies: QuerySet[Organisation] = Organisation.objects.all()
        made[row.organisation] = bodies.get(slug=row.organisation)
    return made[row.organisation]


def _create(row: Planned, scope: Scope, codes: Codebook, bodies: dict[str, Organisation]) -> str:
    """How it ended, as the outcome calls it."""
    entry = Listing(slug=row.slug, organisation=_body(row, scope, bodies), live=False)
    if not scope.is_staff and not (scope.by and belongs_to(scope.by, entry.organisation_id)):
        raise PermissionDenied
    _fill(entry, row, scope, codes)
    if scope.may_publish:
        is_public = _publish_now(entry, scope)
        _insert(entry)
        log(instance=entry, action="wagtail.create", user=scope.by, data={"by": _who(scope)})
        return "published" if is_public else "drafts"
    _insert(entry)
    return _hand_in(entry, entry, scope)


def _insert(entry: Organisation | Listing) -> None:
    """The plan has told the slug, so no other is taken."""
    try:
        slugs.insert(entry, entry.save)
    except slugs.TakenError as problem:
        raise OvertakenError from problem


def _change(row: Planned, scope: Scope, codes: Codebook, bodies: dict[str, Organisation]) -> str:
    stored = _locked(row, scope)
    entry = draft(stored)
    _fill(entry, row, scope, codes)
    if row.organisation:
        entry.organisation = _body(row, scope, bodies)
    if not scope.may_publish:
        return _hand_in(stored, entry, scope)
    publishes = scope.publishes and stored.live and not stored.has_unpublished_changes
    # clean=False: the plan has looked at what the table says; the rest is not this table's to mend.
    revision = entry.save_revision(user=scope.by, clean=False)
    log(instance=entry, action="wegweiser.import", user=scope.by, revision=revision, content_changed=True)
    if publishes:
        revision.publish(user=scope.by)
    return "published" if publishes else "drafts"


def _locked(row: Planned, scope: Scope) -> Listing:
    found: Listing | None = scope.entries().select_for_update(of=("self",)).filter(slug=row.slug).first()
    if found is None or found.latest_revision_id != row.seen:
        raise OvertakenError
    return found


def _fill(entry: Listing, row: Planned, scope: Scope, codes: Codebook) -> None:
    before = Before.of(entry)
    for each in row.cells:
        if each.column != ORGANISATION:
            by_name()[each.column].read(each.cell, entry, codes)
    note_changes(entry, before, by=_who(scope))


def _hand_in(stored: Listing, entry: Listing, scope: Scope) -> str:
    """Whoever may not publish submits; the public keeps what it has until somebody approves."""
    if scope.by is None:
        raise PermissionDenied
    try:
        listings.save_draft(draft=entry, seen=stored.latest_revision_id, by=scope.by)
        listings.submit(listing=stored, by=scope.by)
    except (listings.ConflictError, listings.InReviewError) as problem:
        raise OvertakenError from problem
    return "submitted"


def told(outcome: Outcome) -> Iterator[str]:
    """What happened, for people."""
    words = {
        "organisations": _("%(count)d new organisations"),
        "published": _("%(count)d entries published"),
        "drafts": _("%(count)d entries saved as drafts"),
        "submitted": _("%(count)d entries submitted for review"),
    }
    for name, text in words.items():
        if count := len(getattr(outcome, name)):
            yield text % {"count": count}
