"""Letters to bodies that have no mail: each with a code of its own, drawn and to be typed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import segno
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from wagtail.log_actions import log

from directory import mail_links
from directory.collecting.missing import Row
from directory.details import without_scheme
from directory.languages import MAIN
from directory.mail_links import Purpose
from directory.models import Listing, MailLink, Organisation, Upkeep
from directory.permissions import may_invite
from directory.text import translated

VALID_FOR = timedelta(days=180)
ENTRIES_AT_MOST = 6  # more would push the answer off the page


@dataclass(frozen=True)
class Letter:
    name: str
    address: tuple[str, ...]
    entries: tuple[str, ...]
    more: int  # entries that are not named
    languages: tuple[str, ...]  # the German one first
    site: str
    place: str  # where the code is typed, without "https://"
    code: str
    drawing: str
    until: date


@transaction.atomic
def write(*, rows: Iterable[Row], by: AbstractBaseUser) -> list[Letter]:
    """A new letter ends the code of the one before: that one is lost, or it would not be needed."""
    return [_write(row, by) for row in rows]


def _write(row: Row, by: AbstractBaseUser) -> Letter:
    if not may_invite(by, row.organisation):
        raise PermissionDenied
    for older in _out(row.organisation):
        older.expires_at = timezone.now()
        older.save(update_fields=["expires_at"])
    code = mail_links.issue(purpose=Purpose.CLAIM, valid_for=VALID_FOR, organisation=row.organisation, typed=True)
    log(instance=row.organisation, action="wegweiser.letter", user=by)
    return letter(row, code)


def _out(organisation: Organisation) -> Iterable[MailLink]:
    letters = MailLink.objects.filter(purpose=Purpose.CLAIM, organisation=organisation, email="")
    return letters.filter(used_at=None, expires_at__gt=timezone.now())


def letter(row: Row, code: str) -> Letter:
    with override(MAIN):
        name = translated(row.organisation, "name").text
        entries = tuple(translated(each, "title").text for each in row.listings)
    return Letter(
        name=name,
        address=address(row.organisation, row.listings),
        entries=entries[:ENTRIES_AT_MOST],
        more=max(0, len(entries) - ENTRIES_AT_MOST),
        languages=languages(row.organisation),
        site=without_scheme(str(settings.PUBLIC_URL)),
        place=without_scheme(at(reverse("letter"))),
        code=code,
        drawing=str(segno.make_qr(at(reverse("letter_code", args=[code])), error="m").svg_inline(omitsize=True)),
        until=timezone.localdate() + VALID_FOR,
    )


def at(path: str) -> str:
    """Without a language the browser's own one decides."""
    return str(settings.PUBLIC_URL).rstrip("/") + path.removeprefix(f"/{get_language()}")


def languages(organisation: Organisation) -> tuple[str, ...]:
    upkeep = Upkeep.objects.filter(organisation=organisation).first()
    return tuple(dict.fromkeys((MAIN, upkeep.language if upkeep else MAIN)))


def address(organisation: Organisation, listings: Iterable[Listing]) -> tuple[str, ...]:
    """For the window of the envelope. Also one that visitors do not see: it stays on the desk and in the post."""
    places = [*organisation.sites.all()]
    for listing in listings:
        places += listing.places.all()
    written = next((place.address for place in places if place.address), "")
    return tuple(part.strip() for part in written.split(",") if part.strip())
