"""Entries and people for the tests of the directory and of its editing."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from threading import Event, Thread
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission, User
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Revision

from directory.alone import alone
from directory.models import Area, Change, Listing, Organisation, Term


def organisation(slug: str = "house", **fields: Any) -> Organisation:
    made = Organisation(slug=slug, **({"name_de": "Haus der Vielfalt", "live": True} | fields))
    made.save()
    return made


def unsaved_listing(slug: str = "advice", **fields: Any) -> Listing:
    """Complete enough to be saved; its organisation is made where there is none yet."""
    given = {
        "kind": "counselling",
        "audience": "affected",
        "source_language": "de",
        "title_de": "Beratung",
        "live": True,
    } | fields
    if "organisation" not in given:
        houses: QuerySet[Organisation] = Organisation.objects.all()
        given["organisation"] = houses.filter(slug="house").first() or organisation()
    return Listing(slug=slug, **given)


def listing(slug: str = "advice", **fields: Any) -> Listing:
    made = unsaved_listing(slug, **fields)
    made.save()
    return made


def term(vocabulary: str, slug: str, **fields: Any) -> Term:
    made = Term(vocabulary=vocabulary, slug=slug, **({"label_de": slug.capitalize()} | fields))
    made.save()
    return made


def area(slug: str, parent: Area | None = None, **fields: Any) -> Area:
    made = Area(slug=slug, parent=parent, **({"level": "city", "name_de": slug.capitalize()} | fields))
    made.save()
    return made


def find(model: Any, slug: str) -> Any:
    return model.objects.get(slug=slug)


def stored(entry: Any) -> Any:
    """The entry as the database has it now."""
    return type(entry).objects.get(pk=entry.pk)


def superuser(name: str = "chris") -> User:
    made: User = get_user_model().objects.create_superuser(name, f"{name}@example.org", "pw")
    return made


def person(name: str, *permissions: str) -> User:
    made: User = get_user_model().objects.create_user(name, f"{name}@example.org", "pw")
    made.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return made


@contextmanager
def new_changes() -> Iterator[list[tuple[str, str, str]]]:
    """(model, slug, action) of the rows that were written within, oldest first."""
    found: list[tuple[str, str, str]] = []
    start = Change.position()
    yield found
    rows = Change.objects.filter(id__gt=start).order_by("id")
    found.extend((row.model.removeprefix("directory."), row.slug, row.action) for row in rows)


class _UndoneError(Exception):
    pass


@contextmanager
def undone() -> Iterator[None]:
    """A transaction, or a savepoint within one, that is rolled back in the end."""
    with suppress(_UndoneError), transaction.atomic():
        yield
        raise _UndoneError


def let_an_hour_pass() -> None:
    """As far as Wagtail's clock is concerned."""
    past = timezone.now() - timedelta(minutes=5)
    for revision in Revision.objects.filter(approved_go_live_at__isnull=False):
        revision.content["go_live_at"] = past.isoformat()
        revision.approved_go_live_at = past
        revision.save()


@contextmanager
def held_elsewhere(work: str) -> Iterator[None]:
    """Another process is doing it: PostgreSQL would give the lock to the same connection twice."""
    held, let_go = Event(), Event()

    def hold() -> None:
        with alone(work) as mine:
            assert mine
            held.set()
            let_go.wait(timeout=60)
        connection.close()

    thread = Thread(target=hold)
    thread.start()
    try:
        assert held.wait(timeout=60)
        yield
    finally:
        let_go.set()
        thread.join(timeout=60)
