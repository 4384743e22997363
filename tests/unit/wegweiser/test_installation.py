import socket
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import connection, connections
from django.test import override_settings

from wegweiser import installation


def test_a_wanted_port_that_is_taken_is_an_error_with_a_way_out() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} is in use.*--port"):
            installation.free_port(port)


def test_the_default_port_moves_on_to_the_next_free_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert port < installation.free_port(None, first=port) < port + 20


def test_port_zero_means_any_free_port() -> None:
    port = installation.free_port(0)
    with socket.socket() as mine:
        mine.bind(("127.0.0.1", port))


def test_no_free_port_says_which_were_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "_is_free", lambda _port: False)
    with pytest.raises(CommandError, match="8000 to 8019"):
        installation.free_port(None)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    occupied = tmp_path / "file"
    occupied.write_text("")
    beyond = override_settings(DATA_DIR=occupied / "folder", STATIC_ROOT=occupied / "static")
    with beyond, pytest.raises(CommandError, match="--data-dir"):
        installation.prepare_data_folder()


def test_the_data_folder_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    with override_settings(DATA_DIR=folder, STATIC_ROOT=folder / "static"):
        assert installation.prepare_data_folder().is_dir()
        assert [path.name for path in folder.iterdir()] == ["static"]


def test_reset_deletes_the_demo_and_nothing_else(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(connection, "vendor", "sqlite")
    monkeypatch.setattr(connections, "close_all", lambda: None)
    for name in ("wegweiser.sqlite3", "wegweiser.sqlite3-wal", "letter.txt"):
        (tmp_path / name).write_text("x")
    (tmp_path / "index" / "1").mkdir(parents=True)
    installation.reset(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_reset_refuses_a_database_that_is_not_the_demos(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(connection, "vendor", "postgresql")
    (tmp_path / "media").mkdir()
    with pytest.raises(CommandError, match="DATABASE_URL"):
        installation.reset(tmp_path)
    assert (tmp_path / "media").exists()
