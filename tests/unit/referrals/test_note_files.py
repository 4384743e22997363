import contextlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.vocabulary_files import shipped as vocabularies
from referrals.bodies import Note
from referrals.competence import Conditions
from referrals.dimensions import shipped as dimensions
from referrals.note_files import KINDS, read, shipped

LANGUAGES = ("de", "en", "ar", "tr", "uk")
WAYS = ("talk", "report", "complaint", "charge", "money", "therapy", "group")
SHIPPED = shipped()
ONE = """
[[note]]
slug = "keep-calm"
kind = "keep"
heading.de = "Ruhig bleiben"
text.de = "Atmen."
sources = ["https://example.org"]
check_by = 2027-01-31
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "some.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_note_is_read(tmp_path: Path) -> None:
    (found,) = read(written(tmp_path, ONE + 'applies = { what = ["insult"] }'))
    assert found == Note(
        slug="keep-calm",
        kind="keep",
        heading={"de": "Ruhig bleiben"},
        text={"de": "Atmen."},
        applies=Conditions({"what": frozenset({"insult"})}),
        sources=("https://example.org",),
        check_by=date(2027, 1, 31),
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('slug = "keep-calm"', ""),
        ('slug = "keep-calm"', 'slug = "Keep calm"'),
        ('slug = "keep-calm"', "slug = 7"),
        ('kind = "keep"', 'kind = "poem"'),
        ('kind = "keep"', "kind = ["),
        ('heading.de = "Ruhig bleiben"', 'heading = "Ruhig bleiben"'),
        ('heading.de = "Ruhig bleiben"', 'heading.en = "Keep calm"'),
        ('text.de = "Atmen."', 'text.de = " "'),
        ('text.de = "Atmen."', 'text.de = "Atmen."\ntext.xx = "?"'),
        ('text.de = "Atmen."', "text.de = 1"),
        ('sources = ["https://example.org"]', "sources = []"),
        ('sources = ["https://example.org"]', "sources = [1]"),
        ("check_by = 2027-01-31", ""),
        ("check_by = 2027-01-31", 'check_by = "soon"'),
        ("check_by = 2027-01-31", "check_by = 2027-01-31T10:00:00"),
        ("check_by = 2027-01-31", 'check_by = 2027-01-31\napplies = { what = ["moon"] }'),
        ("check_by = 2027-01-31", 'check_by = 2027-01-31\napplies = ["what"]'),
        ("check_by = 2027-01-31", "check_by = 2027-01-31\n" + ONE),
        (ONE, "note = 3"),
    ],
)
def test_a_faulty_file_is_named(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(ValueError, match=r"some\.toml"):
        read(written(tmp_path, ONE.replace(old, new, 1)))


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).map(str.strip).filter(bool)
TEXTS = st.fixed_dictionaries({"de": WORDS}, optional=dict.fromkeys(LANGUAGES[1:], WORDS))
CONDITIONS = st.dictionaries(
    st.sampled_from(["what", "life_area", "asker"]), st.just(None), max_size=3
).flatmap(
    lambda chosen: st.fixed_dictionaries(
        {name: st.frozensets(st.sampled_from(sorted(dimensions().values[name])), min_size=1) for name in chosen}
    )
)  # fmt: skip
NOTES = st.lists(
    st.builds(
        Note,
        slug=st.from_regex(r"[a-z][a-z-]{0,20}", fullmatch=True),
        kind=st.sampled_from(KINDS),
        heading=TEXTS,
        text=TEXTS,
        applies=CONDITIONS.map(Conditions),
        sources=st.lists(WORDS, min_size=1).map(tuple),
        check_by=st.dates(),
    ),
    min_size=1,
    unique_by=lambda note: note.slug,
)


def as_toml(note: Note) -> str:
    """JSON's strings and lists are TOML's, but for characters that are written as they are here."""
    quoted = {
        "slug": note.slug, "kind": note.kind, "sources": list(note.sources),
        **{f"heading.{code}": text for code, text in note.heading.items()},
        **{f"text.{code}": text for code, text in note.text.items()},
        **{f"applies.{name}": sorted(values) for name, values in note.applies.needs.items()},
    }  # fmt: skip
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in quoted.items()]
    return "\n".join(["[[note]]", *lines, f"check_by = {note.check_by}"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(NOTES)
def test_whatever_is_written_is_read(tmp_path: Path, notes: list[Note]) -> None:
    assert read(written(tmp_path, "\n".join(map(as_toml, notes)))) == tuple(notes)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(st.text(st.characters(exclude_categories=["Cs"])), st.integers(0, len(ONE)).map(lambda at: ONE[:at]))
)
def test_nothing_but_a_value_error_comes_of_any_text(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, text)
    with contextlib.suppress(ValueError):
        assert read(path)


EVERY_TEXT: list[tuple[str, Any]] = [
    (f"{note.slug}.{name}", texts)
    for note in SHIPPED
    for name, texts in (("heading", note.heading), ("text", note.text))
]


@pytest.mark.parametrize(("name", "texts"), EVERY_TEXT, ids=[name for name, _texts in EVERY_TEXT])
def test_every_shipped_text_is_there_in_five_languages(name: str, texts: dict[str, str]) -> None:
    assert tuple(texts) == LANGUAGES
    lines = {language: len(text.splitlines()) for language, text in texts.items()}
    assert set(lines.values()) == {lines["de"]}, "each line stands for itself, so no language has more"
    assert all(len(line) <= 230 for text in texts.values() for line in text.splitlines()), "short"
    assert len(set(texts.values())) == len(texts), "two languages say the same"


def test_arabic_and_ukrainian_are_in_their_own_letters() -> None:
    for name, texts in EVERY_TEXT:
        assert any("؀" <= letter <= "ۿ" for letter in texts["ar"]), name
        assert any("Ѐ" <= letter <= "ӿ" for letter in texts["uk"]), name


def test_there_is_a_note_for_every_notice_way_and_level() -> None:
    by_kind = {kind: {note.slug for note in SHIPPED if note.kind == kind} for kind in KINDS}
    assert by_kind["notice"] == {
        *vocabularies()["notices"],
        *(f"way-{way}" for way in WAYS),
    }
    assert by_kind["tier"] == {"tier-local", "tier-land", "tier-country"}
    assert all(note.slug.startswith("keep-") for note in SHIPPED if note.kind == "keep")


def test_only_what_to_keep_depends_on_what_was_said_and_one_is_for_everybody() -> None:
    conditional = {note.kind for note in SHIPPED if note.applies.needs}
    assert conditional == {"keep"}
    assert [note.slug for note in SHIPPED if note.kind == "keep" and not note.applies.needs] == ["keep-memory-log"]
