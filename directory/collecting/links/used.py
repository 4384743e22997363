"""Which web addresses the public entries name, and where."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from directory.models import Contact, ContactPoint, Listing, Organisation, OrganisationContact

WEB = (Contact.Kind.WEBSITE, Contact.Kind.CHAT)


@dataclass(frozen=True)
class Use:
    """One field of one entry."""

    url: str
    entry: Listing | Organisation


def uses() -> Iterator[Use]:
    public: Any = Listing.objects.public()
    points: Any = ContactPoint.objects.filter(kind__in=WEB, listing__in=public).select_related("listing")
    of_organisations: Any = OrganisationContact.objects.filter(kind__in=WEB, organisation__live=True)
    yield from (Use(row.value, row.listing) for row in points.order_by("pk"))
    yield from (Use(each.website, each) for each in Organisation.objects.filter(live=True).exclude(website=""))
    yield from (Use(row.value, row.organisation) for row in of_organisations.select_related("organisation"))


def by_url() -> dict[str, list[Use]]:
    found: dict[str, list[Use]] = {}
    for use in uses():
        found.setdefault(use.url.strip(), []).append(use)
    return found
