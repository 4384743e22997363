"""What an editor's text field sends when nothing is in it."""

import pytest

from wegweiser.pages.forms import without_emptiness


@pytest.mark.parametrize(
    "html",
    [
        None,
        "",
        "<p></p>",
        '<p data-block-key="a1"></p>',
        "<p> </p>\n<p>&nbsp;</p>",
        "<p>\u200b<br/></p>",
        "<h2></h2>",
    ],
)
def test_an_empty_paragraph_is_no_text(html: str | None) -> None:
    assert without_emptiness(html) == ""


@pytest.mark.parametrize("html", ["<p>a</p>", '<p></p><embed embedtype="image" id="1"/>', "<ul><li>x</li></ul>"])
def test_words_and_pictures_are(html: str) -> None:
    assert without_emptiness(html) == html
