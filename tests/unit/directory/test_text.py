"""A text comes with its language and direction, and says whether it is a fallback (WCAG 3.1.2)."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from directory.languages import SHIPPED, direction, preference
from directory.models import Listing
from directory.text import Text, choose, translated, translations

codes = st.sampled_from(list(SHIPPED))
texts = st.dictionaries(codes, st.text("abc", max_size=2))


@given(texts, codes)
def test_the_best_language_that_has_a_text_is_chosen(found: dict[str, str], wanted: str) -> None:
    chosen = choose(found, wanted)
    filled = [code for code in preference(wanted) if found.get(code)]
    if not filled:
        assert chosen == Text("", wanted, direction(wanted), is_fallback=False)
        assert not chosen
    else:
        assert (chosen.text, chosen.lang) == (found[filled[0]], filled[0])
        assert chosen.is_fallback == (filled[0] != wanted)
        assert chosen.dir == direction(filled[0])
        assert chosen
        assert str(chosen) == chosen.text


@given(texts, codes)
def test_no_text_is_ever_lost(found: dict[str, str], wanted: str) -> None:
    assert bool(choose(found, wanted)) == any(found.values())


@pytest.mark.parametrize(
    ("wanted", "found", "lang", "direction_", "fallback"),
    [
        ("de", {"de": "x", "en": "y"}, "de", "ltr", False),
        ("ar", {"de": "x", "en": "y"}, "de", "ltr", True),
        ("ar", {"ar": "x", "de": "y"}, "ar", "rtl", False),
        ("en", {"ar": "x"}, "ar", "rtl", True),
        ("de", {"de": "", "en": "y"}, "en", "ltr", True),
        ("uk", {"ru": "x", "en": "y"}, "en", "ltr", True),
        ("uk", {"ru": "x"}, "ru", "ltr", True),
        ("de-simple", {"de": "x", "en": "y"}, "de", "ltr", True),
    ],
)
def test_examples(wanted: str, found: dict[str, str], lang: str, direction_: str, fallback: bool) -> None:
    assert choose(found, wanted) == Text(found[lang], lang, direction_, fallback)


@pytest.mark.parametrize("active", ["de", "en", "ar"])
def test_without_a_language_the_active_one_counts(active: str) -> None:
    with translation.override(active):
        assert choose({"de": "1", "en": "2", "ar": "3"}).lang == active


def test_without_any_language_the_main_one_counts() -> None:
    with translation.override(None):
        assert choose({"de": "1", "en": "2"}).lang == "de"


@pytest.mark.parametrize("active", [None, "de", "en", "ar"])
def test_the_columns_are_read_and_never_the_virtual_one(active: str | None) -> None:
    entry = Listing(title_en="Advice", title_de_simple="Hilfe", title_ar=None, title_tr="")
    with translation.override(active):
        assert translations(entry, "title") == {"de-simple": "Hilfe", "en": "Advice"}
        assert translated(entry, "title", "de") == Text("Hilfe", "de-simple", "ltr", is_fallback=True)
        assert translated(entry, "title", "en") == Text("Advice", "en", "ltr", is_fallback=False)
        assert not translated(entry, "description", "en")
