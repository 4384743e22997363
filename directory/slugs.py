"""The slug of a new entry: in Latin letters, free when it is chosen, and still free when it is written."""

from collections.abc import Callable, Collection, Iterable
from itertools import chain, count
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.text import slugify

LONGEST = 100
NUMBER = 4  # what "-999" needs
TRIES = 20  # as many may begin an entry of one name at the same moment
NOT_UNIQUE = ("unique", "unique_together")  # as Django calls it
UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}

Done = TypeVar("Done")


class TakenError(Exception):
    """Somebody else has written an entry with this slug just now. Says so in the words of a form."""

    def __init__(self, words: ValidationError) -> None:
        super().__init__(words)
        self.words = words


def in_latin(name: str) -> str:
    for letter, letters in UMLAUTS.items():
        name = name.replace(letter, letters)
    return name


def made_of(names: Iterable[str], at_most: int = LONGEST) -> str:
    """Of the first name that leaves anything; empty where none does."""
    return next((found for name in names if (found := slugify(in_latin(name))[:at_most].strip("-"))), "")


def numbered(base: str, taken: Collection[str]) -> str:
    candidates = chain([base], (f"{base}-{number}" for number in count(2)))
    return next(slug for slug in candidates if slug not in taken)


def free(model: type[models.Model], base: str) -> str:
    return numbered(base, set(model._default_manager.filter(slug__startswith=base).values_list("slug", flat=True)))


def longest(model: type[models.Model]) -> int:
    field: Any = model._meta.get_field("slug")
    return int(field.max_length) - NUMBER


def insert(entry: models.Model, write: Callable[[], Done], *, base: str = "") -> Done:
    """`write` saves the new entry under the next slug that `base` gives, also where somebody else was faster.

    Without a base the entry has the slug that somebody wished or was shown; TakenError tells that it is gone.
    """
    for attempt in count(1):
        if base:
            entry.slug = free(type(entry), base)  # type: ignore[attr-defined]
        try:
            with transaction.atomic():
                return write()
        except IntegrityError as problem:
            words = _taken(entry)
            if words is None:
                raise
            if not base or attempt == TRIES:
                raise TakenError(words) from problem
    raise AssertionError("unreachable")


def _taken(entry: models.Model) -> ValidationError | None:
    """Nothing where it was another rule of the database that refused the entry."""
    for look in (entry.validate_unique, entry.validate_constraints):
        try:
            look()
        except ValidationError as words:
            if any(each.code in NOT_UNIQUE for each in chain(*words.error_dict.values())):
                return words
    return None
