from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from tests import houses
from tests.database import States


@pytest.fixture
def house(tmp_path: Path, database_states: States, django_db_blocker: DjangoDbBlocker) -> Iterator[Path]:
    """The demo data in an installation of its own; its data folder."""
    folder = tmp_path / "data"
    folder.mkdir()
    with django_db_blocker.unblock(), houses.house(database_states, folder):
        yield folder


@pytest.fixture
def furnished(house: Path) -> Path:
    houses.furnish()
    return house
