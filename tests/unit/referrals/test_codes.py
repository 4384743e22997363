from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from referrals.codes import LENGTH, code, is_code, of_option, of_question

slugs = st.text(st.characters(codec="ascii", categories=["Ll", "Nd"], include_characters="_-"), min_size=1)


@given(st.lists(slugs, min_size=1, max_size=3))
def test_a_code_tells_its_length_only(parts: list[str]) -> None:
    assert is_code(code(*parts))
    assert not any(part in code(*parts) for part in parts if len(part) > LENGTH // 2)


@given(slugs, slugs, slugs)
def test_what_is_not_the_same_has_another_code(one: str, two: str, three: str) -> None:
    asked = {("question", one), ("question", one, two), ("question", one, two, three)}
    assert len({code(*parts) for parts in asked}) == len(asked)
    assert (code(one) == code(two)) == (one == two)


def test_the_parts_cannot_be_shifted() -> None:
    assert code("a", "bc") != code("ab", "c")
    assert of_option("what", "x") != of_question("whatx")


def test_the_same_answer_to_two_questions_has_two_codes() -> None:
    assert of_option("what", "none") != of_option("office", "none")


def test_another_installation_has_other_codes(settings: Any) -> None:
    before = code("question", "what")
    settings.SECRET_KEY = "another"
    assert code("question", "what") != before


def test_what_is_no_code() -> None:
    for text in ("", "violence", "ABCDEF0123", "abcdef012", "abcdef01234", "abcdef012g", "q-what"):
        assert not is_code(text)
