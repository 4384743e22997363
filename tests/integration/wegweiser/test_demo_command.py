"""The first start as a stranger sees it: a process of its own, an empty folder, no settings."""

import csv
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest


def wegweiser(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "LANGUAGES")}
    environment |= {"WEGWEISER_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "wegweiser.settings.base"}
    command = [sys.executable, "-W", "error::SyntaxWarning", "-m", "wegweiser", *arguments]
    return subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, timeout=180)


@pytest.fixture(scope="module")
def first_start(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    folder = tmp_path_factory.mktemp("first-start")
    return folder, wegweiser(folder, "--no-serve")


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    database = sqlite3.connect(folder / "wegweiser.sqlite3")
    try:
        return database.execute(query).fetchall()
    finally:
        database.close()


def test_it_sets_up_in_numbered_steps(first_start: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    _folder, result = first_start
    assert result.returncode == 0, result.stderr
    steps = re.findall(r"^(\d)\. ([\w ]+): \d+\.\d s$", result.stderr, flags=re.MULTILINE)
    assert steps == [
        ("1", "Data folder"),
        ("2", "Database"),
        ("3", "Demo data"),
        ("4", "Search index"),
        ("5", "Staff"),
        ("6", "Members"),
    ]


def test_it_prints_one_sign_in_for_each_role_once(
    first_start: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    folder, result = first_start
    found = dict(re.findall(r"^(\w+): (\w+), password: \S{16,} \(shown this once\)$", result.stderr, re.MULTILINE))
    assert found == {
        "Administrator": "admin",
        "Editor": "editor",
        "Reviewer": "reviewer",
        "Translator": "translator",
        "Partner": "partner",
    }
    members = re.findall(
        r"^Member of (.+): (\S+), password: \S{16,} \(shown this once\)$", result.stderr, re.MULTILINE
    )
    assert members == [
        ("AWO Jena (owner)", "awo-owner@example.org"),
        ("AWO Jena (editor)", "awo-editor@example.org"),
        ("Diakonie Düsseldorf (owner)", "diakonie-owner@example.org"),
    ]
    assert len(set(re.findall(r"password: (\S+)", result.stderr))) == len(found) + len(members)
    again = wegweiser(folder, "demo", "--no-serve")
    assert again.returncode == 0, again.stderr
    assert "password" not in again.stderr


def test_each_of_them_is_in_the_group_of_their_role(
    first_start: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    folder, _result = first_start
    members = """SELECT u.username, g.name FROM auth_user_groups m
        JOIN auth_user u ON u.id = m.user_id JOIN auth_group g ON g.id = m.group_id ORDER BY u.id"""
    assert rows(folder, members) == [
        ("admin", "Administrator"),
        ("editor", "Editor"),
        ("reviewer", "Reviewer"),
        ("translator", "Translator"),
        ("partner", "Partner"),
    ]
    assert rows(folder, "SELECT count(*) FROM auth_user WHERE is_superuser") == [(1,)]


def test_the_database_is_set_for_durability(first_start: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, _result = first_start
    assert rows(folder, "PRAGMA journal_mode") == [("wal",)]


def test_a_second_start_changes_nothing(first_start: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, _result = first_start
    before = rows(folder, "SELECT max(id), count(*) FROM directory_change")
    assert wegweiser(folder, "demo", "--no-serve").returncode == 0
    assert rows(folder, "SELECT max(id), count(*) FROM directory_change") == before


def test_the_export_lists_every_listing(first_start: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, _result = first_start
    result = wegweiser(folder, "export_listings", "--format", "csv", "--out", str(folder / "out"))
    assert result.returncode == 0, result.stderr
    [path] = (folder / "out").glob("*.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        slugs = [row["slug"] for row in csv.DictReader(file)]
    assert len(slugs) == len(set(slugs)) == 125
    assert sorted(slugs) == [slug for (slug,) in rows(folder, "SELECT slug FROM directory_listing ORDER BY slug")]


def test_reset_starts_anew(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("keep me")
    assert wegweiser(tmp_path, "demo", "--no-serve").returncode == 0
    database = sqlite3.connect(tmp_path / "wegweiser.sqlite3")
    with database:
        database.execute("UPDATE directory_listing SET note = 'mine'")
    database.close()
    result = wegweiser(tmp_path, "demo", "--no-serve", "--reset")
    assert result.returncode == 0, result.stderr
    assert rows(tmp_path, "SELECT count(*) FROM directory_listing WHERE note = 'mine'") == [(0,)]
    assert (tmp_path / "letter.txt").read_text() == "keep me"


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = wegweiser(tmp_path, "demo", "--no-serve", "--data-dir", str(tmp_path / "file" / "below"))
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert "--data-dir" in result.stderr
