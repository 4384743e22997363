"""What staff and organisations do with a listing: one verb, one transaction, one row of the change log."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision

from directory.drafts import write_through
from directory.models import Contact, Listing, Proposal, Published, acting
from directory.permissions import (
    Actor,
    account,
    may_confirm,
    may_edit,
    may_publish,
    may_publish_entries,
    works_for_the_city,
)
from directory.reviewing.brakes import refuse_if_stopped

Entry = TypeVar("Entry", bound=Published)
WEEKS = range(105)  # that somebody may have to wait; who waits for two years is not waiting


class ConflictError(Exception):
    """Somebody else has saved the entry since it was read."""


class InReviewError(Exception):
    """What a reviewer is looking at does not change: it has to be withdrawn first."""


def draft_of(listing: Listing) -> Listing:
    """The entry as it was written last: the latest draft, or what is public where there is none."""
    draft: Listing = listing.get_latest_revision_as_object()
    return draft


@transaction.atomic
def save_draft(*, draft: Listing, seen: int | None, by: Actor) -> Revision:
    """`seen` is the `latest_revision_id` that the draft was read with. Raises ConflictError or InReviewError."""
    current = locked(draft)
    if not may_edit(by, current):
        raise PermissionDenied
    refuse_if_stopped(by)
    if current.workflow_in_progress:
        raise InReviewError
    if current.latest_revision_id != seen:
        raise ConflictError
    with acting(str(by)):
        revision: Revision = draft.save_revision(user=account(by), clean=False)
    return revision


@transaction.atomic
def submit(*, listing: Listing, by: Actor) -> None:
    """The latest draft goes to review; whatever is public stays until it is approved."""
    current = locked(listing)
    if not may_edit(by, current):
        raise PermissionDenied
    refuse_if_stopped(by)
    if current.workflow_in_progress:
        raise InReviewError
    draft_of(current).full_clean()
    state = current.current_workflow_state
    with acting(str(by)):
        if state:  # sent back by a reviewer
            state.resume(user=account(by))
        elif workflow := current.get_workflow():
            # Wagtail mails whoever it knows a link into its own admin; members get ours: reviewing/answering.py.
            workflow.start(current, account(by) if works_for_the_city(by) else None)
    log(instance=current, action="wegweiser.submit", user=account(by), data={"by": str(by)})


@transaction.atomic
def withdraw(*, listing: Listing, by: Actor) -> None:
    """Out of the review, to go on writing. The draft stays."""
    current = locked(listing)
    if not may_edit(by, current):
        raise PermissionDenied
    refuse_if_stopped(by)
    if state := current.current_workflow_state:
        state.cancel(user=account(by))
        log(instance=current, action="wegweiser.withdraw", user=account(by), data={"by": str(by)})


@transaction.atomic
def approve(*, listing: Published, seen: int | None, by: AbstractBaseUser, remark: str = "") -> None:
    """Publishes the revision that the reviewer has seen, and no other: Wagtail's own takes the latest one."""
    current = locked(listing)
    if not may_publish_entries(by, type(current)):
        raise PermissionDenied
    task = current.current_workflow_task_state
    if task is None or current.latest_revision_id != seen:
        raise ConflictError
    with acting(by):
        task.specific.approve(user=by, comment=remark)


@transaction.atomic
def send_back(*, listing: Published, by: AbstractBaseUser, remark: str) -> None:
    """To whoever submitted it, with what is to be done."""
    current = locked(listing)
    if not may_publish_entries(by, type(current)):
        raise PermissionDenied
    task = current.current_workflow_task_state
    if task is None:
        raise ConflictError
    with acting(by):
        task.specific.reject(user=by, comment=remark)


def locked(entry: Entry) -> Entry:
    found: Entry = type(entry)._base_manager.select_for_update(of=("self",)).get(pk=entry.pk)
    return found


@transaction.atomic
def confirm(*, listing: Listing, by: Actor, on: date | None = None) -> None:
    """Note that the listing was checked with the organisation and is right, and so are its public contacts.

    The date goes into the public version and into a waiting draft alike: publishing the draft later must not
    take it back. A contact that only the draft has was not checked.
    """
    if not may_confirm(by, listing):
        raise PermissionDenied
    refuse_if_stopped(by)
    day = on or timezone.localdate()
    shown = listing.contacts.filter(audience=Contact.Audience.PUBLIC)
    public = set(shown.values_list("kind", "value"))
    confirmed = {"last_confirmed_on": day, "last_confirmed_by": str(by), "needs_check": False}

    def with_contacts(version: Listing) -> Mapping[str, Any]:
        rows = list(version.contacts.all())
        for row in rows:
            if (row.kind, row.value) in public:
                row.confirmed_on, row.confirmed_by = day, str(by)
        return confirmed | ({"contacts": rows} if rows else {})

    with acting(str(by)):
        write_through(listing, with_contacts, by=account(by))
    log(instance=listing, action="wegweiser.confirm", user=account(by), data={"by": str(by)})


@transaction.atomic
def set_capacity(*, listing: Listing, capacity: str, waiting_weeks: int | None, by: Actor) -> None:
    """Public at once, because it is out of date in a week: two coded values, and not a word that anybody wrote."""
    current = locked(listing)
    if not may_edit(by, current):
        raise PermissionDenied
    refuse_if_stopped(by)
    if waiting_weeks is not None and waiting_weeks not in WEEKS:
        raise ValueError(waiting_weeks)
    values = {"capacity": Listing.Capacity(capacity).value, "waiting_weeks": waiting_weeks}
    with acting(str(by)):
        write_through(current, lambda version: _other(version, values), by=account(by))
    log(instance=current, action="wegweiser.capacity", user=account(by), data={"by": str(by), **values})


def _other(version: Listing, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if getattr(version, name) != value}


@transaction.atomic
def request_removal(*, listing: Listing, remark: str, email: str, language: str, by: Actor) -> Proposal:
    """Asked for once: whoever asks again while staff think about it changes the remark."""
    current = locked(listing)
    if not may_edit(by, current):
        raise PermissionDenied
    refuse_if_stopped(by)
    found = removal_asked_for(current) or Proposal(
        kind=Proposal.Kind.REMOVAL, listing=current, organisation=current.organisation
    )
    found.remark, found.email, found.language = remark, email, language
    found.save()
    log(instance=current, action="wegweiser.removal", user=account(by), data={"by": str(by)})
    return found


def removal_asked_for(listing: Listing) -> Proposal | None:
    """That nobody has decided on yet."""
    asked = listing.proposals.filter(kind=Proposal.Kind.REMOVAL, state=Proposal.State.WAITING)
    return asked.first()


@transaction.atomic
def ask_to_check(*, listing: Listing, by: AbstractBaseUser) -> None:
    """Put it on the list of what is to be checked with the organisation."""
    if not may_confirm(by, listing):
        raise PermissionDenied
    with acting(by):
        write_through(listing, lambda version: {} if version.needs_check else {"needs_check": True}, by=by)
    log(instance=listing, action="wegweiser.needs_check", user=by)


@transaction.atomic
def publish(*, listing: Listing, by: AbstractBaseUser) -> None:
    """Make the latest draft public, in all languages at once."""
    if not may_publish(by, listing):
        raise PermissionDenied
    with acting(by):
        revision = listing.get_latest_revision() or listing.save_revision(user=by)
        revision.publish(user=by)


@transaction.atomic
def archive(*, listing: Listing, by: AbstractBaseUser) -> None:
    """Take the listing off the public pages; nothing of it is lost."""
    if not may_publish(by, listing):
        raise PermissionDenied
    with acting(by):
        listing.unpublish(user=by)
