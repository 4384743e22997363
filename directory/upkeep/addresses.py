"""At which address an organisation is asked: the one that was written down, else a public one, a role's first."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Q

from directory.mailing import role_first
from directory.models import Contact, ContactPoint, Membership, Organisation, OrganisationContact, Upkeep

MAIL = {"kind": Contact.Kind.EMAIL}


def addresses(organisations: Collection[int]) -> dict[int, list[str]]:
    """Best first; by organisation."""
    chosen, members = _grouped(_chosen(organisations)), _grouped(_of_members(organisations))
    public = _grouped((*_of_organisations(organisations), *_of_listings(organisations)))
    ordered = {key: (*chosen[key], *role_first(public[key]), *members[key]) for key in organisations}
    return {key: list(dict.fromkeys(found)) for key, found in ordered.items()}


def _grouped(pairs: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for key, address in pairs:
        found[key].append(address)
    return found


def address_of(organisation: Organisation) -> str:
    return next(iter(addresses([organisation.pk])[organisation.pk]), "")


def known_at(address: str) -> list[Organisation]:
    """The organisations that the address belongs to. Letter case says nothing in practice (RFC 5321, 2.4)."""
    same = {"value__iexact": address, **MAIL}
    wanted = (
        Q(upkeep__email__iexact=address)
        | Q(pk__in=OrganisationContact.objects.filter(**same).values("organisation"))
        | Q(pk__in=ContactPoint.objects.filter(**same, listing__live=True).values("listing__organisation"))
        | Q(memberships__user__email__iexact=address, memberships__user__is_active=True)
    )
    return list(Organisation.objects.filter(wanted, live=True).distinct())


def others(organisation: Organisation, than: str) -> list[str]:
    """What everybody may read on the organisation's pages, for whoever passes the question on."""
    keys = [organisation.pk]
    public = [address for _key, address in (*_of_organisations(keys), *_of_listings(keys))]
    return [each for each in role_first(public) if each.casefold() != than.casefold()]


def is_at_home(address: str, organisation: Organisation) -> bool:
    """At the host of the organisation's own website. Mail providers' hosts are nobody's own."""
    host = (urlsplit(organisation.website).hostname or "").removeprefix("www.")
    return bool(host) and address.rpartition("@")[2].casefold() == host.casefold()


def _chosen(organisations: Collection[int]) -> Iterator[tuple[int, str]]:
    rows = Upkeep.objects.filter(organisation__in=organisations).exclude(email="")
    yield from rows.values_list("organisation", "email")


def _of_organisations(organisations: Collection[int]) -> Iterator[tuple[int, str]]:
    rows: Any = OrganisationContact.objects.filter(**MAIL, audience=Contact.Audience.PUBLIC)
    yield from rows.filter(organisation__in=organisations).order_by("pk").values_list("organisation", "value")


def _of_listings(organisations: Collection[int]) -> Iterator[tuple[int, str]]:
    rows: Any = ContactPoint.objects.filter(**MAIL, audience=Contact.Audience.PUBLIC, listing__live=True)
    wanted = rows.filter(listing__organisation__in=organisations, listing__internal_only=False).order_by("pk")
    yield from wanted.values_list("listing__organisation", "value")


def _of_members(organisations: Collection[int]) -> Iterator[tuple[int, str]]:
    rows = Membership.objects.filter(organisation__in=organisations, user__is_active=True).exclude(user__email="")
    yield from rows.order_by("-role", "pk").values_list("organisation", "user__email")
