"""The mixin that keeps revisions apart by language, on plain data."""

from typing import Any

from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from directory.languages import SHIPPED, column
from directory.models import Listing, translated_fields
from directory.models.translated import _without_originals


@given(
    texts=st.dictionaries(st.sampled_from(sorted(SHIPPED)), st.text("abc", max_size=3)),
    original=st.none() | st.text("xyz", max_size=3),
    active=st.sampled_from([None, "de", "en", "ar"]),
)
def test_no_text_ever_reaches_another_language(
    texts: dict[str, str], original: str | None, active: str | None
) -> None:
    data: dict[str, Any] = {"pk": 1} | {column("title", code): text for code, text in texts.items()}
    if original is not None:
        data["title"] = original
    expected = {code: text for code, text in texts.items() if text}
    if not texts and original:
        expected = {"de": original}
    with translation.override(active):
        opened = Listing.from_serializable_data(data, check_fks=False)
    found = {code: text for code in SHIPPED if (text := opened.__dict__[column("title", code)])}
    assert found == expected


def test_what_is_not_translated_passes() -> None:
    data = {"pk": 1, "slug": "advice", "title_de": "Rat", "title": "Advice"}
    assert _without_originals(data, ("title",)) == {"pk": 1, "slug": "advice", "title_de": "Rat"}


def test_the_translated_fields_of_a_listing() -> None:
    assert set(translated_fields(Listing)) == {"title", "helps_with", "description", "what_happens"}
