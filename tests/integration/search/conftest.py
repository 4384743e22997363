from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from search import reader
from search.cluster.generations import Cluster
from tests.clusters import corner


@pytest.fixture(autouse=True)
def nothing_open() -> Iterator[None]:
    reader.forget()
    yield
    reader.forget()


@pytest.fixture
def index(tmp_path: Path, db: None) -> Iterator[Path]:
    """An empty database and no index yet: the folder where it will lie."""
    with override_settings(DATA_DIR=tmp_path):
        yield tmp_path / "index"


@pytest.fixture
def cluster(elasticsearch_url: str, index: Path) -> Iterator[Cluster]:
    """An empty database and no index yet, neither on disk nor there."""
    with corner(elasticsearch_url) as made:
        yield made
