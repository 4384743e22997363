"""Entries that lack their contacts, and people who ask for them."""

from typing import Any

from django.contrib.auth.models import Group, User
from django.test import Client
from wagtail.users.models import UserProfile

from directory.models import Contact, ContactPoint, Listing, Organisation
from tests.integration.directory.making import listing, organisation, person
from wegweiser import roles


def staff(role: str) -> User:
    roles.install()
    made = person(role.lower())
    made.groups.add(Group.objects.get(name=role))
    UserProfile(user=made, preferred_language="en").save()
    return made


def signed_in(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def silent(slug: str, entries: int = 1, **fields: Any) -> Organisation:
    """An organisation with public entries that name no contact."""
    made = organisation(slug, name_de=slug.capitalize(), **fields)
    for number in range(1, entries + 1):
        listing(f"{slug}-{number}", organisation=made, title_de=f"Beratung {slug} {number}")
    return made


def give(entry: Listing, kind: str, value: str, **fields: Any) -> ContactPoint:
    made = ContactPoint(listing=entry, kind=kind, value=value, **fields)
    made.save()
    return made


def contacts(entry: Listing) -> dict[str, str]:
    """What everybody sees now."""
    rows = ContactPoint.objects.filter(listing=entry, audience=Contact.Audience.PUBLIC)
    return {row.kind: row.value for row in rows}
