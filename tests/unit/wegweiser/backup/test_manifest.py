import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.backup import manifest
from wegweiser.backup.manifest import BackupError, Manifest, Member, is_harmless, is_newer, read

WHOLE = Manifest(
    format=1,
    program="0.1.0",
    made_at="2026-11-21T12:00:00+00:00",
    vendor="postgresql",
    languages=("de", "ar"),
    migrations=(("auth", "0001_initial"), ("directory", "0001_initial")),
    members={
        "database/directory_listing.jsonl": Member(2000, "a" * 64, 125),
        "database/directory_term.jsonl": Member(1000, "b" * 64, 0),
        "media/picture.png": Member(500, "c" * 64),
    },
)


def test_it_reads_what_it_wrote() -> None:
    assert read(WHOLE.to_json().encode()) == WHOLE


def test_it_counts() -> None:
    assert WHOLE.rows == 125
    assert WHOLE.size == 3500
    assert sorted(WHOLE.tables) == ["database/directory_listing.jsonl", "database/directory_term.jsonl"]


def changed(**values: Any) -> bytes:
    return json.dumps(json.loads(WHOLE.to_json()) | values).encode()


@pytest.mark.parametrize(
    "values",
    [
        {"members": []},
        {"members": {"../x": {"size": 1, "sha256": "a" * 64}}},
        {"members": {"media/x": {"size": "1", "sha256": "a" * 64}}},
        {"members": {"media/x": {"size": 1, "sha256": "A" * 64}}},
        {"members": {"media/x": {"size": 1, "sha256": "a" * 63}}},
        {"members": {"media/x": {"size": 1, "sha256": None}}},
        {"members": {"media/x": {"size": 1, "sha256": "a" * 64, "rows": "many"}}},
        {"members": {"media/x": {"size": 1, "sha256": "a" * 64, "colour": "red"}}},
        {"migrations": [["auth"]]},
        {"migrations": 3},
        {"languages": None},
        {"format": "one"},
        {"format": None},
    ],
)
def test_what_does_not_fit_is_refused_in_words(values: dict[str, Any]) -> None:
    with pytest.raises(BackupError, match="not a backup of Wegweiser"):
        read(changed(**values))


@pytest.mark.parametrize("key", ["format", "program", "made_at", "vendor", "languages", "migrations", "members"])
def test_nothing_may_be_missing(key: str) -> None:
    found = json.loads(WHOLE.to_json())
    del found[key]
    with pytest.raises(BackupError):
        read(json.dumps(found).encode())


def test_a_newer_format_names_the_version() -> None:
    with pytest.raises(BackupError, match=r"install Wegweiser 9\.9"):
        read(changed(format=2, program="9.9"))


@given(st.binary(max_size=200))
def test_noise_is_refused(noise: bytes) -> None:
    with pytest.raises(BackupError):
        read(noise)


@pytest.mark.parametrize(
    "name",
    ["media/a.png", "media/original_images/ä ö (1).png", "database/directory_listing.jsonl", "media/مركز.png"],
)
def test_harmless(name: str) -> None:
    assert is_harmless(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../a",
        "/a",
        "//a",
        "media/../a",
        "media/..",
        "media//a",
        "media/./a",
        "media/",
        "C:/a",
        "media\\..\\a",
        "media/a\x00b",
        "media/a\nb",
    ],
)
def test_not_harmless(name: str) -> None:
    assert not is_harmless(name)


@pytest.mark.parametrize(
    ("here", "there", "newer"),
    [
        ("0.1.0", "0.1.0", False),
        ("0.1.0", "0.1.1", True),
        ("0.10.0", "0.9.9", False),
        ("0.9.0", "0.10.0", True),
        ("1.0", "0.9", False),
        ("0.1.0", "1", True),
    ],
)
def test_newer_by_numbers(monkeypatch: pytest.MonkeyPatch, here: str, there: str, newer: bool) -> None:
    monkeypatch.setattr(manifest, "program", lambda: here)
    assert is_newer(there) is newer


def test_the_program_says_its_version() -> None:
    assert manifest.program().count(".") == 2
