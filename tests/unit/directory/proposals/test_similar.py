import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.proposals.similar import alike, plain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Verein für Vielfalt e. V.", "verein für vielfalt"),
        ("Opferberatung Rheinland", "Opferberatung Rheinland (OBR)"),
        ("Haus der Vielfalt", "Haus der Vielfallt"),
        ("Antidiskriminierungsbüro", "Antidiskriminierungs-Büro"),
    ],
)
def test_the_same_by_another_name(one: str, other: str) -> None:
    assert alike(plain(one), plain(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Haus der Vielfalt", "Haus der Jugend"),
        ("ASB", "Asyl- und Sozialberatung"),
        ("", "Haus der Vielfalt"),
        ("e. V.", "e. V."),
    ],
)
def test_something_else(one: str, other: str) -> None:
    assert not alike(plain(one), plain(other))


@given(st.text(max_size=60), st.text(max_size=60))
def test_it_does_not_matter_who_is_asked_first(one: str, other: str) -> None:
    assert alike(plain(one), plain(other)) == alike(plain(other), plain(one))


@given(st.text(max_size=60))
def test_a_name_is_like_itself(name: str) -> None:
    assert alike(plain(name), plain(name)) == bool(plain(name))
