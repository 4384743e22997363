from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker

from tests import houses
from tests.database import States


@pytest.fixture(scope="module")
def house(
    tmp_path_factory: pytest.TempPathFactory, database_states: States, django_db_blocker: DjangoDbBlocker
) -> Iterator[Path]:
    """One furnished installation, in which one process after another is killed; its data folder."""
    folder = tmp_path_factory.mktemp("house") / "data"
    folder.mkdir()
    with django_db_blocker.unblock(), houses.house(database_states, folder):
        houses.furnish()
        call_command("backup", folder.parent / "first.zip")
        yield folder
