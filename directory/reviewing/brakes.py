"""Two brakes: staff freeze what organisations may change, and an account that runs away is stopped."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from directory.models import Configuration, Pause, acting
from directory.models.pause import exceeding, refuse_if_paused
from directory.permissions import Actor, account, may_publish_everywhere, works_for_the_city

STAFF, SAFE = "/admin/", frozenset({"GET", "HEAD", "OPTIONS"})


class FrozenError(PermissionDenied):
    """Nobody outside of the staff changes an entry at present; what is public stays."""


def is_frozen() -> bool:
    return Configuration.load().frozen


def refuse_if_stopped(by: Actor) -> None:
    """Asked by every verb that organisations use. Staff go on: they have to put right what made them freeze."""
    if not works_for_the_city(by) and is_frozen():
        raise FrozenError(_("Entries cannot be changed at the moment. Please try again in a few days."))
    refuse_if_paused(account(by))


@transaction.atomic
def freeze(*, frozen: bool, by: AbstractBaseUser) -> None:
    if not may_publish_everywhere(by):
        raise PermissionDenied
    configuration = Configuration.load()
    if configuration.frozen == frozen:
        return
    configuration.frozen = frozen
    with acting(by):
        configuration.save()
    log(instance=configuration, action="wegweiser.freeze" if frozen else "wegweiser.thaw", user=by)


def pause_by_hand(*, account: AbstractBaseUser, by: AbstractBaseUser) -> None:
    if not may_publish_everywhere(by) or account.pk == by.pk:
        raise PermissionDenied(_("Somebody else has to do this."))
    refuse_if_paused(by)
    pause(account)


@transaction.atomic
def lift(*, pause: Pause, by: AbstractBaseUser) -> None:
    """By somebody else than the account itself: whoever holds a stolen password must not wave it through."""
    if not may_publish_everywhere(by) or pause.account_id == by.pk:
        raise PermissionDenied(_("Somebody else has to do this."))
    refuse_if_paused(by)
    end(pause, by=by)


def end(pause: Pause, *, by: AbstractBaseUser | None) -> None:
    current = Pause.objects.select_for_update().get(pk=pause.pk)
    if current.lifted_at is None:
        current.lifted_at, current.lifted_by_id = timezone.now(), by.pk if by else None
        current.save()


class PauseTooMany:
    """After the request: the refusal itself has rolled back everything that was written in it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        found: list[Any] = []
        token = exceeding.set(found)
        try:
            return self.get_response(request)
        finally:
            exceeding.reset(token)
            for key in dict.fromkeys(found):
                pause(get_user_model()._default_manager.get(pk=key))

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Whoever has taken an account over does nothing else with it either: no users, pages or settings."""
        path, user = request.path, request.user if request.path.startswith(STAFF) else None
        if user and request.method not in SAFE and path != f"{STAFF}logout/" and user.is_authenticated:
            refuse_if_paused(user)


def pause(user: Any) -> None:
    Pause.objects.get_or_create(account=user, lifted_at=None)
