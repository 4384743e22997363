"""Sign-in through a city's own provider: for people who have an account here, or whose group has a role."""

from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.http import HttpRequest

from wegweiser import roles


class OidcAdapter(DefaultSocialAccountAdapter):
    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if not sociallogin.is_existing and (user := same_address(sociallogin)):
            sociallogin.connect(request, user)
        if sociallogin.is_existing and (names := roles_of(sociallogin)):
            give_roles(sociallogin.user, names)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return bool(roles_of(sociallogin)) and not address_is_taken(sociallogin)

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return True  # only those whom is_open_for_signup lets through

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        with transaction.atomic():
            user: User = super().save_user(request, sociallogin, form)
            give_roles(user, roles_of(sociallogin))
        return user


def told(sociallogin: SocialLogin) -> dict[str, Any]:
    """What the provider says of this person: in the token, or when asked."""
    data = sociallogin.account.extra_data
    return {**data, **data.get("id_token", {}), **data.get("userinfo", {})}


def verified(sociallogin: SocialLogin) -> list[str]:
    if told(sociallogin).get("email_verified") not in (True, "true"):  # "false" in words is not nothing
        return []
    return [address.email for address in sociallogin.email_addresses if address.verified and address.email]


def same_address(sociallogin: SocialLogin) -> User | None:
    """The one account with an address that the provider has verified; two of them would be a guess."""
    users = get_user_model()._default_manager
    found = [user for email in verified(sociallogin) for user in users.filter(email__iexact=email)]
    return found[0] if len(found) == 1 and found[0].is_active else None


def address_is_taken(sociallogin: SocialLogin) -> bool:
    """An address that nobody verified must not become a second account of somebody else."""
    addresses = [address.email for address in sociallogin.email_addresses]
    users = get_user_model()._default_manager
    return any(users.filter(email__iexact=email).exists() for email in addresses if email)


def roles_of(sociallogin: SocialLogin) -> set[str]:
    shipped = {role.name for role in roles.ROLES}
    given = told(sociallogin).get(settings.OIDC_ROLE_CLAIM, [])
    named = {given} if isinstance(given, str) else set(map(str, given))
    return {role for value, role in settings.OIDC_ROLES.items() if value in named and role in shipped}


def give_roles(user: User, names: set[str]) -> None:
    """Exactly these of ours; a city's other groups stay, and nobody becomes a superuser this way."""
    shipped = Group.objects.filter(name__in=[role.name for role in roles.ROLES])
    user.groups.remove(*shipped.exclude(name__in=names))
    user.groups.add(*shipped.filter(name__in=names))
