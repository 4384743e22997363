"""What is derived from entries, kept in the process: after an edit only what was edited is derived again."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import Model

from directory.models import Change
from directory.models.change import uncommitted

Value = TypeVar("Value")
MANY = 500  # after so many edits everything is derived anew: that is quicker, and no query names them all


@dataclass(frozen=True)
class Position:
    """The newest change that was read. Its transaction tells it from the same number in an exchanged database."""

    id: int = 0
    transaction: UUID | None = None


Keys = Collection[int] | None  # None: all
Touched = Mapping[type[Model], Callable[[Collection[int]], Collection[int]]]


@dataclass
class Kept(Generic[Value]):
    """`derive` makes the values of some entries; an entry that it does not return is gone.

    `touched` names the entries that a change of another model concerns, as an organisation's its listings.
    """

    model: type[Model]
    derive: Callable[[Keys], dict[int, Value]]
    touched: Touched = field(default_factory=dict)
    values: dict[int, Value] = field(default_factory=dict)
    position: Position | None = None
    lock: Lock = field(default_factory=Lock)

    def get(self) -> Mapping[int, Value]:
        if uncommitted(self._labels()):
            return self.derive(None)  # nobody else may see what this transaction has written
        with self.lock:
            self._follow()
            return self.values

    def _follow(self) -> None:
        newest, changed = _since(self.position, self._labels())
        if changed is None or sum(len(keys) for keys in changed.values()) > MANY:
            self.values = self.derive(None)
        elif concerned := self._concerned(changed):
            kept = {key: value for key, value in self.values.items() if key not in concerned}
            self.values = kept | self.derive(concerned)  # whole: others still read the former one
        self.position = newest

    def _labels(self) -> list[str]:
        return [model._meta.label_lower for model in (self.model, *self.touched)]

    def _concerned(self, changed: Mapping[str, set[int]]) -> set[int]:
        concerned = set(changed.get(self.model._meta.label_lower, ()))
        for model, keys_of in self.touched.items():
            if keys := changed.get(model._meta.label_lower):
                concerned.update(keys_of(keys))
        return concerned


def _since(before: Position | None, labels: list[str]) -> tuple[Position, dict[str, set[int]] | None]:
    """The newest position, and the keys by model that changed after `before`; None where that is not known."""
    newest = Position(*(Change.objects.order_by("-id").values_list("id", "transaction").first() or (0, None)))
    if newest == before:
        return newest, {}
    if before is None or (before.id and not Change.objects.filter(**vars(before)).exists()):
        return newest, None
    changed: dict[str, set[int]] = {}
    rows = Change.objects.filter(id__gt=before.id, id__lte=newest.id, model__in=labels)
    for label, key in rows.values_list("model", "object_id"):
        changed.setdefault(label, set()).add(int(key))
    return newest, changed
