from collections.abc import Iterable
from itertools import product

from referrals import codes
from referrals.guide import Guide, Option, Question
from referrals.guide_style import SUPPORTED, css, hidden


def question(slug: str, **shown_if: set[str]) -> Question:
    options = (Option("yes"), Option("no"))
    wanted = {name: frozenset(options) for name, options in shown_if.items()}
    return Question(slug, slug, options, shown_if=wanted)


def selectors(*questions: Question) -> list[str]:
    return [in_words(selector, questions) for selector in hidden(Guide("guide", questions))]


def in_words(selector: str, questions: Iterable[Question]) -> str:
    """With the names of questions and answers for their codes, so that a test can be read."""
    for question, option in product(questions, ("yes", "no")):
        selector = selector.replace("q-" + codes.of_question(question.slug), question.slug)
        selector = selector.replace("o-" + codes.of_option(question.slug, option), f"{question.slug}-{option}")
    return selector


def test_a_browser_without_has_reads_no_rule() -> None:
    sheet = css(Guide("guide", (question("what"), question("who"))))
    assert sheet.startswith(SUPPORTED + "{")
    assert sheet.count("{") == sheet.count("}")


def test_one_question_hides_nothing() -> None:
    assert css(Guide("guide", (question("what"),))) == ""


def test_a_question_waits_for_the_one_before() -> None:
    assert selectors(question("what"), question("who")) == [".guide:has(#what):not(:has(#what :checked)) #who"]


def test_it_waits_for_every_one_before() -> None:
    found = selectors(question("a"), question("b"), question("c"))
    assert [selector.split()[-1] for selector in found] == ["#b", "#c", "#c"]


def test_it_is_hidden_by_the_answers_that_rule_it_out() -> None:
    found = selectors(question("what"), question("who", what={"yes"}))
    assert found[-1] == ".guide:not(:has(#what-yes:checked)) #who"


def test_a_skipped_question_may_rule_nothing_out() -> None:
    found = selectors(question("what"), question("who", what={"", "yes"}))
    assert found[-1] == ".guide:has(#what-no:checked) #who"


def test_nobody_waits_for_a_question_that_is_hidden_itself() -> None:
    """Where `who` is not asked, `wish` must not wait for its answer."""
    found = selectors(question("what"), question("who", what={"", "yes"}), question("wish"))
    assert ".guide:has(#who):not(:has(#what-no:checked)):not(:has(#who :checked)) #wish" in found


def test_a_question_with_a_condition_on_an_answer_waits_only_where_it_was_given() -> None:
    found = selectors(question("what"), question("who", what={"yes"}), question("wish"))
    assert ".guide:has(#who):has(#what-yes:checked):not(:has(#who :checked)) #wish" in found


def test_no_word_of_an_answer_stands_in_the_sheet() -> None:
    sheet = css(Guide("guide", (question("what"), question("who", what={"yes"}))))
    assert not any(word in sheet for word in ("what", "who", "yes"))
