"""From a section's form to the draft, without losing what somebody else has written meanwhile."""

from collections.abc import Iterable
from typing import Any

from wagtail.models import Revision

from directory import listings
from directory.members.forms import ROW_NAMES, SectionForm
from directory.models import Listing
from directory.models.differences import changed


class BothChangedError(listings.ConflictError):
    """Both have written the same fields differently, and the writer has not yet said whose counts."""

    def __init__(self, mine: Listing, theirs: Listing, names: list[str]) -> None:
        self.mine, self.theirs, self.names = mine, theirs, names


def save(form: SectionForm, listing: Listing, *, seen: int | None, over: int | None, by: Any) -> bool:
    """Whether there was anything to save. Raises ConflictError, InReviewError.

    `seen` is the version that the form was read with. What others have saved since stays, and what was typed here
    goes on top of it. Only fields that both have changed are a conflict; `over` is the version that the writer was
    shown then and decided to write over.
    """
    latest, base = latest_facts(listing), facts_seen(listing, seen)
    draft = form.write()
    written, own = draft.serializable_data(), form.section.names(form.languages)
    mine = [name for name in changed(base, written) if name in own]
    theirs = [name for name in changed(base, latest) if name in own]
    both = [name for name in changed(latest, written) if name in mine and name in theirs]
    if both and over != listing.latest_revision_id:
        raise BothChangedError(draft, listings.draft_of(listing), both)
    _keep(draft, listings.draft_of(listing), (name for name in theirs if name not in mine))
    form.note_changes(str(by))
    if not changed(latest, draft.serializable_data()):
        return False
    listings.save_draft(draft=draft, seen=listing.latest_revision_id, by=by)
    return True


def _keep(draft: Listing, theirs: Listing, names: Iterable[str]) -> None:
    for name in names:
        value = getattr(theirs, name)
        if name in ROW_NAMES:
            getattr(draft, name).set(list(value.all()))
        else:
            setattr(draft, name, value)


def latest_facts(listing: Listing) -> dict[str, Any]:
    revision = listing.latest_revision
    found: dict[str, Any] = revision.content if revision else listing.serializable_data()
    return found


def facts_seen(listing: Listing, seen: int | None) -> dict[str, Any]:
    """Before anybody saved a draft, what was seen is what was stored: the first draft has kept that as well."""
    versions = listing.revisions.order_by("id")
    revision: Revision | None = versions.filter(pk=seen).first() if seen else versions.first()
    kept = revision if revision and (seen or revision.user_id is None) else None
    found: dict[str, Any] = kept.content if kept else listing.serializable_data()
    return found
