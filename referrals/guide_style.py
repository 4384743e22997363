"""The rules that reveal one question after another, made from the guide itself; old browsers show all at once."""

from collections.abc import Iterable, Iterator

from referrals import codes
from referrals.guide import SKIPPED, Guide, Question

SUPPORTED = "@supports selector(:has(*))"


def css(guide: Guide) -> str:
    rules = "".join(f"{selector}{{display:none}}" for selector in hidden(guide))
    return f"{SUPPORTED}{{{rules}}}" if rules else ""


def hidden(guide: Guide) -> Iterator[str]:
    """When a question does not show: an earlier one waits for its answer, or `shown_if` says no."""
    for index, question in enumerate(guide.questions):
        for earlier in guide.questions[:index]:
            yield f".guide{waits(earlier, guide)} {place(question)}"
        yield from (f".guide{condition} {place(question)}" for condition in rejects(question, guide))


def waits(question: Question, guide: Guide) -> str:
    """It is on the page, it is shown, and nothing is chosen yet."""
    shown = "".join(accepts(question, guide))
    return f":has({place(question)}){shown}:not(:has({place(question)} :checked))"


def accepts(question: Question, guide: Guide) -> Iterator[str]:
    return (_negated(condition) for condition in rejects(question, guide))


def rejects(question: Question, guide: Guide) -> Iterator[str]:
    by_slug = {each.slug: each for each in guide.questions}
    for slug, wanted in question.shown_if.items():
        others = {option.slug for option in by_slug[slug].options} - wanted
        if SKIPPED in wanted:
            yield f":has({chosen(slug, others)})"
        else:
            yield f":not(:has({chosen(slug, wanted)}))"


def _negated(condition: str) -> str:
    is_negated = condition.startswith(":not(")
    return condition.removeprefix(":not(").removesuffix(")") if is_negated else f":not({condition})"


def chosen(slug: str, options: Iterable[str]) -> str:
    return ",".join(f"#o-{codes.of_option(slug, option)}:checked" for option in sorted(options)) or "#none"


def place(question: Question) -> str:
    return f"#q-{codes.of_question(question.slug)}"
