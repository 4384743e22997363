"""Staff answer what somebody without an account has asked for: once, by mail, and nothing is public by it."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from directory import listings, mailing, memberships
from directory.models import Listing, Organisation, Proposal, Role, acting
from directory.permissions import may_publish_everywhere
from directory.proposals import correcting, making, policies
from directory.upkeep.answering import take_over

Kind, State = Proposal.Kind, Proposal.State


class DecidedError(Exception):
    """Somebody else was faster."""


class IncompleteError(Exception):
    """An offer needs an organisation that is here already."""


@transaction.atomic
def accept(
    *, proposal: Proposal, by: AbstractBaseUser, answer: str = "", organisation: Organisation | None = None
) -> Any:
    """What was made of it, if anything: a draft that staff complete. `organisation`: whose the new offer is.

    Raises DecidedError, IncompleteError.
    """
    current = _open(proposal, by)
    if organisation:
        current.organisation = organisation
    made = _ACCEPTING[current.kind](current, by)
    _close(current, State.ACCEPTED, by, answer)
    _answer_later(current, "proposal_accepted", {"own": current.fields.get("own", False)})
    return made


@transaction.atomic
def refuse(*, proposal: Proposal, by: AbstractBaseUser, answer: str = "", reason: str = "") -> None:
    """`reason`: a point of the policy. Raises DecidedError."""
    current = _open(proposal, by)
    current.policy = policies.current().version  # what the decision rests on, not what was read when it was sent
    if reason:
        current.fields |= {"reason": reason}
    if current.kind == Kind.ERROR and current.listing and current.fields.get("hidden"):
        correcting.show_again(listing=current.listing, contacts=current.fields["hidden"], by=by)
    _close(current, State.REFUSED, by, answer)
    _answer_later(current, "proposal_refused", {})


def _open(proposal: Proposal, by: AbstractBaseUser) -> Proposal:
    if not may_publish_everywhere(by):
        raise PermissionDenied
    current = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if current.state != State.WAITING:
        raise DecidedError
    return current


def _close(proposal: Proposal, state: str, by: AbstractBaseUser, answer: str) -> None:
    proposal.state, proposal.answer, proposal.decided_at = state, answer, timezone.now()
    proposal.decided_by_id = by.pk
    proposal.save()


def _error(proposal: Proposal, by: AbstractBaseUser) -> Listing | None:
    """The listing is put right in its own form; the report is done."""
    return proposal.listing


def _claim(proposal: Proposal, by: AbstractBaseUser) -> Organisation | None:
    """Without an address there is nobody to invite: somebody has only told us something."""
    if proposal.organisation and proposal.email:
        _invite(proposal.organisation, proposal, by)
        if before := proposal.fields.get("handed_on_by"):
            take_over(proposal.organisation, before=before, to=proposal.email)
    return proposal.organisation


def _organisation(proposal: Proposal, by: AbstractBaseUser) -> Organisation:
    made = making.organisation(proposal, by)
    proposal.organisation = made
    _invite_if_own(made, proposal, by)
    return made


def _listing(proposal: Proposal, by: AbstractBaseUser) -> Listing:
    if proposal.organisation is None:
        raise IncompleteError
    made = making.listing(proposal, proposal.organisation, by)
    proposal.listing = made
    _invite_if_own(proposal.organisation, proposal, by)
    return made


def _removal(proposal: Proposal, by: AbstractBaseUser) -> Listing | Organisation | None:
    """One entry, or all of an organisation that is no longer there."""
    if proposal.listing:
        listings.archive(listing=proposal.listing, by=by)
        return proposal.listing
    house = proposal.organisation
    if house:
        for each in Listing.objects.filter(organisation=house, live=True):
            listings.archive(listing=each, by=by)
        with acting(by):
            house.unpublish(user=by)
    return house


def _invite_if_own(organisation: Organisation, proposal: Proposal, by: AbstractBaseUser) -> None:
    if proposal.fields.get("own") and proposal.email:
        _invite(organisation, proposal, by)


def _invite(organisation: Organisation, proposal: Proposal, by: AbstractBaseUser) -> None:
    with suppress(memberships.AlreadyMemberError):
        memberships.invite(
            organisation=organisation, email=proposal.email, role=Role.OWNER, language=proposal.language, by=by
        )


_ACCEPTING: Mapping[str, Callable[[Proposal, AbstractBaseUser], Any]] = {
    Kind.ERROR: _error,
    Kind.CLAIM: _claim,
    Kind.ORGANISATION: _organisation,
    Kind.LISTING: _listing,
    Kind.REMOVAL: _removal,
}


def _answer_later(proposal: Proposal, template: str, more: Mapping[str, Any]) -> None:
    """Only to an address that has proven itself, or that came by a link or an account of the organisation."""
    proven = proposal.kind != Kind.ERROR or proposal.fields.get("verified")
    if not (proposal.email and proven):
        return
    found = policies.of(proposal.policy)
    point = found.reason(str(proposal.fields.get("reason", "")))
    context = {"proposal": proposal, "kind": str(proposal.kind), "policy": found, "point": point, **more}
    transaction.on_commit(lambda: mailing.send(proposal.email, template, context, proposal.language))
