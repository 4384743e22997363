"""Who may do what with an entry. Asked by verbs and views; Wagtail's own admin asks its groups."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model

from directory.models import Listing, Membership, Organisation, Role


@dataclass(frozen=True)
class ByLink:
    """Whoever holds a link that was mailed to the organisation: no account, and nothing public without review."""

    organisation_id: int
    email: str

    def __str__(self) -> str:
        return self.email


Actor = AbstractBaseUser | ByLink


def account(by: Actor) -> AbstractBaseUser | None:
    """For Wagtail, which knows accounts only."""
    return None if isinstance(by, ByLink) else by


def _has(user: Actor, permission: str, model: type[Model] = Listing) -> bool:
    return bool(getattr(user, "has_perm", lambda _name: False)(f"{model._meta.app_label}.{permission}"))


def belongs_to(by: Actor, organisation_id: int) -> bool:
    """A member of the organisation, or somebody who holds a link that it was sent."""
    if isinstance(by, ByLink):
        return by.organisation_id == organisation_id
    members = Membership.objects.filter(organisation=organisation_id, user_id=by.pk)
    return by.is_active and members.exists()


def may_edit(by: Actor, listing: Listing) -> bool:
    """Write a draft and submit it; what is public stays as it is."""
    return works_for_the_city(by) or belongs_to(by, listing.organisation_id)


def works_for_the_city(by: Actor) -> bool:
    """Staff who write entries of any organisation."""
    return _has(by, "change_listing")


def may_publish_everywhere(user: AbstractBaseUser) -> bool:
    return _has(user, "publish_listing")


def may_invite(by: Actor, organisation: Organisation) -> bool:
    if _has(by, "change_organisation", Organisation):
        return True
    owners = organisation.memberships.filter(role=Role.OWNER)
    return not isinstance(by, ByLink) and by.is_active and owners.filter(user_id=by.pk).exists()


def may_publish(user: AbstractBaseUser, listing: Listing) -> bool:
    return _has(user, "publish_listing")


def may_confirm(by: Actor, listing: Listing) -> bool:
    return may_edit(by, listing)


def may_translate(user: AbstractBaseUser, model: type[Model]) -> bool:
    return any(_has(user, f"{action}_{model._meta.model_name}", model) for action in ("translate", "change"))


def may_publish_entries(user: AbstractBaseUser, model: type[Model]) -> bool:
    return _has(user, f"publish_{model._meta.model_name}", model)
