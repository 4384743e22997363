"""What staff are told of a guide that could not be asked, held against what the guide itself refuses."""

from hypothesis import given
from hypothesis import strategies as st

from referrals.editing.drafts import faults
from referrals.guide import Guide, Option, Question

SLUGS = ("a", "b", "c", "d", "e", "f")
ANSWERS = ("yes", "no", "maybe")
CONDITIONS = st.dictionaries(
    st.sampled_from(SLUGS), st.frozensets(st.sampled_from(["", *ANSWERS]), min_size=1), max_size=2
)


def question(slug: str, answers: frozenset[str], shown_if: dict[str, frozenset[str]]) -> Question:
    options = tuple(Option(each) for each in sorted(answers))
    return Question(slug, "what", options, {"de": f"Frage {slug}?"}, shown_if=shown_if)


QUESTIONS = st.lists(st.tuples(st.frozensets(st.sampled_from(ANSWERS)), CONDITIONS), max_size=6).map(
    lambda drawn: [question(slug, *each) for slug, each in zip(SLUGS, drawn, strict=False)]
)


def refused(questions: list[Question]) -> bool:
    try:
        Guide("guide", tuple(questions))
    except ValueError:
        return True
    return False


@given(QUESTIONS)
def test_exactly_what_the_guide_refuses_is_told(questions: list[Question]) -> None:
    assert bool(list(faults(questions))) == refused(questions)


@given(QUESTIONS)
def test_it_is_told_in_the_words_of_the_questions(questions: list[Question]) -> None:
    named = {f"Frage {each.slug}?" for each in questions}
    told = [fault for fault in faults(questions) if "6" not in fault]
    assert all(any(name in fault for name in named) for fault in told)
