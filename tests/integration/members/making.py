"""Members and their signed-in clients."""

from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from directory import listings
from directory.models import ContactPoint, Listing, Membership, Organisation, SpokenLanguage
from tests.integration.directory.making import area, find, listing, organisation, person, stored, term


def member(of: Organisation | str = "house", name: str = "asel", **fields: Any) -> User:
    """Of an organisation that is made where there is none of this slug yet."""
    house = of if isinstance(of, Organisation) else _house(of)
    user = User.objects.filter(username=name).first() or person(name)
    Membership.objects.create(organisation=house, user=user, **fields)
    return user


def _house(slug: str) -> Organisation:
    houses: QuerySet[Organisation] = Organisation.objects.all()
    return houses.filter(slug=slug).first() or organisation(slug)


def signed_in(user: User, **headers: str) -> Client:
    client = Client(headers={"accept-language": "de", **headers})
    client.force_login(user)
    return client


def complete(slug: str, **fields: Any) -> Listing:
    """An entry for which nothing is left to do."""
    given = {
        "helps_with_de": "Hilft nach Vorfällen.",
        "description_de": "Wir beraten.",
        "what_happens_de": "Wir rufen zurück.",
        "opening_hours": "Mo-Fr 09:00-12:00",
        "areas_served": ["duesseldorf"],
        "modes": ["on_site"],
        "kinds_of_help": ["counselling"],
        "grounds": ["racism"],
        "cost": "free",
        "anonymous": "yes",
        "confidential": "yes",
        "access_features": ["step_free"],
        "last_confirmed_on": timezone.localdate(),
    } | fields
    made = listing(slug, **given)
    contact(made, "phone", "0211 8991234")
    language = SpokenLanguage(listing=made, language="de")
    language.save()
    return made


def contact(entry: Listing, kind: str, value: str, **fields: Any) -> ContactPoint:
    made = ContactPoint(listing=entry, kind=kind, value=value, **fields)
    made.save()
    return made


def changed(entry: Listing, **values: Any) -> Listing:
    """With a draft that a member has saved."""
    current: Listing = stored(entry)
    draft = listings.draft_of(current)
    for name, value in values.items():
        setattr(draft, name, value)
    by = Membership.objects.filter(organisation=entry.organisation_id).select_related("user")[0].user
    listings.save_draft(draft=draft, seen=current.latest_revision_id, by=by)
    found: Listing = stored(entry)
    return found


def draft(slug: str) -> Listing:
    """What was written last."""
    return listings.draft_of(find(Listing, slug))


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


CODES = {
    "kinds_of_help": ("counselling", "complaint"),
    "grounds": ("racism",),
    "modes": ("on_site", "phone"),
    "access_features": ("step_free",),
    "formats": ("workshop",),
}


def codes() -> None:
    """The vocabularies and places that the entries here name."""
    for vocabulary, slugs in CODES.items():
        for slug in slugs:
            term(vocabulary, slug)
    city = area("duesseldorf", name_de="Düsseldorf", name_en="Dusseldorf", postcodes=["40210"])
    area("bilk", city, level="quarter", name_de="Bilk", aliases=["Unterbilk"])
    area("koeln", name_de="Köln")
