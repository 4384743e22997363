"""What the page posts to the slip for the person: the same situation, as the guide's answers tell it."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from directory.languages import MAIN
from referrals.codes import code
from referrals.forms import NO_INTERPRETER_FOR, Posted
from referrals.guide import Guide, Option, Question
from referrals.professionals.fields import TEXT, Stated
from referrals.slips.page import KEEP, MARKED, SPEAKS

PROFESSIONAL = "professional"
_OF_PERSON = ("wish", "asker", "place", "residence", "date", "language", "interpreter")


def address(stated: Stated) -> str:
    """In the language of the text for the person, else in theirs where the site has it."""
    offered = dict(settings.LANGUAGES)
    wanted = (stated.one(TEXT), stated.one("language"), translation.get_language() or MAIN)
    with translation.override(next(language for language in wanted if language in offered)):
        return reverse("slip")


def hidden(stated: Stated, guide: Guide) -> Iterator[tuple[str, str]]:
    yield from posted(stated, guide).hidden()
    if (language := stated.one("language")) and language not in NO_INTERPRETER_FOR:
        yield SPEAKS, code(SPEAKS, language)
        yield MARKED, "1"
        for about in (*_OF_PERSON, *(f"question {question.slug}" for question in guide.questions)):
            yield KEEP, code(KEEP, about)


def posted(stated: Stated, guide: Guide) -> Posted:
    asker = stated.one("asker")
    return Posted(
        answers={q.slug: option.slug for q in guide.questions if (option := nearest(q, stated))},
        place=stated.one("place"),
        residence=stated.one("residence"),
        asker="" if asker == PROFESSIONAL else asker,
        happened=None if stated.date_fault else stated.picked.on,
    )


def nearest(question: Question, stated: Stated) -> Option | None:
    """The answer that tells most of what was stated, and nothing that was not touched at all."""
    fitting = [option for option in question.options if _tells(option, stated)]
    return max(
        fitting, key=lambda option: (len(option.facts), -sum(map(len, option.facts.values()))), default=None
    )


def _tells(option: Option, stated: Stated) -> bool:
    return bool(option.facts) and all(
        set(values) & set(stated.values.get(dimension, ())) for dimension, values in option.facts.items()
    )
