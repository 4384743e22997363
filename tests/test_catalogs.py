"""The catalogs: complete, readable for gettext as for Django, and in step with the texts of the code."""

import gettext
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import django
import polib
import pytest
from django.conf import settings

from directory.languages import MAIN
from wegweiser.compile_locale import compile_catalogs

ROOT = Path(__file__).resolve().parent.parent
CATALOGS = sorted((ROOT / "locale").glob("*/LC_MESSAGES/django.po"))
ROOMS = ("site", "directory", "search", "referrals")
WRITTEN_IN = "en"  # the texts in the code: what its catalog leaves empty is shown as it stands there
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}|</?\w+[^>]*>")
each_catalog = pytest.mark.parametrize("catalog", CATALOGS, ids=lambda path: path.parent.parent.name)


def test_every_language_that_is_switched_on_has_a_catalog() -> None:
    folders = {path.parent.parent.name for path in CATALOGS}
    wanted = {code.replace("de-simple", "de_Simple") for code, _name in settings.LANGUAGES}
    assert wanted - {WRITTEN_IN} <= folders


@each_catalog
def test_nothing_is_left_to_translate(catalog: Path) -> None:
    """A text missing in any catalog but the English one would show in German without a word."""
    entries = polib.pofile(str(catalog))
    assert not [entry.msgid for entry in entries if entry.obsolete]
    assert not [entry.msgid for entry in entries.fuzzy_entries()]
    if catalog.parent.parent.name != WRITTEN_IN:
        assert not [entry.msgid for entry in entries.untranslated_entries()]


def fits(text: str, entry: polib.POEntry) -> bool:
    """A plural form for one or two may leave the number out; otherwise each placeholder has its place."""
    given, wanted = set(PLACEHOLDER.findall(text)), set(PLACEHOLDER.findall(entry.msgid))
    if entry.msgid_plural:
        return given <= wanted | set(PLACEHOLDER.findall(entry.msgid_plural))
    return given == wanted


@each_catalog
def test_no_placeholder_is_lost_or_invented(catalog: Path) -> None:
    """A lost %(place)s hides a fact; an invented one is an error 500."""
    wrong = [
        text
        for entry in polib.pofile(str(catalog))
        for text in (entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr])
        if text and not fits(text, entry)
    ]
    assert not wrong


@each_catalog
def test_plural_forms_are_those_of_django(catalog: Path, tmp_path: Path) -> None:
    """Django merges catalogs; where its own counts otherwise, numbers take the wrong form."""
    folder = catalog.parent.parent.name
    target = tmp_path / folder / "LC_MESSAGES"
    target.mkdir(parents=True)
    shutil.copy(catalog, target)
    compile_catalogs(tmp_path)
    own = gettext.translation("django", str(tmp_path), [folder])
    theirs = Path(django.__file__).parent / "conf" / "locale"
    base = folder if (theirs / folder).is_dir() else MAIN
    reference = gettext.translation("django", str(theirs), [base])
    plural = [translation.plural for translation in (own, reference)]  # type: ignore[attr-defined]
    assert [plural[0](number) for number in range(250)] == [plural[1](number) for number in range(250)]


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The catalogs as `makemessages` would leave them now, in a copy."""
    if not shutil.which("xgettext"):
        if os.environ.get("CI") == "true":
            pytest.fail("gettext is missing: apt install gettext")
        pytest.skip("needs gettext: apt install gettext")
    copy = tmp_path_factory.mktemp("extracted")
    unread = shutil.ignore_patterns("__pycache__", "*.yaml", "*.mo", "static")
    for folder in (*ROOMS, "locale"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=unread)
    chosen = [part for path in CATALOGS for part in ("-l", path.parent.parent.name)]
    command = [sys.executable, "-m", "django", "makemessages", "--no-location", "--verbosity", "0", *chosen]
    subprocess.run(command, cwd=copy, check=True, capture_output=True, timeout=120)
    return copy / "locale"


@each_catalog
def test_every_text_of_the_code_is_in_the_catalog(catalog: Path, extracted: Path) -> None:
    now = polib.pofile(str(extracted / catalog.relative_to(ROOT / "locale")))
    before = {entry.msgid for entry in polib.pofile(str(catalog)) if not entry.obsolete}
    texts = {entry.msgid for entry in now if not entry.obsolete}
    assert len(texts) > 100
    assert sorted(texts - before) == [], "new texts: run makemessages and translate them (locale/README.md)"
    assert sorted(before - texts) == [], "texts that the code no longer has: run makemessages"


def test_no_text_hides_in_an_f_string() -> None:
    """xgettext does not look into them, so the text would stay English everywhere and nobody would be told."""
    hidden = re.compile(r"""\bf["'].*\{(?:_|n?gettext(?:_lazy)?)\(""")
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        for line in path.read_text().splitlines()
        if hidden.search(line)
    ]
    assert not found


def test_no_text_hides_behind_another_name_of_gettext() -> None:
    """xgettext knows `_` and the functions' own names: a text in anything else stays English everywhere."""
    renamed = re.compile(r"\bn?p?gettext(?:_lazy)? as (?!_\b)|^\w+(?<!\b_) = n?p?gettext(?:_lazy)?$")
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        for line in path.read_text().splitlines()
        if renamed.search(line)
    ]
    assert not found
