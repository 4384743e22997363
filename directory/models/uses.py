"""Who still names a code? Codes stand in rows as text, so the database cannot protect what they mean."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from directory.models.codes import CodeField, CodesField

NAMED_AT_MOST = 5


DELETED = _("“%(used)s” cannot be deleted, because it is still used by: %(users)s.")
UNPUBLISHED = _("“%(used)s” cannot be taken off the site, because it is still used by: %(users)s.")


class StillUsed(models.ProtectedError):
    """Like the protection of a foreign key, with a message for people."""

    def __init__(self, used: Any, users: Sequence[models.Model], message: Any = DELETED) -> None:
        super().__init__(refusal(used, users, message), set(users))
        self.names = named(users)


def refusal(used: Any, users: Sequence[models.Model], message: Any = DELETED) -> str:
    return str(message % {"used": used, "users": named(users)})


def named(users: Sequence[models.Model]) -> str:
    names = ", ".join(f"“{user}”" for user in users[:NAMED_AT_MOST])
    return names + (", …" if len(users) > NAMED_AT_MOST else "")


class DependedOn:
    """What others name by its code: it can neither be deleted nor taken off the site while they do."""

    pk: Any
    live: Any
    expire_at: Any

    def save(self, *args: Any, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        if not self.live and self.pk and (fields is None or "live" in fields) and self._is_public():
            self._refuse(UNPUBLISHED)
        super().save(*args, **kwargs)  # type: ignore[misc]

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._refuse(DELETED)
        gone: tuple[int, dict[str, int]] = super().delete(*args, **kwargs)  # type: ignore[misc]
        return gone

    def clean(self) -> None:
        super().clean()  # type: ignore[misc]
        if self.expire_at and self.pk and (users := self.users()):
            raise ValidationError({"expire_at": refusal(self, users, UNPUBLISHED)})

    def users(self) -> list[models.Model]:
        raise NotImplementedError

    def unpublish(self, set_expired: bool = False, user: Any = None, **kwargs: Any) -> None:
        """The clock has nobody to tell: the entry stays, its end is taken away, and the history says why."""
        try:
            super().unpublish(set_expired=set_expired, user=user, **kwargs)  # type: ignore[misc]
        except StillUsed as problem:
            self.live = True
            if not set_expired:
                raise
            self.expire_at = None
            self.save(update_fields=["expire_at"])
            log(instance=self, action="wegweiser.still_used", data={"users": problem.names})

    def _is_public(self) -> bool:
        stored = type(self)._base_manager  # type: ignore[attr-defined]
        found: bool = stored.filter(pk=self.pk, live=True).exists()
        return found

    def _refuse(self, message: Any) -> None:
        if users := self.users():
            raise StillUsed(self, users, message)


def uses(vocabulary: str, slug: str) -> list[models.Model]:
    """Every entry that names the code, in whatever room; for a child row, the entry that it belongs to."""
    found: dict[tuple[type[models.Model], Any], models.Model] = {}
    for model, field in _fields(vocabulary):
        for row in _rows(model, field.name, slug):
            parent = getattr(model, "followed_parent", "")
            root = getattr(row, parent) if parent else row
            found[type(root), root.pk] = root
    return list(found.values())


def refuse_if_used(item: Any, vocabulary: str, leaving: Collection[models.Model] = ()) -> None:
    """Itself and those that leave together with it do not count."""
    if users := [user for user in other_uses(item, vocabulary) if user not in leaving]:
        raise StillUsed(item, users)


def other_uses(item: Any, vocabulary: str) -> list[models.Model]:
    return [user for user in uses(vocabulary, item.slug) if user != item]


def _fields(vocabulary: str) -> Iterator[tuple[type[models.Model], CodeField | CodesField]]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, CodeField | CodesField) and field.vocabulary == vocabulary:
                yield model, field


def _rows(model: type[models.Model], field: str, slug: str) -> models.QuerySet[Any]:
    """Lists are compared here, because SQLite cannot look into them."""
    rows = model._default_manager.values_list("pk", field)
    return model._default_manager.filter(
        pk__in=[pk for pk, codes in rows if slug == codes or (isinstance(codes, list) and slug in codes)]
    )
