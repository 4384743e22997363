"""An organisation answers its letter: what it writes goes to review, like everything that comes by a link."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from directory import listings, mail_links
from directory.collecting.entering import Confirmed, Told, enter
from directory.collecting.forms import LetterForm
from directory.languages import MAIN
from directory.mail_links import Purpose
from directory.models import Listing, Organisation, Proposal
from directory.permissions import ByLink
from directory.showing import public_listings, with_rows


@dataclass(frozen=True)
class Opened:
    """What the code of a letter leads to."""

    organisation: Organisation
    listings: list[Listing]


def opened(code: str) -> Opened:
    """Raises UnusableError; also where the organisation is not public (any more)."""
    organisation = mail_links.look(code, purpose=Purpose.CLAIM).organisation
    if organisation is None or not organisation.live:
        raise mail_links.UnusableError
    found = public_listings().filter(organisation=organisation).order_by("slug")
    return Opened(organisation, with_rows(found, "contacts"))


@transaction.atomic
def answer(*, code: str, form: LetterForm, language: str) -> None:
    """All of it or nothing: what fails leaves the code as good as it was. Raises UnusableError."""
    organisation = mail_links.use(code, purpose=Purpose.CLAIM).organisation
    if organisation is None:
        raise mail_links.UnusableError
    found, told = form.cleaned_data, form.told()
    with override(MAIN):
        by_letter = gettext("answer to our letter")
    by = ByLink(organisation.pk, found["account"] or told.email or by_letter)
    confirmed = Confirmed(timezone.localdate(), str(by), by_letter)
    chosen = [] if found["gone"] else form.chosen()
    stuck = [each for each in chosen if told and not _submitted(each, told, confirmed, by)]
    about: dict[str, Any] = {"organisation": organisation, "email": found["account"], "language": language}
    if found["gone"] and form.listings:
        asked = {"remark": found["remark"], "email": found["account"] or told.email, "language": language}
        for each in form.listings.values():
            listings.request_removal(listing=each, by=by, **asked)
    elif found["account"] or found["remark"] or stuck or not form.listings:
        by_hand = told and (stuck or not form.listings)
        fields = {"by": by_letter} | (_not_entered(told, stuck) if by_hand else {})
        Proposal.objects.create(kind=Proposal.Kind.CLAIM, fields=fields, remark=found["remark"], **about)


def _submitted(listing: Listing, told: Told, confirmed: Confirmed, by: ByLink) -> bool:
    """Not where somebody's version is in review, or cannot be submitted as it stands: staff enter it by hand."""
    current: Any = Listing.objects.get(pk=listing.pk)
    try:
        enter(listing=current, told=told, confirmed=confirmed, seen=current.latest_revision_id, by=by)
    except (listings.InReviewError, listings.ConflictError, ValidationError):
        return False
    return True


def _not_entered(told: Told, stuck: Collection[Listing]) -> dict[str, Any]:
    return dict(told.contacts()) | {"hours": told.hours, "entries": [each.slug for each in stuck]}
