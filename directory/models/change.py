"""The change log: audit trail, outbox of the search and later the public feed. Written with every edit."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import count
from threading import local
from types import MappingProxyType
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, models, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import get_active_log_context

_actor: ContextVar[str] = ContextVar("actor", default="")
RESTORED = "wegweiser.restore"  # what a row names that stands for a whole database
_advisory_lock = 0x57656757  # "WegW": any constant that no other program on the database uses


class Change(models.Model):
    """One row per changed object and transaction. Nobody outside `Followed` writes here."""

    class Action(models.TextChoices):
        CREATE = "create", _("created")
        UPDATE = "update", _("changed")
        DRAFT = "draft", _("draft saved")  # nothing that the public sees has changed
        DELETE = "delete", _("deleted")

    model = models.CharField(max_length=80)
    object_id = models.CharField(max_length=40)
    slug = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField()
    action = models.CharField(max_length=10, choices=Action.choices)
    by = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    summary = models.CharField(max_length=300, blank=True)  # names of the changed fields, no contents
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

    @classmethod
    def of_public(cls) -> models.QuerySet["Change"]:
        """Without the drafts, which an index or a cache of what is public has no reason to follow."""
        return cls.objects.exclude(action=cls.Action.DRAFT)

    @classmethod
    def public_position(cls) -> int:
        return cls.of_public().aggregate(newest=Max("id"))["newest"] or 0


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

    __slots__ = ("model", "token")  # a large import has one for each entry

    def __init__(self, model: str, token: uuid.UUID) -> None:
        self.model = model
        self.token = token

    def __call__(self) -> None:
        _note_write()


class _Here(local):
    """Most threads only read, and ask at each name that they show whether they have written."""

    wrote = False
    looked_at = 0  # so many of the commit hooks
    last: Any = None  # of these
    newest: Mapping[str, Written] = MappingProxyType({})  # of these, by model


_here = _Here()


def _written() -> Mapping[str, Written]:
    """The newest write of the running transaction to each model.

    Reads the hooks that came since it looked last, else n entries of an import would read n² of them. A savepoint
    that is rolled back takes away the newest ones: where the last one still is, all before it are.
    """
    if not _here.wrote:
        return _here.newest
    hooks, known = connection.run_on_commit, _here.looked_at  # of (savepoints, hook, robust)
    if known and (len(hooks) < known or hooks[known - 1][1] is not _here.last):
        known, _here.newest = 0, MappingProxyType({})
    if later := [entry[1] for entry in hooks[known:]]:
        found = {hook.model: hook for hook in later if isinstance(hook, Written)}
        _here.newest, _here.last = MappingProxyType({**_here.newest, **found}), later[-1]
    _here.looked_at = known + len(later)
    return _here.newest


def uncommitted(models: Collection[str]) -> tuple[Written, ...]:
    """The newest writes of the running transaction to these models; the same ones as long as there are no others.

    Nobody else may see what was read after them.
    """
    newest = _written()
    return tuple(newest[model] for model in models if model in newest)


def _transaction_token(model: str) -> uuid.UUID:
    before = next(iter(_written().values()), None)
    write = Written(model, before.token if before else uuid.uuid4())
    _here.wrote = True
    transaction.on_commit(write)
    return write.token


def _record(root: "Followed", action: str, fields: Iterable[str]) -> None:
    """Write the object's row, in place of one that this same transaction wrote before."""
    if connection.vendor == "postgresql":
        # Ids must commit in order, else a reader by position would skip rows. Edits are rare.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_advisory_lock])
    token = _transaction_token(root._meta.label_lower)
    rows = Change.objects.filter(model=root._meta.label_lower, object_id=str(root.pk))
    newest = rows.order_by("-version").first()
    version = newest.version + 1 if newest else 1
    if newest and newest.transaction == token:
        action, fields = _together(newest, action, fields)
        version = newest.version
        newest.delete()
    Change.objects.create(
        model=root._meta.label_lower,
        object_id=str(root.pk),
        slug=getattr(root, "slug", ""),
        version=version,
        action=action,
        by=_who()[:200],
        summary=_shortened(fields),
        transaction=token,
    )
    _note_write()


def _together(before: Change, action: str, fields: Iterable[str]) -> tuple[str, Iterable[str]]:
    """The action and the fields of one row that stands for two writes."""
    if action == Change.Action.DELETE:
        return action, fields
    strongest = (Change.Action.CREATE, Change.Action.UPDATE, Change.Action.DRAFT)
    named = next((each for each in strongest if each in (before.action, action)), action)
    return named, dict.fromkeys((*before.summary.split(), *fields))


def _shortened(fields: Iterable[str]) -> str:
    """As many whole names as fit."""
    longest: int = Change._meta.get_field("summary").max_length or 0
    words = ""
    for name in fields:
        if len(words) + 1 + len(name) > longest:
            break
        words = f"{words} {name}".strip()
    return words


def record_restore(token: uuid.UUID, *, summary: str) -> None:
    """The whole database was exchanged: caches that know the newest row must see it, and so must the audit."""
    Change.objects.create(
        model=RESTORED,
        object_id=token.hex,
        version=1,
        action=Change.Action.CREATE,
        by=_who()[:200],
        summary=summary[:300],
        transaction=token,
    )


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
        action, fields = Change.Action.CREATE, ()  # type: tuple[str, tuple[str, ...]]
        if not self._state.adding:
            action, fields = self.difference(kwargs.get("update_fields"))
        # What takes back the root takes its children along: a savepoint for each is a third of all statements.
        with transaction.atomic(savepoint=not self._is_within_root()), self._one_row():
            super().save(*args, **kwargs)
            self._follow(action, fields)

    def difference(self, update_fields: Iterable[str] | None) -> tuple[str, tuple[str, ...]]:
        """What the save that is about to happen means for the log. Models that can tell more do."""
        return Change.Action.UPDATE, tuple(update_fields or ())

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic(), self._one_row():
            self._follow(Change.Action.DELETE, ())
            return super().delete(*args, **kwargs)

    def _follow(self, action: str, fields: tuple[str, ...]) -> None:
        root: Followed = getattr(self, self.followed_parent) if self.followed_parent else self
        if root is not self:
            if getattr(root, "_being_written", 0):
                return  # the root, which is being saved or deleted, writes the one row
            relation: Any = self._meta.get_field(self.followed_parent).remote_field
            action, fields = Change.Action.UPDATE, (relation.get_accessor_name(),)
        _record(root, action, fields)

    def _is_within_root(self) -> bool:
        """Where the root was not read yet, it is not the one in memory that is being written."""
        return bool(getattr(self._state.fields_cache.get(self.followed_parent), "_being_written", 0))

    @contextmanager
    def _one_row(self) -> Iterator[None]:
        self._being_written = getattr(self, "_being_written", 0) + 1
        try:
            yield
        finally:
            self._being_written -= 1
