"""What `restore` refuses: one sentence each, and the installation as it was."""

import json
import random
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from directory.models import Organisation
from tests import houses
from tests.database import States
from tests.houses import everything, pictures
from wegweiser.backup import archive, manifest, media, restoring, schema
from wegweiser.backup.manifest import BackupError

Content = dict[str, bytes]


@pytest.fixture(scope="module")
def original(
    tmp_path_factory: pytest.TempPathFactory, database_states: States, django_db_blocker: DjangoDbBlocker
) -> Iterator[Path]:
    """One installation for all: each test compares what it finds with what it leaves."""
    folder = tmp_path_factory.mktemp("house")
    (folder / "data").mkdir()
    with django_db_blocker.unblock(), houses.house(database_states, folder / "data"):
        houses.furnish()
        call_command("backup", folder / "city.zip")
        yield folder


@pytest.fixture
def furnished(original: Path) -> Path:
    return original / "data"


@pytest.fixture
def made(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(original / "city.zip", tmp_path))


def parts(path: Path) -> Content:
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def forged(path: Path, content: Content, change: Callable[[dict[str, Any]], None] = lambda found: None) -> Path:
    """Sealed as ours are, by somebody who knows how."""
    found = json.loads(content["manifest.json"])
    counted = {name: member["rows"] for name, member in found["members"].items()}
    path.unlink(missing_ok=True)
    with archive.writing(path) as writer:
        for name, value in content.items():
            if name != "manifest.json":
                writer.add(name, [value], rows=counted.get(name))
        found["members"] = {name: vars(member) for name, member in writer.members.items()}
        change(found)
        writer.add(manifest.NAME, [json.dumps(found).encode()])
    return path


def refusal(path: Path) -> str:
    with pytest.raises(CommandError) as caught:
        call_command("restore", path, yes=True)
    sentence = str(caught.value)
    assert "\n" not in sentence.strip()
    return sentence


def state(folder: Path) -> tuple[Any, Any]:
    return everything(), pictures(folder)


def nothing_left(folder: Path) -> bool:
    left = [*folder.glob(".media*"), *folder.glob(".*restoring*"), *folder.glob("restoring.json")]
    return not left


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 0.999999), bit=st.integers(0, 7))
def test_one_flipped_bit_is_seen_wherever_it_is(made: Path, place: float, bit: int) -> None:
    content = bytearray(made.read_bytes())
    content[int(place * len(content))] ^= 1 << bit
    damaged = made.with_name("damaged.zip")
    damaged.write_bytes(content)
    with pytest.raises(BackupError), archive.reading(damaged):
        pass


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(share=st.floats(0, 0.999999), end=st.booleans())
def test_a_part_of_a_file_is_refused(made: Path, share: float, end: bool) -> None:
    content = made.read_bytes()
    length = int(share * len(content))
    damaged = made.with_name("damaged.zip")
    damaged.write_bytes(content[-length:] if end and length else content[:length])
    with pytest.raises(BackupError), archive.reading(damaged):
        pass


