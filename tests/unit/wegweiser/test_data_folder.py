import stat
from pathlib import Path

import pytest

from wegweiser.settings.data_folder import checkout_catalogs, data_folder, secret_key


def test_the_configured_folder_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/elsewhere")
    assert data_folder(str(tmp_path)) == tmp_path


def test_without_one_it_lies_where_the_desktop_keeps_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert data_folder("") == Path("/data/wegweiser")
    monkeypatch.delenv("XDG_DATA_HOME")
    assert data_folder("") == Path.home() / ".local/share/wegweiser"


def test_the_key_is_made_once_long_and_private(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    key = secret_key(folder)
    assert len(key) >= 64
    assert secret_key(folder) == key
    assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600
    assert secret_key(tmp_path / "other") != key


def test_a_key_that_another_process_makes_first_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(Path, "exists", lambda self: False)
    (tmp_path / "secret_key").write_text("theirs\n")
    assert secret_key(tmp_path) == "theirs"


def test_a_folder_that_cannot_be_used_is_named_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SystemExit, match="WEGWEISER_DATA_DIR"):
        secret_key(tmp_path / "file" / "folder")
    (tmp_path / "secret_key").mkdir()
    with pytest.raises(SystemExit, match=f"{tmp_path} .*directory"):
        secret_key(tmp_path)


def test_nobody_else_may_look_into_a_new_folder(tmp_path: Path) -> None:
    secret_key(tmp_path / "new")
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700


def test_a_checkout_has_its_catalogs_beside_the_package() -> None:
    folder = checkout_catalogs()
    assert folder is not None
    assert folder.name == "locale"
