"""The catalogs are compiled while building and in a checkout, without gettext on the machine."""

import gettext
import os
from pathlib import Path
from unittest.mock import Mock

import pytest

from wegweiser.compile_locale import CompileLocale, compile_catalogs

CATALOG = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Help"
msgstr "Hilfe"

msgid "%(n)s day"
msgid_plural "%(n)s days"
msgstr[0] "%(n)s Tag"
msgstr[1] "%(n)s Tage"
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "locale" / "de" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(CATALOG, encoding="utf-8")
    return path


def compiled(source: Path) -> gettext.GNUTranslations:
    with source.with_suffix(".mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def test_what_is_compiled_can_be_read_by_gettext_with_its_plurals(source: Path, tmp_path: Path) -> None:
    assert compile_catalogs(tmp_path / "locale") == [source.with_suffix(".mo")]
    catalog = compiled(source)
    assert catalog.gettext("Help") == "Hilfe"
    assert catalog.ngettext("%(n)s day", "%(n)s days", 1) == "%(n)s Tag"
    assert catalog.ngettext("%(n)s day", "%(n)s days", 0) == "%(n)s Tage"


def test_a_catalog_that_has_not_changed_is_left_alone(source: Path, tmp_path: Path) -> None:
    compile_catalogs(tmp_path / "locale")
    before = source.with_suffix(".mo").stat().st_mtime_ns
    assert compile_catalogs(tmp_path / "locale") == []
    assert source.with_suffix(".mo").stat().st_mtime_ns == before


def test_a_changed_catalog_is_compiled_again(source: Path, tmp_path: Path) -> None:
    compile_catalogs(tmp_path / "locale")
    source.write_text(CATALOG.replace("Hilfe", "Beistand"), encoding="utf-8")
    newer = source.with_suffix(".mo").stat().st_mtime + 1
    os.utime(source, (newer, newer))
    assert compile_catalogs(tmp_path / "locale") == [source.with_suffix(".mo")]
    assert compiled(source).gettext("Help") == "Beistand"


def test_every_language_is_compiled_and_nothing_beside_the_catalogs(source: Path, tmp_path: Path) -> None:
    for folder in ("ar", "de_Simple"):
        other = tmp_path / "locale" / folder / "LC_MESSAGES" / "django.po"
        other.parent.mkdir(parents=True)
        other.write_text(CATALOG, encoding="utf-8")
    (tmp_path / "locale" / "README.md").write_text("no catalog")
    folders = [path.parent.parent.name for path in compile_catalogs(tmp_path / "locale")]
    assert folders == ["ar", "de", "de_Simple"]


def test_an_unfinished_translation_falls_back_instead_of_showing_nothing(source: Path, tmp_path: Path) -> None:
    source.write_text(CATALOG + '\nmsgid "Areas"\nmsgstr ""\n', encoding="utf-8")
    compile_catalogs(tmp_path / "locale")
    assert compiled(source).gettext("Areas") == "Areas"


def test_the_build_compiles_the_catalogs_of_the_folder_it_builds(source: Path, tmp_path: Path) -> None:
    hook = CompileLocale(str(tmp_path), {}, Mock(), Mock(), str(tmp_path / "dist"), "wheel")
    hook.initialize("standard", {})
    assert source.with_suffix(".mo").exists()
