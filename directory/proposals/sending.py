"""Somebody without an account asks the city for something: it waits for review, and an address proves itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction

from directory import mail_links, mailing
from directory.drafts import waiting_draft, write_through
from directory.mail_links import Purpose, UnusableError
from directory.models import Listing, Organisation, Proposal, acting
from directory.permissions import ByLink
from directory.proposals import correcting, policies
from directory.reviewing.brakes import FrozenError
from directory.upkeep.addresses import known_at

VALID_FOR = timedelta(days=3)
BY_VISITOR = "error report"  # who the change log names; nobody knows more

Kind, State = Proposal.Kind, Proposal.State


class NotSentError(Exception):
    """The mail server did not take the link: nothing is kept, and whoever wrote it still has it before them."""


@dataclass(frozen=True)
class Sender:
    email: str
    language: str


def report(*, listing: Listing, fields: Mapping[str, Any], remark: str, sender: Sender) -> Proposal:
    """Waits for staff at once. Who names an address may prove it, and the organisation's own has more say."""
    with transaction.atomic():
        made = Proposal(kind=Kind.ERROR, listing=listing, organisation=listing.organisation, remark=remark)
        _keep(made, fields, sender)
        _mark(listing)
    if sender.email:
        mail_link(made)  # without it the report still counts
    return made


def ask(
    kind: str, *, fields: Mapping[str, Any], remark: str, sender: Sender, organisation: Organisation | None = None
) -> Proposal:
    """A claim or a suggestion. Nobody reads it before its sender has opened the mail. Raises NotSentError."""
    made = Proposal(kind=kind, state=State.UNVERIFIED, organisation=organisation, remark=remark)
    _keep(made, fields, sender)
    if not mail_link(made):
        made.delete()
        raise NotSentError
    return made


def mail_link(proposal: Proposal) -> bool:
    token = mail_links.issue(
        purpose=Purpose.VERIFY,
        valid_for=VALID_FOR,
        organisation=proposal.organisation,
        email=proposal.email,
        about={"proposal": proposal.pk},
    )
    context = {"token": token, "proposal": proposal, "days": VALID_FOR.days}
    return mailing.send(proposal.email, "proposal_verify", context, proposal.language)


def looked_up(token: str) -> Proposal:
    """Without using the link. Raises UnusableError."""
    return _meant(mail_links.look(token, purpose=Purpose.VERIFY).about)


@transaction.atomic
def verify(token: str) -> Proposal:
    """Raises UnusableError."""
    link = mail_links.use(token, purpose=Purpose.VERIFY)
    proposal = _meant(link.about)
    proposal.fields |= {"verified": True}
    if proposal.state == State.UNVERIFIED:
        proposal.state = State.WAITING
    if proposal.kind == Kind.ERROR:
        proposal.fields |= {"hidden": _hidden_by_owner(proposal)}
    proposal.save()
    return proposal


def links_again(email: str) -> int:
    """For whoever did not open the mail in time."""
    waiting = Proposal.objects.filter(email__iexact=email, state=State.UNVERIFIED)
    return sum(mail_link(proposal) for proposal in waiting[:3])


def _keep(proposal: Proposal, fields: Mapping[str, Any], sender: Sender) -> None:
    proposal.fields = dict(fields)
    proposal.email, proposal.language = sender.email, sender.language
    proposal.policy = policies.current().version
    proposal.save()


def _mark(listing: Listing) -> None:
    """On the staff's list of what is to be checked. A draft that somebody is writing is left alone: a stranger's
    report must not make its author's next save a conflict. The queue names the listing anyway."""
    if not listing.needs_check and waiting_draft(listing) is None:
        with acting(BY_VISITOR):
            write_through(listing, lambda _version: {"needs_check": True})


def _meant(about: Mapping[str, Any]) -> Proposal:
    """Also where staff have decided in the meantime, which no link may undo."""
    rows = Proposal.objects.select_related("listing__organisation", "organisation")
    found = rows.filter(pk=about.get("proposal", 0), state__in=(State.UNVERIFIED, State.WAITING)).first()
    if found is None:
        raise UnusableError
    return found


def _hidden_by_owner(proposal: Proposal) -> list[int]:
    """The contacts that nobody sees from now on: only where the address is one of the organisation's own."""
    listing = proposal.listing
    if listing is None or listing.organisation not in known_at(proposal.email):
        return []
    values = {each["id"]: each["value"] for each in proposal.fields.get("contacts", ())}
    same = [row.pk for row in correcting.public_contacts(listing) if values.get(row.pk) == row.value]
    by = ByLink(listing.organisation_id, proposal.email)
    try:
        return same if same and correcting.hide(listing=listing, wrong=same, by=by) else []
    except FrozenError:
        return []
