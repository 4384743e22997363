"""What staff and organisations do with a listing: one verb, one transaction, one row of the change log."""

from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from directory.models import Listing, acting
from directory.permissions import may_confirm, may_publish


@transaction.atomic
def confirm(*, listing: Listing, by: AbstractBaseUser, on: date | None = None) -> None:
    """Note that the listing was checked with the organisation and is right.

    The date goes into the public version and into a waiting draft alike: publishing the draft later must not
    take it back (a column written past a draft is lost at the next publish).
    """
    if not may_confirm(by, listing):
        raise PermissionDenied
    confirmed = {
        "last_confirmed_on": on or timezone.localdate(),
        "last_confirmed_by": str(by),
        "needs_check": False,
    }
    draft = listing.get_latest_revision_as_object() if listing.latest_revision else None
    _set(listing, confirmed)
    with acting(by):
        listing.save(update_fields=list(confirmed))
        if draft is not None:
            _set(draft, confirmed)
            draft.save_revision(user=by, log_action=False)
    log(instance=listing, action="wegweiser.confirm", user=by)


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


def _set(listing: Listing, values: dict[str, object]) -> None:
    for name, value in values.items():
        setattr(listing, name, value)
