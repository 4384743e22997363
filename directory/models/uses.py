"""Who still names a code? Codes stand in rows as text, so the database cannot protect what they mean."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.codes import CodeField, CodesField

NAMED_AT_MOST = 5


class StillUsed(models.ProtectedError):
    """Like the protection of a foreign key, with a message for people."""

    def __init__(self, used: models.Model, users: Sequence[models.Model]) -> None:
        super().__init__(refusal(used, users), set(users))


def refusal(used: models.Model, users: Sequence[models.Model]) -> str:
    names = ", ".join(f"“{user}”" for user in users[:NAMED_AT_MOST])
    names += ", …" if len(users) > NAMED_AT_MOST else ""
    message = _("“%(used)s” cannot be deleted, because it is still used by: %(users)s.")
    return message % {"used": used, "users": names}


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
    if users := [user for user in uses(vocabulary, item.slug) if user != item and user not in leaving]:
        raise StillUsed(item, users)


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
