"""Writes that belong into what is public and into a waiting draft alike.

A column written past a draft is lost when the draft is published.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from directory.models import Published


def waiting_draft(entry: Published) -> Any:
    """The entry as its unpublished draft has it, or None."""
    if not entry.has_unpublished_changes or entry.latest_revision is None:
        return None
    return entry.get_latest_revision_as_object()


@transaction.atomic
def write_through(
    entry: Published, missing: Callable[[Any], Mapping[str, Any]], *, by: AbstractBaseUser | None = None
) -> bool:
    """`missing` names the values to set: for what is public, for the draft, and for what waits for its hour.

    Whoever has read the entry before and saves a draft later is told: else that draft would take it back.
    """
    entry.hold()
    draft = waiting_draft(entry)
    public = missing(entry)
    if public:
        _set(entry, public)
        entry.save(update_fields=list(public))
        if draft is None:
            entry.keep_what_is_public()
    _into_scheduled(entry, missing)
    if draft is None or not (late := missing(draft)):
        return bool(public)
    _set(draft, late)
    save_waiting(draft, by)
    return True


def save_waiting(draft: Any, by: AbstractBaseUser | None) -> None:
    """Into the revision itself where that waits for its hour: a newer one would not be published then."""
    revision = draft.latest_revision
    if revision.approved_go_live_at:
        kept = {"overwrite_revision": revision, "approved_go_live_at": revision.approved_go_live_at}
        draft.save_revision(user=revision.user, clean=False, **kept)
    else:
        draft.save_revision(user=by, clean=False)


def _into_scheduled(entry: Published, missing: Callable[[Any], Mapping[str, Any]]) -> None:
    """A version that somebody has written on since; the latest one is the draft itself."""
    planned = entry.revisions.filter(approved_go_live_at__isnull=False).exclude(pk=entry.latest_revision_id)
    for revision in planned:
        version = revision.as_object()
        _set(version, missing(version))
        revision.content = version.serializable_data()
        revision.save(update_fields=["content"])


def _set(entry: Any, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(entry, name, value)
