from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from wegweiser import styles


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("tokens.css", "base.css", "layout.css", "print.css", "components/card.css", "components/a.css"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f".{path.stem} {{ /* why */\n  margin : 0 ;\n}}\n")
    monkeypatch.setattr(styles, "FOLDER", tmp_path)
    styles.sheet.cache_clear()
    return tmp_path


@pytest.fixture(autouse=True)
def forget() -> Iterator[None]:
    styles.sheet.cache_clear()
    yield
    styles.sheet.cache_clear()


def test_components_stand_between_the_base_and_the_print_rules(folder: Path) -> None:
    assert [path.stem for path in styles.files()] == ["tokens", "base", "layout", "a", "card", "print"]


def test_comments_and_blanks_are_not_sent(folder: Path) -> None:
    assert styles.sheet().text.startswith(b".tokens{margin : 0;}.base{")


def test_another_text_has_another_name(folder: Path) -> None:
    before = styles.sheet().name
    (folder / "components/card.css").write_text(".card{}")
    styles.sheet.cache_clear()
    assert styles.sheet().name != before


def test_an_edit_is_seen_at_once_while_developing(folder: Path) -> None:
    styles.current()
    (folder / "components/card.css").write_text(".edited{}")
    assert b".edited" not in styles.current().text
    with override_settings(DEBUG=True):
        assert b".edited" in styles.current().text
