"""Two organisations side by side, with a secret wherever one of them keeps something that is not public."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser, Group, User

from directory import listings, mail_links
from directory.mail_links import Purpose
from directory.models import Invitation, Listing, Membership, Organisation, Place, Proposal, Role, Upkeep
from tests.integration.directory.making import listing, organisation, person, stored
from wegweiser import roles

SECRET = "Kanarienvogel-9c2e"  # what only the organisation itself and staff may read
OF_STAFF = "Eisvogel-4d1b"  # what only staff may read

# Visitor, owner of the other organisation, owner and editor of this one, the city's editor and reviewer.
LETTERS = "VABCER"


@dataclass
class Neighbours:
    theirs: Organisation
    live: Listing
    hidden: Listing
    waiting: Listing
    member: Membership
    invitation: Invitation
    people: dict[str, Any] = field(default_factory=dict)


def make() -> Neighbours:
    roles.install()
    mine, theirs = organisation("ahorn", name_de="Ahorn"), organisation("birke", name_de="Birke")
    listing("ahorn-rat", organisation=mine)
    people: dict[str, Any] = {"V": AnonymousUser(), "A": _member("aylin", mine, Role.OWNER)}
    people |= {"B": _member("bilal", theirs, Role.OWNER), "C": _member("chiara", theirs, Role.EDITOR)}
    people |= {"E": _staff("edda", roles.EDITOR), "R": _staff("rania", roles.REVIEWER)}
    entries = [_entry(slug, theirs, people["B"]) for slug in ("birke-live", "birke-waiting", "birke-hidden")]
    live, waiting, hidden = entries
    listings.submit(listing=waiting, by=people["B"])
    hidden.live, hidden.title_de = False, SECRET
    hidden.save()
    _aside(theirs, live)
    invitation = Invitation.objects.create(organisation=theirs, email=f"{SECRET}@example.org", invited_by="bilal")
    member = Membership.objects.get(user=people["C"])
    return Neighbours(theirs, stored(live), stored(hidden), stored(waiting), member, invitation, people)


def _member(name: str, of: Organisation, role: Role) -> User:
    made = person(name)
    Membership.objects.create(organisation=of, user=made, role=role, language="de")
    return made


def _staff(name: str, role: str) -> User:
    made = person(name)
    made.groups.add(Group.objects.get(name=role))
    return made


def _entry(slug: str, of: Organisation, by: User) -> Listing:
    """Public, with a newer draft; with a note of staff, and an address that is not told."""
    made = listing(slug, organisation=of, title_de="Rat", kind="training", note=OF_STAFF)
    Place(listing=made, address=SECRET, visibility="hidden").save()
    draft = listings.draft_of(stored(made))
    draft.title_de = draft.description_en = SECRET
    listings.save_draft(draft=draft, seen=stored(made).latest_revision_id, by=by)
    found: Listing = stored(made)
    return found


def _aside(of: Organisation, entry: Listing) -> None:
    Upkeep.objects.create(organisation=of, email=f"{SECRET}@example.org")
    email = f"{SECRET}@example.org"
    given: dict[str, Any] = {"organisation": of, "email": email, "remark": SECRET}
    Proposal.objects.create(kind=Proposal.Kind.REMOVAL, listing=entry, **given)
    Proposal.objects.create(kind=Proposal.Kind.ERROR, listing=entry, **given)
    Proposal.objects.create(kind=Proposal.Kind.ORGANISATION, fields={"name": SECRET}, email=email)


def token(purpose: Purpose, of: Organisation, **about: Any) -> str:
    email = f"{SECRET}@example.org"
    return mail_links.issue(
        purpose=purpose, valid_for=timedelta(days=1), organisation=of, email=email, about=about
    )
