"""The promises of the style sheet: any direction of writing, any scheme, small."""

import re
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest

from wegweiser import styles

TEMPLATES = Path(styles.__file__).parent / "templates"
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right|top|bottom)[\w-]*"
    r"|(?:left|right|top|bottom|float|clear|width|height|min-width|max-width|min-height|max-height)"
    r"|border-(?:top|bottom)-(?:left|right)-radius|text-align:\s*(?:left|right))\s*:"
)
LOPSIDED = re.compile(r"(?:margin|padding|border-width):[ ]*([^\s;]+)[ ]+([^\s;]+)[ ]+([^\s;]+)[ ]+([^\s;}]+)")
# Safari 13 and Chrome 80 do not know these; without them the page would fall apart.
TOO_NEW = re.compile(
    r"@layer|@container|:is\(|:where\(|(?<!-)\b(?:margin|padding)-(?:inline|block)\s*:|color-mix\(|clamp\("
)


def all_css() -> str:
    return "\n".join(path.read_text() for path in styles.files())


def declarations(css: str) -> str:
    """The rules without the conditions of media queries, whose `min-width` has no logical name."""
    return re.sub(r"@media[^{]*", "@media ", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))


@pytest.mark.parametrize("path", styles.files(), ids=lambda path: path.name)
class TestEachFile:
    def test_it_has_no_physical_property(self, path: Path) -> None:
        assert PHYSICAL.findall(declarations(path.read_text())) == []

    def test_its_shorthands_have_equal_inline_sides(self, path: Path) -> None:
        sides = LOPSIDED.findall(declarations(path.read_text()))
        assert [four for four in sides if four[1] != four[3]] == []

    def test_it_works_in_the_oldest_browsers(self, path: Path) -> None:
        assert TOO_NEW.findall(path.read_text()) == []

    def test_has_is_an_enhancement_only(self, path: Path) -> None:
        outside = re.sub(r"@supports selector\(:has\(\*\)\) \{.*?\n\}", "", path.read_text(), flags=re.DOTALL)
        assert ":has(" not in outside


@pytest.mark.parametrize(
    "css",
    ["a { margin-left: 1px }", "a { left: 0 }", "a { width: 3px }", "a { border-top-left-radius: 1px }"],
)
def test_the_guard_finds_physical_properties(css: str) -> None:
    assert PHYSICAL.search(declarations(css))


def test_it_is_at_most_eight_kilobytes() -> None:
    assert len(brotli.compress(all_css().encode())) <= 8 * 1024


def test_each_component_file_is_in_the_sheet() -> None:
    files = set(styles.FOLDER.rglob("*.css"))
    assert files == set(styles.files())


def test_each_component_has_a_template() -> None:
    styled = {path.stem for path in (styles.FOLDER / "components").glob("*.css")}
    assert styled <= {path.stem for path in (TEMPLATES / "components").glob("*.html")}


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def schemes() -> dict[str, dict[str, str]]:
    light, dark = (styles.FOLDER / "tokens.css").read_text().split("@media")
    pairs = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", part)) for part in (light, dark)]
    return {"light": pairs[0], "dark": pairs[0] | pairs[1]}


READ_TOGETHER = [
    ("ink", "paper"), ("ink", "surface"), ("ink", "sunk"), ("ink", "tint"), ("muted", "paper"),
    ("muted", "surface"), ("muted", "sunk"), ("brand", "paper"), ("brand", "surface"), ("brand", "sunk"),
    ("brand", "tint"), ("brand-deep", "tint"), ("on-brand", "brand"), ("on-brand", "brand-deep"),
    ("on-alarm", "alarm"), ("on-exit", "exit"), ("on-hint", "hint"), ("good", "surface"), ("focus", "surface"),
]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), READ_TOGETHER)
def test_text_has_aa_contrast(scheme: str, text: str, ground: str) -> None:
    colours = schemes()[scheme]
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "surface"])
def test_edges_of_fields_are_visible(scheme: str, ground: str) -> None:
    """WCAG 1.4.11: 3 to 1 for what marks a control."""
    assert contrast(schemes()[scheme]["edge"], schemes()[scheme][ground]) >= 3


def test_on_paper_a_number_is_black_on_white() -> None:
    """A coloured button would be printed as a black bar, with the number in it."""
    paper = (styles.FOLDER / "print.css").read_text()
    (rule,) = re.findall(r"\.call[^{]*\{([^}]*)\}", paper)
    assert "background: none" in rule
    assert "color: #000" in rule
