from referrals.guide import Guide, Option, Question
from referrals.guide_style import SUPPORTED, css, hidden


def question(slug: str, **shown_if: set[str]) -> Question:
    options = (Option("yes"), Option("no"))
    wanted = {name: frozenset(options) for name, options in shown_if.items()}
    return Question(slug, slug, options, shown_if=wanted)


def selectors(*questions: Question) -> list[str]:
    return list(hidden(Guide("guide", questions)))


def test_a_browser_without_has_reads_no_rule() -> None:
    sheet = css(Guide("guide", (question("what"), question("who"))))
    assert sheet.startswith(SUPPORTED + "{")
    assert sheet.count("{") == sheet.count("}")


def test_one_question_hides_nothing() -> None:
    assert css(Guide("guide", (question("what"),))) == ""


def test_a_question_waits_for_the_one_before() -> None:
    assert selectors(question("what"), question("who")) == [
        ".guide:has(#q-what):not(:has(#q-what :checked)) #q-who"
    ]


def test_it_waits_for_every_one_before() -> None:
    found = selectors(question("a"), question("b"), question("c"))
    assert [selector.split()[-1] for selector in found] == ["#q-b", "#q-c", "#q-c"]


def test_it_is_hidden_by_the_answers_that_rule_it_out() -> None:
    found = selectors(question("what"), question("who", what={"yes"}))
    assert found[-1] == ".guide:not(:has(#q-what-yes:checked)) #q-who"


def test_a_skipped_question_may_rule_nothing_out() -> None:
    found = selectors(question("what"), question("who", what={"", "yes"}))
    assert found[-1] == ".guide:has(#q-what-no:checked) #q-who"


def test_nobody_waits_for_a_question_that_is_hidden_itself() -> None:
    """Where `who` is not asked, `wish` must not wait for its answer."""
    found = selectors(question("what"), question("who", what={"", "yes"}), question("wish"))
    assert ".guide:has(#q-who):not(:has(#q-what-no:checked)):not(:has(#q-who :checked)) #q-wish" in found


def test_a_question_with_a_condition_on_an_answer_waits_only_where_it_was_given() -> None:
    found = selectors(question("what"), question("who", what={"yes"}), question("wish"))
    assert ".guide:has(#q-who):has(#q-what-yes:checked):not(:has(#q-who :checked)) #q-wish" in found
