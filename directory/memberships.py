"""Who keeps an organisation's entries: one verb, one transaction, one line of the organisation's history."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from directory import mail_links, mailing
from directory.mail_links import Purpose, UnusableError
from directory.models import Invitation, Membership, Organisation, Role
from directory.permissions import may_invite

VALID_FOR = timedelta(days=14)


class AlreadyMemberError(Exception):
    pass


class LastOwnerError(Exception):
    """Without an owner nobody of the organisation could invite a successor."""


@transaction.atomic
def invite(
    *, organisation: Organisation, email: str, role: str, language: str, by: AbstractBaseUser
) -> Invitation:
    """By mail, as soon as the transaction is through. An address has one open invitation; the newest counts."""
    if not may_invite(by, organisation):
        raise PermissionDenied
    if organisation.memberships.filter(user__email__iexact=email).exists():
        raise AlreadyMemberError
    organisation.invitations.filter(email__iexact=email, accepted_at=None).delete()
    invitation = Invitation(
        organisation=organisation, email=email, role=role, language=language, invited_by=str(by)
    )
    invitation.save()
    log(instance=organisation, action="wegweiser.invite", user=by, data={"who": email, "role": role})
    token = mail_links.issue(
        purpose=Purpose.INVITATION,
        valid_for=VALID_FOR,
        organisation=organisation,
        email=email,
        about={"invitation": invitation.pk},
    )
    context = {"token": token, "organisation": organisation, "days": VALID_FOR.days, "role": Role(role)}
    transaction.on_commit(lambda: _mail(email, context, language))
    return invitation


def _mail(email: str, context: dict[str, Any], language: str) -> None:
    mailing.send(email, "invitation", context, language)


def invited(token: str) -> Invitation:
    """Without accepting it. Raises UnusableError."""
    return _open_invitation(mail_links.look(token, purpose=Purpose.INVITATION).about)


@transaction.atomic
def accept(token: str) -> Membership:
    """Whoever holds the link reads the mail of this address; an account is made where it has none.

    Raises UnusableError, also where the account has been closed or the invitation was taken back.
    """
    invitation = _open_invitation(mail_links.use(token, purpose=Purpose.INVITATION).about)
    user = _account(invitation.email)
    membership = Membership.objects.filter(organisation=invitation.organisation, user=user).first()
    membership = membership or Membership(organisation=invitation.organisation, user=user)
    membership.role, membership.language = invitation.role, invitation.language
    membership.save()
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    data = {"who": invitation.email, "role": invitation.role}
    log(instance=invitation.organisation, action="wegweiser.join", user=user, data=data)
    return membership


def forget_old(*, days: int = 30) -> int:
    """Accepted or not: the history says who was invited, and nobody can answer it any more."""
    too_old = timezone.now() - VALID_FOR - timedelta(days=days)
    return Invitation.objects.filter(invited_at__lt=too_old).delete()[0]


def _open_invitation(about: dict[str, Any]) -> Invitation:
    rows = Invitation.objects.select_related("organisation").filter(accepted_at=None)
    found = rows.filter(pk=about.get("invitation", 0)).first()
    if found is None:
        raise UnusableError
    return found


def _account(email: str) -> User:
    """Several accounts may have one address: the mail does not tell which of them is meant."""
    found = list(User.objects.filter(email__iexact=email))
    if len(found) > 1 or (found and not found[0].is_active):
        raise UnusableError
    return found[0] if found else _new_account(email)


def _new_account(email: str) -> User:
    """Named by its address: colleagues and staff read it in the history. It enters by mailed links at first."""
    name = email.lower()[: User._meta.get_field("username").max_length or 150]
    if User.objects.filter(username__iexact=name).exists():
        raise UnusableError
    user: User = User.objects.create_user(name, email)
    return user


@transaction.atomic
def take_back(*, invitation: Invitation, by: AbstractBaseUser) -> None:
    """Its link opens nothing from now on."""
    if not may_invite(by, invitation.organisation):
        raise PermissionDenied
    data = {"who": invitation.email}
    log(instance=invitation.organisation, action="wegweiser.take_back", user=by, data=data)
    invitation.delete()


@transaction.atomic
def change_role(*, membership: Membership, role: str, by: AbstractBaseUser) -> None:
    organisation = _locked(membership.organisation)
    if not may_invite(by, organisation):
        raise PermissionDenied
    if role != Role.OWNER:
        _refuse_last_owner(membership, by)
    membership.role = role
    membership.save(update_fields=["role"])
    data = {"who": str(membership.user), "role": role}
    log(instance=organisation, action="wegweiser.change_role", user=by, data=data)


@transaction.atomic
def remove(*, membership: Membership, by: AbstractBaseUser) -> None:
    """By an owner or by staff; and everybody may leave. What the member wrote stays."""
    organisation = _locked(membership.organisation)
    if membership.user_id != by.pk and not may_invite(by, organisation):
        raise PermissionDenied
    _refuse_last_owner(membership, by)
    log(instance=organisation, action="wegweiser.remove", user=by, data={"who": str(membership.user)})
    membership.delete()


def _locked(organisation: Organisation) -> Organisation:
    """Two owners who remove each other at once wait for one another."""
    found: Organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    return found


def _refuse_last_owner(membership: Membership, by: AbstractBaseUser) -> None:
    """Staff may: they can invite another one."""
    owners = membership.organisation.memberships.filter(role=Role.OWNER)
    others = owners.exclude(pk=membership.pk)
    is_staff = getattr(by, "has_perm", lambda _name: False)("directory.change_organisation")
    if owners.filter(pk=membership.pk).exists() and not others.exists() and not is_staff:
        raise LastOwnerError
