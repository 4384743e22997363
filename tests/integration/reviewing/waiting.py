"""Submissions for the tests of the review."""

from typing import Any

from django.contrib.auth.models import Group, User
from django.test import Client
from wagtail.models import TaskState

from directory import listings
from directory.models import ContactPoint, Listing, Membership
from directory.permissions import Actor, ByLink
from tests.integration.directory.making import listing, organisation, person, stored
from wegweiser import roles

QUEUE = "/admin/reviews/"


def reviewer(name: str = "rosa") -> User:
    found = person(name)
    found.groups.add(Group.objects.get(name=roles.REVIEWER))
    return User.objects.get(pk=found.pk)  # nothing that it may do is remembered


def signed_in(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def member(name: str = "asel", **fields: Any) -> User:
    """Of the house to which `listing()` belongs."""
    found = person(name)
    house = Listing.objects.first()
    Membership.objects.create(organisation=house.organisation if house else organisation(), user=found, **fields)
    return found


def entry(slug: str = "advice", **fields: Any) -> Listing:
    """Public, with a phone number."""
    made = listing(slug, **({"title_de": "Beratung", "helps_with_de": "Wir beraten Betroffene."} | fields))
    made.contacts = [ContactPoint(kind="phone", value="0211 8991234")]  # type: ignore[misc]
    made.save()
    return made


def submitted(found: Listing, by: Actor, phone: str = "", **values: Any) -> TaskState:
    current = stored(found)
    draft = listings.draft_of(current)
    for name, value in values.items():
        setattr(draft, name, value)
    if phone:
        first, *others = draft.contacts.all()
        first.value = phone
        draft.contacts = [first, *others]  # type: ignore[misc]
    listings.save_draft(draft=draft, seen=current.latest_revision_id, by=by)
    listings.submit(listing=stored(found), by=by)
    return task_of(found)


def task_of(found: Listing) -> TaskState:
    task: TaskState = stored(found).current_workflow_task_state
    return task


def by_link(found: Listing, email: str = "info@example.org") -> ByLink:
    return ByLink(found.organisation_id, email)


def seen(found: Listing) -> int:
    number: int = stored(found).latest_revision_id
    return number


def decide(client: Client, task: TaskState, **data: Any) -> Any:
    return client.post(f"{QUEUE}{task.pk}/decide/", {"next": "", **data}, follow=True)


def said(response: Any) -> list[str]:
    return [str(message).strip() for message in response.context["messages"]]
