"""An account that publishes or deletes more in an hour than people do is stopped, whoever holds its password."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import get_active_log_context
from wagtail.models import ModelLogEntry

from directory.models.change import Change

HOUR = timedelta(hours=1)
COUNTED = ("wagtail.publish", "wagtail.unpublish")


class PausedError(PermissionDenied):
    """The account publishes, deletes and writes nothing until staff have looked at what it did."""


# Those who have just done too much. Their refusal rolls everything back, so the row is written after the request.
exceeding: ContextVar[list[Any] | None] = ContextVar("exceeding", default=None)
_uncounted: ContextVar[bool] = ContextVar("uncounted", default=False)


class Pause(models.Model):
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="pauses", verbose_name=gettext_lazy("account")
    )
    since = models.DateTimeField(gettext_lazy("since"), auto_now_add=True)
    lifted_at = models.DateTimeField(gettext_lazy("lifted at"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("lifted by"),
    )

    class Meta:
        verbose_name = gettext_lazy("pause of an account")
        verbose_name_plural = gettext_lazy("pauses of accounts")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=models.Q(lifted_at=None), name="one_pause_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return str(self.account)


def refuse_if_paused(user: Any) -> None:
    if user is not None and user.pk and Pause.objects.filter(account_id=user.pk, lifted_at=None).exists():
        raise PausedError(_("Your account is paused, because it did very much in a short time. Ask the city."))


def count(user: Any) -> None:
    """Before an account changes what is public. What has no account, such as a loader, is not counted."""
    if user is None or not user.pk:
        return
    refuse_if_paused(user)
    if _uncounted.get() or done_since(user, _counting_from(user)) < settings.PUBLISHES_AN_HOUR:
        return
    found = exceeding.get()
    if found is not None:
        found.append(user.pk)
    raise PausedError(_("This is more than one account may publish or delete in an hour. Nothing was changed."))


@contextmanager
def uncounted() -> Iterator[None]:
    """For putting right what another account did: that may be a great deal at once."""
    token = _uncounted.set(True)
    try:
        yield
    finally:
        _uncounted.reset(token)


def done_since(user: Any, start: datetime) -> int:
    """Deletions leave their row in the change log only: what was deleted has no other history."""
    published = ModelLogEntry.objects.filter(user_id=user.pk, action__in=COUNTED, timestamp__gte=start)
    deleted = Change.objects.filter(by=str(user)[:200], action=Change.Action.DELETE, at__gte=start)
    number: int = published.count() + deleted.count()
    return number


def _counting_from(user: Any) -> datetime:
    """What staff have looked at and let pass does not count again."""
    lifted = Pause.objects.filter(account_id=user.pk).aggregate(last=models.Max("lifted_at"))["last"]
    start = timezone.now() - HOUR
    return max(start, lifted) if lifted else start


class Braked(models.Model):
    """Before Wagtail's mixins in the order of bases: its own screens are counted as well."""

    class Meta:
        abstract = True

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        refuse_if_paused(kwargs.get("user"))
        return super().save_revision(*args, **kwargs)  # type: ignore[misc]

    def publish(self, revision: Any, user: Any = None, **kwargs: Any) -> None:
        count(user)
        super().publish(revision, user=user, **kwargs)  # type: ignore[misc]

    def unpublish(self, set_expired: bool = False, user: Any = None, **kwargs: Any) -> None:
        count(user)
        super().unpublish(set_expired=set_expired, user=user, **kwargs)  # type: ignore[misc]

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        count(get_active_log_context().user)
        gone: tuple[int, dict[str, int]] = super().delete(*args, **kwargs)
        return gone
