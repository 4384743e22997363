"""docs/analysis.md shows what the chains do, not what they did."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from directory.languages import SHIPPED
from search.analysis import examples

PAGE = Path(__file__).resolve().parents[4] / "docs" / "analysis.md"


def shown(*arguments: str) -> str:
    out = StringIO()
    call_command("show_analysis", *arguments, stdout=out)
    return out.getvalue()


def test_the_page_shows_what_the_chains_do() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert examples.rewritten(text) == text, "write it anew: wegweiser show_analysis --page docs/analysis.md"


def test_every_shipped_language_has_examples() -> None:
    assert set(examples.TEXTS) == set(SHIPPED)
    page = examples.page()
    assert all(f"### {language}\n" in page for language in SHIPPED)
    assert "| Frauenhaus | frauen, haus |" in page
    assert "| Heirat | – |" in page


def test_a_text_is_shown_word_by_word() -> None:
    assert shown("okulumuzda bir avukat", "--language", "tr") == "okulumuzda\tokul\navukat\tavukat\n"
    assert shown("Beratungen") == "beratungen\tberat\n"


def test_without_a_text_the_examples_are_shown() -> None:
    assert shown().strip() == examples.page().strip()


def test_only_what_stands_between_the_marks_is_made_anew(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{examples.BEGIN}old\n{examples.END}after\n", encoding="utf-8")
    shown("--page", str(page))
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"before\n{examples.BEGIN}\n### de")
    assert text.endswith(f"{examples.END}after\n")
    assert "old" not in text.splitlines()
    shown("--page", str(page))
    assert page.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("content", [None, "no marks", examples.BEGIN])
def test_a_page_without_marks_stays_as_it_is(tmp_path: Path, content: str | None) -> None:
    page = tmp_path / "page.md"
    if content is not None:
        page.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match=r"page\.md: "):
        shown("--page", str(page))
    assert content is None or page.read_text(encoding="utf-8") == content
