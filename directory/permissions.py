"""Who may do what with an entry. Asked by verbs and views; Wagtail's own admin asks its groups."""

from django.contrib.auth.models import AbstractBaseUser

from directory.models import Listing


def _has(user: AbstractBaseUser, permission: str) -> bool:
    return bool(getattr(user, "has_perm", lambda _name: False)(f"directory.{permission}"))


def may_publish(user: AbstractBaseUser, listing: Listing) -> bool:
    return _has(user, "publish_listing")


def may_confirm(user: AbstractBaseUser, listing: Listing) -> bool:
    return _has(user, "change_listing")
