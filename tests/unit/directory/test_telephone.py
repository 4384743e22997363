import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.telephone import telephone


@pytest.mark.parametrize(
    ("value", "href"),
    [
        ("0211 15925566", "tel:+4921115925566"),
        ("+49 (0)211 1592-5566", "tel:+4921115925566"),
        ("0179 6632954", "tel:+491796632954"),
        ("110", "tel:110"),
        ("112", "tel:112"),
        ("116 016", "tel:116016"),
        ("0800 1110111", "tel:08001110111"),
        ("Zentrale", "tel:"),
    ],
)
def test_a_link_that_dials(value: str, href: str) -> None:
    assert telephone(value).href == href


def test_the_number_is_shown_as_the_organisation_writes_it() -> None:
    assert telephone(" 0211  159 255 66 ").shown == "0211 159 255 66"


@given(st.text(max_size=80))
def test_no_text_breaks_a_page(value: str) -> None:
    assert set(telephone(value).href) <= set("tel:+0123456789") | set(value)
