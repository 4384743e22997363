import pytest

from directory import budget
from tests.integration.upkeep import keeping


@pytest.fixture(autouse=True)
def ready(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    keeping.with_review()
    keeping.not_a_demo()
    monkeypatch.setattr("directory.upkeep.views.budget", budget.Budget(each=3, total=60))
