"""Two organisations of the demo keep their own entries; a few have been asked whether theirs are still right.

The addresses end at example.org, which belongs to nobody: no mail of a demo may reach a body that exists.
"""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from directory.models import Membership, Organisation, Role, Upkeep


@dataclass(frozen=True)
class Member:
    organisation: str
    name: str
    role: Role
    language: str = "de"
    writes_in: tuple[str, ...] = ("de", "en")

    @property
    def email(self) -> str:
        return f"{self.name}@example.org"


MEMBERS = (
    Member("awo-jena", "awo-owner", Role.OWNER),
    Member("awo-jena", "awo-editor", Role.EDITOR, language="tr", writes_in=("de", "tr")),
    Member("diakonie-duesseldorf", "diakonie-owner", Role.OWNER),
)
# Days ago: asked, reminded, answered.
UPKEEP: Mapping[str, tuple[int | None, int | None, int | None]] = {
    "awo-jena": (None, None, None),
    "diakonie-duesseldorf": (None, None, None),
    "jena-iberoamerica": (10, None, None),
    "jena-welcome": (30, 9, None),
    "jena-lpd": (50, 29, None),
    "th-denkbunt": (12, None, 2),
}


@transaction.atomic
def create() -> dict[str, tuple[str, str]]:
    """{who: (address, random password)} of those who were missing."""
    _note_upkeep()
    users, made = get_user_model()._default_manager, {}
    for organisation, member in _with_organisation():
        if users.filter(username=member.name).exists():
            continue
        password = secrets.token_urlsafe(12)
        user = users.create_user(member.name, member.email, password)
        Membership.objects.create(
            organisation=organisation,
            user=user,
            role=member.role,
            language=member.language,
            writes_in=list(member.writes_in),
        )
        made[f"Member of {organisation} ({member.role.value})"] = (member.email, password)
    return made


def _with_organisation() -> Iterator[tuple[Organisation, Member]]:
    found = _by_slug({member.organisation for member in MEMBERS})
    return ((found[member.organisation], member) for member in MEMBERS if member.organisation in found)


def _note_upkeep() -> None:
    today = timezone.localdate()
    for slug, organisation in _by_slug(UPKEEP).items():
        asked, reminded, answered = (days and today - timedelta(days=days) for days in UPKEEP[slug])
        dates = {"asked_on": asked, "reminded_on": reminded, "answered_on": answered}
        Upkeep.objects.get_or_create(organisation=organisation, defaults={"email": f"{slug}@example.org", **dates})


def _by_slug(slugs: Any) -> dict[str, Organisation]:
    organisations: QuerySet[Organisation] = Organisation.objects.all()
    return {found.slug: found for found in organisations.filter(slug__in=slugs)}
