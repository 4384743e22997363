"""Out and in again: whatever the text, it comes back as it was, and a second time nothing happens."""

import zipfile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from directory import translation_state
from directory.exchange import translations_file
from directory.exchange import translations_import as importing
from directory.exchange.translations import escaped
from directory.models import Listing
from directory.translatable import comparable
from directory.translation_state import State
from tests.conftest import CI
from tests.integration.directory.making import new_changes, stored, undone
from tests.integration.translations.filling import TITLE, bring_back, export, fill

pytestmark = pytest.mark.django_db

DESCRIPTION = "directory.listing/advice/description"
# No database keeps NUL, and no text has half of a surrogate pair.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=200)
FILLED = TEXTS.filter(lambda text: bool(comparable(text)))
often = settings(
    max_examples=30 if CI else 15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def holds(entry: Listing) -> tuple[str, str]:
    now = stored(entry)
    return now.title_en or "", now.description_en or ""


@often
@given(title=FILLED, description=FILLED, source=FILLED)
@example(title="=1+1", description="a\r\nb\n\nc", source="-")
@example(title="\u200fمشورة (a)\u200e", description="_x0041__x005F_", source="\u202bשלום\u202c")
@example(title="'", description="\x85\u2028\x7f", source="\ufeff\x0b.")
def test_what_went_out_changes_nothing_when_it_comes_back(
    entry: Listing, title: str, description: str, source: str
) -> None:
    with TemporaryDirectory() as folder, undone():
        entry.title_de, entry.title_en, entry.description_en = source, title[:250], description
        entry.save()
        before = holds(entry)
        book = export(Path(folder) / "book.xlsx")
        plan = importing.plan(book, language="en", by=None)
        assert not plan.problems
        assert plan.writes == 0
        importing.carry_out(plan, by=None)
        assert holds(entry) == before


@often
@given(title=FILLED, description=FILLED)
@example(title="=HYPERLINK(1)", description="+49\n211")
@example(title="@x", description="مرحبا\nبكم")
@example(title="x" * 250, description="_x000D_")
def test_what_a_translator_writes_arrives_and_arrives_once(entry: Listing, title: str, description: str) -> None:
    title, description = comparable(title)[:250], comparable(description)
    with TemporaryDirectory() as folder, undone():
        book = export(Path(folder) / "book.xlsx")
        # As a spreadsheet program writes it into the file, which is escaped there.
        texts = {TITLE: escaped(title), DESCRIPTION: escaped(description)}
        bring_back(fill(book, texts, checked=texts))
        assert tuple(map(comparable, holds(entry))) == (comparable(title), description)
        state, revisions = translation_state.state(stored(entry), "en"), stored(entry).revisions.count()
        with new_changes() as changes:
            again = bring_back(book)
        assert changes == []
        assert again.unchanged == ["directory.listing/advice"]
        assert stored(entry).revisions.count() == revisions
        assert translation_state.state(stored(entry), "en") is state is State.CHECKED


@pytest.fixture
def good(entry: Listing, book: Path) -> bytes:
    return fill(export(book), {TITLE: "Advice"}).read_bytes()


def parts(packed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


class TestDamaged:
    """Always words, never an exception, and never half of it."""

    @often
    @given(data=st.data())
    def test_bytes_of_the_file(self, good: bytes, book: Path, data: st.DataObject) -> None:
        spoiled = bytearray(good)
        for place in data.draw(st.lists(st.integers(0, len(good) - 1), min_size=1, max_size=8)):
            spoiled[place] = data.draw(st.integers(0, 255))
        end = data.draw(st.integers(0, len(good)))
        self.check(book, bytes(spoiled[:end]))

    @often
    @given(data=st.data())
    def test_bytes_of_a_part_within(self, good: bytes, book: Path, data: st.DataObject) -> None:
        found = parts(good)
        name = data.draw(st.sampled_from(sorted(found)))
        content = bytearray(found[name])
        for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=8)):
            content[place] = data.draw(st.integers(0, 255))
        self.check(book, self.packed(found | {name: bytes(content)}))

    @often
    @given(data=st.data())
    def test_a_part_is_missing_empty_or_another_s(self, good: bytes, book: Path, data: st.DataObject) -> None:
        found = parts(good)
        name = data.draw(st.sampled_from(sorted(found)))
        other = data.draw(st.sampled_from([b"", b"<x/>", *found.values()]))
        without = {key: content for key, content in found.items() if key != name}
        self.check(book, self.packed(data.draw(st.sampled_from([without, without | {name: other}]))))

    def packed(self, found: dict[str, bytes]) -> bytes:
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for name, content in found.items():
                archive.writestr(name, content)
        return packed.getvalue()

    def check(self, book: Path, content: bytes) -> None:
        book.write_bytes(content)
        sheet = translations_file.read(book)
        assert sheet.problems or sheet.language == "en"
        assert all(str(problem) for problem in sheet.problems)
        importing.plan(book, language="en", by=None)
