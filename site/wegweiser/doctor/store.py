"""The database and what is made from it."""

from collections.abc import Iterator
from datetime import timedelta
from importlib.metadata import version

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models.functions import Now
from django.utils import timezone

from directory.models import Change
from search import indexing
from search.cluster import address
from wegweiser.doctor.finding import Finding, error, ok

WRONG_BY = timedelta(seconds=30)


def database() -> Iterator[Finding]:
    try:
        connection.ensure_connection()
    except DatabaseError as problem:
        yield error(
            f"The database cannot be reached ({type(problem).__name__}).",
            "Start it, and compare DATABASE_URL with its name, user and password.",
        )
        return
    try:
        with transaction.atomic():
            Session(session_key="doctor", session_data="", expire_date=timezone.now()).save()
            transaction.set_rollback(True)
    except DatabaseError as problem:
        yield error(
            f"The database cannot be written ({type(problem).__name__}).",
            "Give its user the right to write; on SQLite, look at the owner of the file.",
        )


def migrations() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield error(
            f"The database lacks {len(plan)} steps to version {version('wegweiser')}.",
            "Run `wegweiser upgrade`, then start the server again.",
        )


def index() -> Iterator[Finding]:
    """Behind the change log is no fault: the next search catches up."""
    difference = indexing.check()
    stale = difference.problem == "behind the change log"
    if difference.problem and not stale:
        yield error(f"The search index is not usable: {difference.problem}.", "Run `wegweiser rebuild_index`.")
    elif (difference.missing or difference.superfluous) and not stale:
        yield error(
            f"The search index lacks {len(difference.missing)} listings and holds {len(difference.superfluous)} "
            "that are not public.",
            "Run `wegweiser rebuild_index`.",
        )


def cluster() -> Iterator[Finding]:
    url, key, ca_file = settings.SEARCH_URL, settings.SEARCH_API_KEY, settings.SEARCH_CA_FILE
    if not url.strip():
        yield ok("None is set: the embedded index answers alone.")
        return
    from wegweiser.doctor.cluster import findings  # its client takes a second to import

    try:
        yield from findings(address.read(url, key, ca_file))
    except address.AddressError as problem:
        yield error(f"SEARCH_URL is wrong: {problem}.", "Set it as in .env.example, or leave it out.")


def clock() -> Iterator[Finding]:
    here = timezone.now()
    there = ContentType.objects.annotate(now=Now()).values_list("now", flat=True).first()
    if there and abs(here - there) > WRONG_BY:
        yield error(
            f"The clocks of this machine and of the database differ by {abs(here - there).total_seconds():.0f} s.",
            "Set both by NTP: deadlines and scheduled publishing depend on them.",
        )
    newest = Change.objects.order_by("-at").values_list("at", flat=True).first()
    if newest and newest - here > WRONG_BY:
        yield error("The clock of this machine is before the newest edit.", "Set it by NTP.")