def test_a_refused_file_changes_nothing(furnished: Path, made: Path) -> None:
    before = state(furnished)
    chance, content = random.Random(7), made.read_bytes()
    for _turn in range(5):
        damaged = bytearray(content)
        damaged[chance.randrange(len(damaged))] ^= 0xFF
        made.write_bytes(damaged)
        assert refusal(made)
    made.write_bytes(content[: len(content) // 2])
    assert "end is missing" in refusal(made)
    assert state(furnished) == before
    assert nothing_left(furnished)


def test_a_file_of_somebody_else(furnished: Path, tmp_path: Path) -> None:
    before = state(furnished)
    (tmp_path / "letter.zip").write_text("Sehr geehrte Damen und Herren, " * 20)
    assert "not a backup of Wegweiser" in refusal(tmp_path / "letter.zip")
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as file:
        file.writestr("one.jpg", b"x" * 500)
    assert "not a backup of Wegweiser" in refusal(tmp_path / "photos.zip")
    assert "No such file" in refusal(tmp_path / "nothing.zip")
    assert "directory" in refusal(tmp_path)
    assert state(furnished) == before


def changed_name(content: Content, old: str, new: str) -> Content:
    return {new if name == old else name: value for name, value in content.items()}


@pytest.mark.parametrize(
    "name", ["../../evil.py", "/etc/evil", "media/../../evil", "media/a\\..\\evil", "media/a:b"]
)
def test_no_file_is_written_anywhere_else(furnished: Path, made: Path, name: str) -> None:
    content = parts(made) | {name: b"import os"}
    assert "not a backup of Wegweiser" in refusal(forged(made, content))
    assert not list(made.parent.rglob("evil*"))


def test_a_folder_that_we_do_not_write_is_ignored(furnished: Path, made: Path) -> None:
    call_command("restore", forged(made, parts(made) | {"elsewhere/evil.py": b"import os"}), yes=True)
    assert not list(made.parent.rglob("evil*"))


def test_a_bomb_is_not_unpacked(furnished: Path, made: Path) -> None:
    before = state(furnished)
    content = parts(made) | {"media/bomb.txt": b"0" * (200 << 20)}
    assert "more than a backup can hold" in refusal(forged(made, content))
    assert state(furnished) == before


def test_too_large_for_the_disk(furnished: Path, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = state(furnished)
    monkeypatch.setattr("shutil.disk_usage", lambda path: type("Usage", (), {"free": 10}))
    assert "Not enough room" in refusal(made)
    assert state(furnished) == before
    assert nothing_left(furnished)


def of_newer_program(found: dict[str, Any]) -> None:
    found["program"] = "99.1"


def of_newer_format(found: dict[str, Any]) -> None:
    found["format"] = 99


def with_unknown_migration(found: dict[str, Any]) -> None:
    found["migrations"].append(["directory", "9999_from_the_future"])


@pytest.mark.parametrize("change", [of_newer_program, of_newer_format, with_unknown_migration])
def test_a_newer_backup_names_what_to_install(
    furnished: Path, made: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    before = state(furnished)
    assert "install" in refusal(forged(made, parts(made), change))
    assert state(furnished) == before


def without(name: str) -> Callable[[Content], Content]:
    return lambda content: {key: value for key, value in content.items() if key != name}


def with_value(name: str, value: bytes) -> Callable[[Content], Content]:
    return lambda content: content | {name: value}


def one_row_less(content: Content) -> Content:
    """The row is missing, and the table of contents counts it."""
    name = "database/directory_listing.jsonl"
    return content | {name: content[name].rstrip(b"\n").rpartition(b"\n")[0] + b"\n"}


def no_organisations(content: Content) -> Content:
    """Listings point to what is not there."""
    name = "database/directory_organisation.jsonl"
    return content | {name: content[name].partition(b"\n")[0] + b"\n"}


@pytest.mark.parametrize(
    "forge",
    [
        without("database/directory_listing.jsonl"),
        without("sequences.json"),
        with_value("sequences.json", b"[1, 2]"),
        with_value("sequences.json", b'{"directory.listing": "many"}'),
        with_value("database/directory_listing.jsonl", b""),
        with_value("database/directory_listing.jsonl", b'["id"]\n[1]\n'),
        with_value("database/foreign_table.jsonl", b'["id"]\n'),
        one_row_less,
        no_organisations,
    ],
)
def test_sealed_but_wrong_inside(furnished: Path, made: Path, forge: Callable[[Content], Content]) -> None:
    before = state(furnished)

    def keep_counts(found: dict[str, Any]) -> None:
        if forge is no_organisations:
            found["members"]["database/directory_organisation.jsonl"]["rows"] = 0

    assert refusal(forged(made, forge(parts(made)), keep_counts))
    assert state(furnished) == before
    assert nothing_left(furnished)


def test_a_value_of_the_wrong_kind(furnished: Path, made: Path) -> None:
    before = state(furnished)
    content = parts(made)
    name = "database/directory_change.jsonl"
    content[name] = content[name].replace(b'"create"', b'"create"', 1).replace(b"+00:00", b"yesterday", 1)
    assert "cannot be loaded" in refusal(forged(made, content))
    assert state(furnished) == before


def test_nobody_to_ask(furnished: Path, made: Path) -> None:
    before = state(furnished)
    with pytest.raises(CommandError, match="--yes"):
        call_command("restore", made)
    assert state(furnished) == before


@pytest.mark.parametrize(("answer", "changed"), [("yes\n", True), ("no\n", False), ("\n", False)])
def test_it_asks_first(
    furnished: Path, made: Path, monkeypatch: pytest.MonkeyPatch, answer: str, changed: bool
) -> None:
    houses.edit(Organisation.objects.earliest("pk").slug, "Later")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda question: answer.strip())
    if changed:
        call_command("restore", made)
    else:
        with pytest.raises(CommandError, match="Nothing has been changed"):
            call_command("restore", made)
    assert (Organisation.objects.earliest("pk").name_de != "Later") is changed


def test_check_changes_nothing(furnished: Path, made: Path) -> None:
    houses.edit(Organisation.objects.earliest("pk").slug, "Later")
    before = state(furnished)
    call_command("restore", made, check=True)
    assert state(furnished) == before


def test_only_one_at_a_time(furnished: Path, made: Path) -> None:
    before = state(furnished)
    with restoring.alone():
        assert "is running" in refusal(made)
        with pytest.raises(CommandError, match="is running"):
            call_command("backup", made.with_name("other.zip"))
    assert state(furnished) == before


def test_a_mounted_media_folder_is_said_first(
    furnished: Path, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(furnished)
    monkeypatch.setattr(Path, "is_mount", lambda path: path == media.folder())
    assert "mount point" in refusal(made)
    assert state(furnished) == before


def test_the_tables_of_another_state_are_refused(furnished: Path, made: Path) -> None:
    """A state that no order of migrations gives: its newest are there, one before them is not."""
    before = state(furnished)

    def without_first(found: dict[str, Any]) -> None:
        found["migrations"] = [each for each in found["migrations"] if each != ["directory", "0001_initial"]]

    assert refusal(forged(made, parts(made), without_first))
    assert state(furnished) == before
    assert schema.applied()
    assert connection.introspection.table_names()
