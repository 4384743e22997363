from pathlib import Path

import polib
import pytest
from django.conf import settings

from directory.vocabulary_files import ShippedTerm, shipped
from search.lexicon.seeding import learn, of_catalogs, of_vocabularies
from search.lexicon.translations import SEED

TERM = ShippedTerm("topics", "home", 1, {"de": "Wohnung", "en": "Housing"}, {"en": ("flat",)})


def test_the_shipped_seed_is_what_the_shipped_words_teach() -> None:
    """Run `wegweiser learn_seed` after a change of the vocabularies, of the catalogs or of the analysis."""
    rows = [*of_vocabularies(shipped().values())]
    for folder in settings.LOCALE_PATHS:
        rows += of_catalogs(Path(folder))
    assert SEED.read_text(encoding="utf-8") == learn(rows).to_json() + "\n"


def test_labels_and_synonyms_teach() -> None:
    rows = [dict(row) for row in of_vocabularies([{"home": TERM}])]
    assert {"de": "Wohnung", "en": "Housing"} in rows
    assert {"de": "Wohnung", "en": "flat"} in rows


@pytest.fixture
def catalogs(tmp_path: Path) -> Path:
    for language, text in {
        "de": "Suche nach %(what)s",
        "de_Simple": "Suchen",
        "tr": "<b>Ara</b>",
        "en": "",
    }.items():
        folder = tmp_path / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        file = polib.POFile()
        file.append(polib.POEntry(msgid="Search for %(what)s", msgstr=text))
        file.append(polib.POEntry(msgid="open", msgctxt="door", msgstr="offen" if language == "de" else ""))
        file.append(
            polib.POEntry(msgid="day", msgid_plural="days", msgstr_plural={0: "Tag", 1: "Tage"})
            if language == "de"
            else polib.POEntry(msgid="never")
        )
        file.save(str(folder / "django.po"))
    return tmp_path


def test_texts_of_the_interface_teach_without_their_placeholders(catalogs: Path) -> None:
    found = [{code: text.strip() for code, text in row.items()} for row in of_catalogs(catalogs)]
    assert {"de": "Suche nach", "de-simple": "Suchen", "tr": "Ara", "en": "Search for"} in found
    assert {"en": "open", "de": "offen"} in found
    assert {"en": "day", "de": "Tag"} in found
    assert {"en": "never"} in found  # not translated yet: nothing to learn from, and no fault


def test_no_catalogs_are_no_fault(tmp_path: Path) -> None:
    assert list(of_catalogs(tmp_path)) == []


def test_learning_twice_gives_the_same() -> None:
    rows = [{"de": "rote Wohnung", "en": "red flat"}, {"de": "Wohnung", "en": "flat"}]
    assert learn(rows) == learn(list(reversed(rows)))
