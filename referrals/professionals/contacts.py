"""Contacts for professionals only. Asked for by the page of those who are signed in, and by nothing else."""

from collections.abc import Iterable, Mapping

from directory.details import ContactLine, contact
from directory.languages import MAIN
from directory.models import Contact
from directory.showing import public_listings


def for_professionals(slugs: Iterable[str]) -> Mapping[str, tuple[ContactLine, ...]]:
    """By listing; those of its organisation as well, as far as the listing has not the same."""
    found = public_listings().filter(slug__in=list(slugs)).prefetch_related("contacts", "organisation__contacts")
    lines: dict[str, tuple[ContactLine, ...]] = {}
    for listing in found:
        own = [contact(row, listing.source_language) for row in _closed(listing.contacts.all())]
        house = [contact(row, MAIN) for row in _closed(listing.organisation.contacts.all())]
        if together := tuple({line.shown: line for line in (*house, *own)}.values()):
            lines[listing.slug] = together
    return lines


def _closed(contacts: Iterable[Contact]) -> Iterable[Contact]:
    return (each for each in contacts if each.audience == Contact.Audience.PROFESSIONALS)
