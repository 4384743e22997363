from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests import houses
from tests.houses import pictures
from wegweiser.backup import archive, making, media


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file())


def test_the_name_goes_to_standard_output_and_the_words_to_the_other(
    house: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("backup", tmp_path / "city.zip")
    said = capsys.readouterr()
    assert said.out.strip() == str(tmp_path / "city.zip")
    assert "1. Backup: " in said.err
    assert "keep it encrypted" in said.err
    assert archive.read_seal(tmp_path / "city.zip") in said.err


def test_a_file_that_is_there_stays_without_force(house: Path, tmp_path: Path) -> None:
    target = tmp_path / "city.zip"
    target.write_text("somebody's letters")
    with pytest.raises(CommandError, match="--force"):
        call_command("backup", target)
    assert target.read_text() == "somebody's letters"
    call_command("backup", target, force=True)
    with archive.reading(target) as reader:
        assert reader.manifest.rows > 1000


def test_older_ones_go(house: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for day in range(4):
        call_command("backup", tmp_path / f"night-{day}.zip", keep=2)
    assert names(tmp_path) == ["night-2.zip", "night-3.zip"]
    assert f"Deleted: {tmp_path / 'night-0.zip'}" in capsys.readouterr().err
    with pytest.raises(CommandError, match="--keep"):
        call_command("backup", tmp_path / "night-5.zip", keep=0)
    assert names(tmp_path) == ["night-2.zip", "night-3.zip"]


def test_a_failed_backup_is_not_noted(house: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        call_command("backup", tmp_path / "nowhere" / "city.zip")
    assert not (house / "last_backup").exists()


def test_a_name_that_no_backup_can_keep(house: Path, tmp_path: Path) -> None:
    (house / "media" / "a\\b.txt").write_text("x")
    with pytest.raises(CommandError, match="rename it"):
        call_command("backup", tmp_path / "city.zip")
    assert names(tmp_path) == []


def test_a_picture_that_is_deleted_meanwhile(house: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its row was in the moment that the backup has seen: the backup is whole, and says what it lacks."""
    houses.add_picture("Haus")
    listed = media.files()
    listed[0].unlink()
    monkeypatch.setattr(media, "files", lambda: listed)
    made = making.make(tmp_path / "city.zip")
    assert made.missing == [listed[0].relative_to(house / "media").as_posix()]
    with archive.reading(tmp_path / "city.zip") as reader:
        assert len(reader.names("media/")) == len(listed) - 1 == len(pictures(house))
