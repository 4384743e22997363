"""The change log: audit trail, outbox of the search and later the public feed. Written with every edit."""

import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import count
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, models, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import get_active_log_context

_actor: ContextVar[str] = ContextVar("actor", default="")
_advisory_lock = 0x57656757  # "WegW": any constant that no other program on the database uses


class Change(models.Model):
    """One row per changed object and transaction. Nobody outside `Followed` writes here."""

    class Action(models.TextChoices):
        CREATE = "create", _("created")
        UPDATE = "update", _("changed")
        DELETE = "delete", _("deleted")

    model = models.CharField(max_length=80)
    object_id = models.CharField(max_length=40)
    slug = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField()
    action = models.CharField(max_length=10, choices=Action.choices)
    by = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    summary = models.CharField(max_length=300, blank=True)
    transaction = models.UUIDField(editable=False)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["id"]
        indexes = [models.Index(fields=["model", "object_id", "version"])]

    def __str__(self) -> str:
        return f"{self.id} {self.model} {self.slug or self.object_id} {self.action}"

    @classmethod
    def position(cls) -> int:
        """The newest id: a reader that has seen it has seen everything."""
        return cls.objects.aggregate(newest=Max("id"))["newest"] or 0


@contextmanager
def acting(by: AbstractBaseUser | str) -> Iterator[None]:
    """Name who makes the changes within, for the log."""
    token = _actor.set(str(by))
    try:
        yield
    finally:
        _actor.reset(token)


def _who() -> str:
    user = get_active_log_context().user
    return _actor.get() or (str(user) if user else "")


_writes_here = count(1)
_last_write_here = 0


def last_write_here() -> int:
    """Grows with every write and commit of this process, so that its caches see its own edits at once."""
    return _last_write_here


def _note_write() -> None:
    global _last_write_here  # noqa: PLW0603
    _last_write_here = next(_writes_here)


class Written:
    """Waits among the transaction's commit hooks: it is there exactly as long as the row that it stands for."""

    def __init__(self, model: str, token: uuid.UUID) -> None:
        self.model = model
        self.token = token

    def __call__(self) -> None:
        _note_write()


def _written() -> list[Written]:
    hooks = (entry[1] for entry in connection.run_on_commit)  # (savepoints, hook, robust)
    return [hook for hook in hooks if isinstance(hook, Written)]


def uncommitted(models: Collection[str]) -> tuple[Written, ...]:
    """The writes of the running transaction to these models: nobody else may see what was read after them."""
    return tuple(write for write in _written() if write.model in models)


def _transaction_token(model: str) -> uuid.UUID:
    before = _written()
    write = Written(model, before[0].token if before else uuid.uuid4())
    transaction.on_commit(write)
    return write.token


def _record(root: "Followed", action: str) -> None:
    """Write the object's row, in place of one that this same transaction wrote before."""
    if connection.vendor == "postgresql":
        # Ids must commit in order, else a reader by position would skip rows. Edits are rare.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_advisory_lock])
    rows = Change.objects.filter(model=root._meta.label_lower, object_id=str(root.pk))
    token = _transaction_token(root._meta.label_lower)
    mine = rows.filter(transaction=token)
    if action == Change.Action.UPDATE and mine.filter(action=Change.Action.CREATE).exists():
        action = Change.Action.CREATE
    mine.delete()
    Change.objects.create(
        model=root._meta.label_lower,
        object_id=str(root.pk),
        slug=getattr(root, "slug", ""),
        version=(rows.aggregate(newest=Max("version"))["newest"] or 0) + 1,
        action=action,
        by=_who()[:200],
        transaction=token,
    )
    _note_write()


class FollowedQuerySet(models.QuerySet[Any]):
    """Refuses the writes that would pass by the change log."""

    def update(self, **kwargs: Any) -> int:
        raise TypeError("update() writes no change row: load the objects and save() them")

    def bulk_create(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError("bulk_create() writes no change row: save() the objects")

    def bulk_update(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError("bulk_update() writes no change row: save() the objects")

    def delete(self) -> tuple[int, dict[str, int]]:
        """One by one, so that each leaves its row: Wagtail's bulk action deletes through a queryset."""
        with transaction.atomic():
            results = [item.delete() for item in self]
        counts: dict[str, int] = {}
        for _total, by_model in results:
            for label, number in by_model.items():
                counts[label] = counts.get(label, 0) + number
        return sum(total for total, _by_model in results), counts


class Followed(models.Model):
    """Every save and delete writes its change row in the same transaction; a child's counts as its root's.

    First in the order of bases, so that it also wraps the saves of Wagtail and modelcluster.
    """

    followed_parent: ClassVar[str] = ""  # a child names the field that holds its root

    objects: ClassVar[Any] = FollowedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        action = Change.Action.CREATE if self._state.adding else Change.Action.UPDATE
        with transaction.atomic(), self._one_row():
            super().save(*args, **kwargs)
            self._follow(action)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic(), self._one_row():
            self._follow(Change.Action.DELETE)
            return super().delete(*args, **kwargs)

    def _follow(self, action: str) -> None:
        root: Followed = getattr(self, self.followed_parent) if self.followed_parent else self
        if root is not self:
            if getattr(root, "_being_written", 0):
                return  # the root, which is being saved or deleted, writes the one row
            action = Change.Action.UPDATE
        _record(root, action)

    @contextmanager
    def _one_row(self) -> Iterator[None]:
        self._being_written = getattr(self, "_being_written", 0) + 1
        try:
            yield
        finally:
            self._being_written -= 1
