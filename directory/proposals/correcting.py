"""A number or an address that is wrong leads nobody astray: hidden at once when its own organisation says so."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from directory.drafts import write_through
from directory.models import Contact, ContactPoint, Listing, acting
from directory.permissions import Actor, account, may_edit
from directory.reviewing.brakes import refuse_if_stopped

Audience = Contact.Audience


def public_contacts(listing: Listing) -> list[ContactPoint]:
    """Those that visitors see, and so can find wrong."""
    return [row for row in listing.contacts.all() if row.audience == Audience.PUBLIC]


@transaction.atomic
def hide(*, listing: Listing, wrong: Iterable[int], by: Actor) -> int:
    """Says how many contacts nobody sees any more; the public reads that they are being corrected.

    With another value they are public again, see Contact.save. A waiting draft hides them too, but not what it has
    corrected already.
    """
    if not may_edit(by, listing):
        raise PermissionDenied
    refuse_if_stopped(by)
    values = {row.pk: row.value for row in public_contacts(listing) if row.pk in set(wrong)}
    if values:
        _show(listing, values, Audience.PUBLIC, Audience.NOBODY, by)
        log(instance=listing, action="wegweiser.hide_contact", user=account(by), data={"by": str(by)})
    return len(values)


@transaction.atomic
def show_again(*, listing: Listing, contacts: Iterable[int], by: Actor) -> None:
    """They were right after all."""
    if not may_edit(by, listing):
        raise PermissionDenied
    refuse_if_stopped(by)
    hidden = (row for row in listing.contacts.all() if row.audience == Audience.NOBODY)
    if values := {row.pk: row.value for row in hidden if row.pk in set(contacts)}:
        _show(listing, values, Audience.NOBODY, Audience.PUBLIC, by)
        log(instance=listing, action="wegweiser.show_contact", user=account(by), data={"by": str(by)})


def _show(listing: Listing, values: Mapping[int, str], before: str, after: str, by: Actor) -> None:
    def change(version: Listing) -> Mapping[str, Any]:
        rows = list(version.contacts.all())
        meant = [row for row in rows if values.get(row.pk) == row.value and row.audience == before]
        for row in meant:
            row.audience = after
        return {"contacts": rows} if meant else {}

    with acting(str(by)):
        write_through(listing, change, by=account(by))
