from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from directory.models import Listing
from tests.integration.directory.making import listing


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Messages are read in the language in which they are written."""
    with translation.override("en"):
        yield


@pytest.fixture
def entry(db: None) -> Listing:
    return listing(title_de="Beratung", helps_with_de="Hilft nach einem Angriff.", description_de="Wir hören zu.")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return tmp_path / "book.xlsx"
