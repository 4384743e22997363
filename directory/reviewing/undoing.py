"""Takes back what one account did to entries between two moments: with new versions, and no history is lost.

Where somebody else has written since, a person decides. What was deleted comes back from a backup only.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Revision

from directory import listings
from directory.models import Change, Listing, Published, acting
from directory.models.pause import uncounted
from directory.permissions import may_publish_entries

PUBLISHED, TAKEN_OFF = "wagtail.publish", "wagtail.unpublish"
# Acts that leave no version behind: they can be looked at again, not taken back.
UNVERSIONED = frozenset({"wegweiser.confirm", "wegweiser.capacity"})
# Taking part in the review without changing what stands there.
SUBMITTED = "wegweiser.submit"


class Does(StrEnum):
    RESTORE = "restore"  # the version before, public again
    DRAFT = "draft"  # the draft before; the public has seen nothing
    TAKE_OFF = "take_off"  # the account made it public first
    CHECK = "check"  # marked for a check with the organisation
    WITHDRAW = "withdraw"  # submitted only
    LEAVE = "leave"  # somebody else has written since


@dataclass(frozen=True)
class Span:
    account: Any
    start: datetime
    end: datetime

    def has(self, user_id: Any, at: datetime) -> bool:
        return bool(user_id == self.account.pk and self.start <= at <= self.end)


@dataclass(frozen=True)
class Step:
    entry: Any
    does: Does
    public: Revision | None = None  # the version that the public saw before
    draft: Revision | None = None  # the newest one before


def steps(span: Span) -> Iterator[Step]:
    for model in (each for each in apps.get_models() if issubclass(each, Published)):
        for entry in _touched(model, span):
            if step := _step(entry, span):
                yield step


def deleted(span: Span) -> list[Change]:
    names = [model._meta.label_lower for model in apps.get_models() if issubclass(model, Published)]
    rows = Change.objects.filter(by=str(span.account)[:200], action=Change.Action.DELETE, model__in=names)
    return list(rows.filter(at__range=(span.start, span.end)))


def undo(span: Span, *, by: AbstractBaseUser) -> list[Step]:
    """Entry by entry: one that cannot be undone keeps none of the others. Returns what was done."""
    done: list[Step] = []
    for step in steps(span):
        if not may_publish_entries(by, type(step.entry)) or span.account.pk == by.pk:
            raise PermissionDenied(_("Somebody else has to do this."))
        if step.does is not Does.LEAVE:
            _take_back(step, span, by)
            done.append(step)
    return done


@transaction.atomic
def _take_back(step: Step, span: Span, by: AbstractBaseUser) -> None:
    entry: Any = listings.locked(step.entry)
    with acting(by), uncounted():
        if state := entry.current_workflow_state:
            state.cancel(user=by)
        if step.does is Does.RESTORE:
            _publish_again(entry, step.public, by)
        if step.does is Does.TAKE_OFF:
            entry.unpublish(user=by)
        if step.draft is not None and step.draft != step.public:
            _bring_back(entry, step.draft, by)
        if step.does is Does.CHECK and isinstance(entry, Listing):
            listings.ask_to_check(listing=entry, by=by)
    log(instance=entry, action="wegweiser.undo", user=by, data={"of": str(span.account)})


def _publish_again(entry: Any, public: Revision | None, by: AbstractBaseUser) -> None:
    """An entry without versions was taken off as it stood."""
    revision = _bring_back(entry, public, by) if public else entry.save_revision(user=by)
    revision.publish(user=by)
    entry.refresh_from_db()


def _bring_back(entry: Any, revision: Revision, by: AbstractBaseUser) -> Revision:
    before = revision.as_object()
    found: Revision = before.save_revision(user=by, clean=False, log_action=True, previous_revision=revision)
    entry.refresh_from_db()
    return found


# --- what stood there before ----------------------------------------------------------------------------------


def _touched(model: type[Any], span: Span) -> Iterable[Any]:
    of_model = ContentType.objects.get_for_model(model)
    logs = ModelLogEntry.objects.filter(content_type=of_model, user_id=span.account.pk)
    drafts = Revision.objects.filter(base_content_type=of_model, user_id=span.account.pk)
    keys = {
        *logs.filter(timestamp__range=(span.start, span.end)).values_list("object_id", flat=True),
        *drafts.filter(created_at__range=(span.start, span.end)).values_list("object_id", flat=True),
    }
    found: Iterable[Any] = model._default_manager.filter(pk__in=keys).order_by("pk")
    return found


@dataclass(frozen=True)
class _History:
    revisions: list[Revision]
    logs: list[ModelLogEntry]
    span: Span

    @property
    def drafts(self) -> list[Revision]:
        return [each for each in self.revisions if self.span.has(each.user_id, each.created_at)]

    @property
    def acts(self) -> list[ModelLogEntry]:
        return [each for each in self.logs if self.span.has(each.user_id, each.timestamp)]

    @property
    def _moments(self) -> list[datetime]:
        return [*(each.created_at for each in self.drafts), *(each.timestamp for each in self.acts)]

    @property
    def first(self) -> datetime:
        return min(self._moments)

    @property
    def draft_before(self) -> Revision | None:
        """What Wagtail keeps of an entry without versions is written just before the first draft."""
        until = min((each.pk for each in self.drafts), default=None)
        found = [each for each in self.revisions if (each.pk < until if until else each.created_at < self.first)]
        return found[-1] if found else None

    def public_before(self, was_live: bool) -> tuple[bool, Revision | None]:
        told = [
            each for each in self.logs if each.timestamp < self.first and each.action in (PUBLISHED, TAKEN_OFF)
        ]
        if told:
            found = next((each for each in self.revisions if each.pk == told[-1].revision_id), None)
            return told[-1].action == PUBLISHED, found
        if any(each.action == "wagtail.create" for each in self.logs):
            return False, None
        kept = [each for each in self.revisions if each.user_id is None and each.pk < self._first_of_anybody]
        return (True, kept[0]) if kept else (was_live, None)

    @property
    def _first_of_anybody(self) -> int:
        return min((each.pk for each in self.revisions if each.user_id), default=1 << 62)

    def written_since(self) -> bool:
        """By somebody else: a mailed link has no account, so no name at all counts as well."""
        last = max(self._moments)
        later = [each for each in self.revisions if each.created_at > last]
        told = [each for each in self._decided if each.timestamp > last]
        return bool(later or told)

    @property
    def _decided(self) -> list[ModelLogEntry]:
        return [each for each in self.logs if each.action in (PUBLISHED, TAKEN_OFF)]


def _step(entry: Any, span: Span) -> Step | None:
    revisions, logs = entry.revisions.order_by("pk"), ModelLogEntry.objects.for_instance(entry)
    history = _History(list(revisions), list(logs.order_by("timestamp", "pk")), span)
    actions = {each.action for each in history.acts}
    if not history.drafts and not actions & {PUBLISHED, TAKEN_OFF, SUBMITTED, *UNVERSIONED}:
        return None
    if history.written_since():
        return Step(entry, Does.LEAVE)
    draft = history.draft_before
    if actions & {PUBLISHED, TAKEN_OFF}:
        was_public, public = history.public_before(TAKEN_OFF in actions)
        return Step(entry, Does.RESTORE if was_public else Does.TAKE_OFF, public, draft)
    if history.drafts:
        return Step(entry, Does.DRAFT, None, draft)
    return Step(entry, Does.WITHDRAW if SUBMITTED in actions else Does.CHECK)
