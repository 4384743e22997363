"""What would become of the guide if a draft were published: said in words, so that it can be refused."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from directory.languages import MAIN
from directory.text import choose
from directory.vocabulary import area_tree, home_area
from referrals import guide as plain
from referrals import queries
from referrals.bodies import Body
from referrals.guide_check import Counterexample, hidden_questions_matter
from referrals.models import Guide, Option, Question


def with_draft(draft: Question, options: Iterable[Option]) -> tuple[plain.Question, ...]:
    """The public questions, with this one as it is to be."""
    others = Question.objects.filter(guide=draft.guide_id, live=True).exclude(pk=draft.pk)
    found = [(each.order, each.slug, queries.question_of(each, each.options.all())) for each in others]
    found.append((draft.order, draft.slug, queries.question_of(draft, options)))
    return tuple(question for _order, _slug, question in sorted(found, key=lambda each: each[:2]))


def faults(questions: Sequence[plain.Question]) -> Iterator[str]:
    """Why the program could not ask them."""
    if len(questions) > plain.LONGEST:
        yield _("The guide would have %(number)d questions, and nobody should be asked more than %(most)d.") % {
            "number": len(questions),
            "most": plain.LONGEST,
        }
    names = {question.slug: name_of(question) for question in questions}
    before: dict[str, plain.Question] = {}
    for question in questions:
        if not question.options:
            yield _("“%(question)s” has no answers.") % {"question": name_of(question)}
        for slug, wanted in question.shown_if.items():
            if slug in before:
                yield from _unmet(question, before[slug], wanted)
            else:
                yield _("“%(question)s” depends on the question “%(other)s”, which is not asked before it.") % {
                    "question": name_of(question),
                    "other": names.get(slug, slug),
                }
        before[question.slug] = question


def _unmet(question: plain.Question, other: plain.Question, wanted: Iterable[str]) -> Iterator[str]:
    if unknown := sorted(set(wanted) - {plain.SKIPPED} - {each.slug for each in other.options}):
        yield _("“%(question)s” depends on answers to “%(other)s” that do not exist: %(answers)s.") % {
            "question": name_of(question),
            "other": name_of(other),
            "answers": ", ".join(unknown),
        }


def wrongly_hidden(guide: plain.Guide, bodies: Sequence[Body]) -> str:
    """One example of an answer that nobody would be asked for although it matters. It takes some seconds."""
    found = next(hidden_questions_matter(guide, bodies, area_tree(), home_area()), None)
    return _in_words(found, guide, {body.slug: body.name for body in bodies}) if found else ""


def _in_words(found: Counterexample, guide: plain.Guide, names: Mapping[str, str]) -> str:
    by_slug = {question.slug: question for question in guide.questions}
    hidden = by_slug[found.question]
    said = [f"{name_of(by_slug[slug])} {_answer(by_slug[slug], answer)}" for slug, answer in found.answers.items()]
    return _(
        "“%(question)s” would be hidden although it matters. Example: %(answers)s Here the answer “%(option)s” "
        "leads to %(with_it)s, and without it the person is led to %(without)s. "
        "Let it be shown after these answers too."
    ) % {
        "question": name_of(hidden),
        "answers": "; ".join(said) + "." if said else _("nothing is answered."),
        "option": _answer(hidden, found.option),
        "with_it": _listed(found.with_it, names),
        "without": _listed(found.without, names),
    }


def _listed(slugs: Iterable[str], names: Mapping[str, str]) -> str:
    return _(", ").join(names.get(slug, slug) for slug in slugs) or _("nobody")


def name_of(question: plain.Question) -> str:
    return choose(question.text, MAIN).text or question.slug


def _answer(question: plain.Question, slug: str) -> str:
    option = question.option(slug)
    return choose(option.text, MAIN).text or slug if option else slug


def faults_of_draft(draft: Question, options: Iterable[Option], *, prove: bool) -> list[str]:
    """Empty: it may be saved. With `prove` also: it may be published."""
    questions = with_draft(draft, options)
    if found := list(faults(questions)):
        return found
    try:
        guide = plain.Guide(draft.guide.slug, questions, queries.stated_facts(draft.guide.assumed))
    except ValueError as fault:
        return [str(fault)]
    example = wrongly_hidden(guide, queries.bodies()) if prove else ""
    return [example] if example else []


def faults_of_assumed(guide: Guide) -> list[str]:
    """What is assumed has no draft: it counts for the public questions at once."""
    asked = Question.objects.filter(guide=guide, live=True)
    questions = tuple(queries.question_of(each, each.options.all()) for each in asked)
    try:
        found = plain.Guide(guide.slug, questions, queries.stated_facts(guide.assumed))
    except ValueError:
        return []  # a fault of the questions, which their forms and the daily check tell
    example = wrongly_hidden(found, queries.bodies())
    return [example] if example else []
