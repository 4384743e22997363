"""What all tests share: a database that is migrated once, the demo data loaded once, and no stale caches."""

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation
from hypothesis import settings as hypothesis
from pytest_django import DjangoDbBlocker

from tests.database import MigratedBefore, States

if TYPE_CHECKING:
    from tests.remembered import Remembered

CI = os.environ.get("CI") == "true"
ORDER = {"empty": 0, "world": 1, "demo": 2}

# Time limits per example would only measure how busy the machine is.
hypothesis.register_profile("laptop", deadline=None)
hypothesis.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.load_profile("ci" if CI else "laptop")


def load_demo() -> None:
    from wegweiser.demo.loader import load

    load()


def make_world() -> None:
    from tests.integration.staff.world import remember

    remember()


@pytest.fixture(scope="session")
def database_states(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[States]:
    with django_db_blocker.unblock():
        before = MigratedBefore(request.config.cache.mkdir("migrated"))
        if connection.vendor == "sqlite":
            before.fill(connection.creation._get_test_db_name())  # type: ignore[attr-defined]
        databases = setup_databases(verbosity=0, interactive=False)
        if connection.vendor == "sqlite":
            before.keep()
        states = States({"demo": load_demo, "world": make_world})
        yield states
        states.snapshots.close()
        teardown_databases(databases, verbosity=0)
        before.close()


@pytest.fixture(scope="session")
def remembered(database_states: States) -> Iterator["Remembered"]:
    from tests.remembered import Remembered

    found = Remembered()
    yield found
    found.close()


@pytest.fixture
def django_db_setup(
    request: pytest.FixtureRequest, database_states: States, remembered: "Remembered"
) -> Iterator[None]:
    """Runs before the test's transaction begins: the state it asks for, and nothing remembered of another."""
    blocker: DjangoDbBlocker = request.getfixturevalue("django_db_blocker")
    state = state_for(request.fixturenames)
    with blocker.unblock():
        database_states.become(state)
        remembered.give_back(state)
    yield
    if has_real_transactions(request.node):
        database_states.spoil()
    else:
        with blocker.unblock():
            remembered.keep(state)


@pytest.fixture(autouse=True)
def no_language_of_another_test() -> Iterator[None]:
    """A request leaves its language active in the thread, and the next test would depend on the order."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def elasticsearch_url() -> str:
    """A real server. Whoever uses it makes indexes of an own, random name there and deletes them."""
    url = os.environ.get("ELASTICSEARCH_URL", "")
    if not url:
        missing = (
            "no ELASTICSEARCH_URL: docker compose up -d elasticsearch; "
            "ELASTICSEARCH_URL=http://elastic:SEARCH_PASSWORD@127.0.0.1:9200"
        )
        (pytest.fail if CI else pytest.skip)(missing)
    return url


@pytest.fixture
def demo(db: None) -> None:
    """The demo data is in the database."""


def state_for(fixtures: Sequence[str]) -> str:
    return next((name for name in ("demo", "world") if name in fixtures), "empty")


def has_real_transactions(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    fixtures = getattr(item, "fixturenames", ())
    return bool(marker and marker.kwargs.get("transaction")) or "transactional_db" in fixtures


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests with the demo data follow one another, browsers come last: each state is made once."""
    items.sort(
        key=lambda item: ("browser" in item.path.parts, ORDER[state_for(getattr(item, "fixturenames", ()))])
    )
