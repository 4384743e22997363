"""The template tags: a text of another language never goes unmarked."""

import pytest
from django.template import Context, Template
from django.utils import translation

from directory.models import Listing
from directory.text import Text


def rendered(template: str, **context: object) -> str:
    with translation.override("ar"):
        return Template("{% load directory %}" + template).render(Context(context))


GERMAN = Text("<b>Hilfe</b>", "de", "ltr", is_fallback=True)


def test_a_fallback_is_marked_and_escaped() -> None:
    assert rendered("{{ text|mark }}", text=GERMAN) == '<span lang="de" dir="ltr">&lt;b&gt;Hilfe&lt;/b&gt;</span>'


def test_the_readers_own_language_needs_no_mark() -> None:
    own = Text("مساعدة", "ar", "rtl", is_fallback=False)
    assert rendered("{{ text|mark }}", text=own) == "مساعدة"


def test_plain_words_are_escaped() -> None:
    assert rendered("{{ text|mark }}", text="<i>") == "&lt;i&gt;"


def test_a_direction_that_nobody_knows_is_left_to_the_browser() -> None:
    assert 'dir="auto"' in rendered("{{ text|mark }}", text=Text("9-12", "de", "", is_fallback=True))


def test_show_reads_the_field_in_the_best_language() -> None:
    listing = Listing(title_de="Hilfe")
    assert rendered('{% show listing "title" %}', listing=listing) == '<span lang="de" dir="ltr">Hilfe</span>'


def test_text_gives_the_text_with_its_language() -> None:
    template = '{% text listing "title" as found %}{{ found.lang }} {{ found }}'
    assert rendered(template, listing=Listing(title_de="Hilfe", title_ar="مساعدة")) == "ar مساعدة"


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("Plan <2024>", "Plan &lt;2024&gt;"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        (
            "https://a.example/?a=1&b=2",
            '<a href="https://a.example/?a=1&amp;b=2" rel="noreferrer noopener nofollow">https://a.example/?a=1&amp;b=2</a>',
        ),
    ],
)
def test_a_source_is_a_link_only_where_it_is_an_address(source: str, html: str) -> None:
    assert rendered("{{ source|as_source }}", source=source) == html


def test_a_page_on_paper_leads_back_by_squares_only() -> None:
    drawn = rendered("{% qr address %}", address="https://example.org/de/angebote/<b>/")
    assert drawn.startswith("<svg")
    assert "<b>" not in drawn
    assert "style=" not in drawn
    assert drawn != rendered("{% qr address %}", address="https://example.org/de/")
