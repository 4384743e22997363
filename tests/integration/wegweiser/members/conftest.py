from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django.fixtures import Settings

from wegweiser.members import people


@pytest.fixture(autouse=True)
def nobody_has_tried_yet(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.DATA_DIR = tmp_path
    settings.SECOND_FACTOR = "required"
    people.budget.__init__(each=20, total=100)  # type: ignore[misc]
    cache.clear()
    yield
    cache.clear()
