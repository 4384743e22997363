"""Is the referral whole? Every situation has a body to reach, nothing is empty, every text in every language."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError
from django.utils.translation import gettext as _

from directory.vocabulary import area_tree, home_area, terms
from referrals import queries
from referrals.bodies import Body
from referrals.deadlines import Deadline
from referrals.dimensions import UnknownFactError
from referrals.guide import Answers, Guide
from referrals.guide_check import Results, hidden_questions_matter


@register(Tags.database)
def check(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None, **options: Any
) -> list[CheckMessage]:
    """What is quick to find. Without tables or listings there is nothing to check yet."""
    if not databases:
        return []
    try:
        return [Warning(fault, id="referrals.W001") for fault in faults()]
    except DatabaseError:
        return []


def faults() -> Iterator[str]:
    """In words, what is quick to find. All that takes longer stands in proofs.py."""
    guide, bodies = queries.guide(), queries.bodies()
    if not bodies:
        return
    languages = [code for code, _name in settings.LANGUAGES]
    yield from untranslated(guide, languages)
    yield from unfounded(queries.rules().deadlines)
    results = Results(guide, bodies, area_tree(), home_area())
    yield from unhelped(results, concerns(), together=False)


def concerns() -> dict[str, Mapping[str, Any]]:
    return {slug: term.extra.get("facts", {}) for slug, term in terms("concerns").items()}


def untranslated(guide: Guide, languages: Sequence[str]) -> Iterator[str]:
    why = _("why we ask")
    for question in guide.questions:
        texts = {
            question.slug: question.text,
            f"{question.slug} ({why})": question.why,
            **{f"{question.slug} → {option.slug}": option.text for option in question.options},
        }
        for name, text in texts.items():
            if missing := [code for code in languages if not text.get(code)]:
                yield _("The guide's text “%(name)s” is missing in: %(languages)s.") % {
                    "name": name,
                    "languages": ", ".join(missing),
                }


def unfounded(deadlines: Sequence[Deadline]) -> Iterator[str]:
    for deadline in deadlines:
        if not (any(deadline.law.values()) and any(deadline.act.values()) and deadline.sources):
            yield _("The deadline “%(name)s” lacks its law, what has to be done or a source.") % {
                "name": deadline.slug
            }


def unhelped(results: Results, tiles: Mapping[str, Mapping[str, Any]], *, together: bool = True) -> Iterator[str]:
    """Situations without anybody to reach among the first bodies: every tile, every answer, every two together."""
    reachable = {body.slug: body for body in results.bodies if body.is_reachable}
    for slug, given in tiles.items():
        try:
            first = results.first({}, given)
        except UnknownFactError as unknown:
            yield _("The concern “%(name)s” states something unknown: %(what)s.") % {"name": slug, "what": unknown}
            continue
        yield from _unreachable(slug, first, reachable)
    for answers in (*singles(results.guide), *(pairs(results.guide) if together else ())):
        yield from _unreachable(_in_words(answers), results.first(answers), reachable)


def _unreachable(name: str, first: Sequence[str], reachable: Mapping[str, Body]) -> Iterator[str]:
    if not reachable.keys() & set(first):
        yield _("Nobody can be reached among the first bodies for: %(name)s.") % {"name": name}


def singles(guide: Guide) -> Iterator[dict[str, str]]:
    yield {}
    for question in guide.questions:
        yield from ({question.slug: option.slug} for option in question.options)


def pairs(guide: Guide) -> Iterator[dict[str, str]]:
    for one, other in combinations(guide.questions, 2):
        for first, second in product(one.options, other.options):
            yield {one.slug: first.slug, other.slug: second.slug}


def wrongly_hidden(results: Results) -> Iterator[str]:
    """One example for each question."""
    named = set()
    for found in hidden_questions_matter(results.guide, results.bodies, results.tree, results.home_area):
        if found.question not in named:
            named.add(found.question)
            yield _("The question “%(question)s” is hidden with %(answers)s, but “%(option)s” would matter.") % {
                "question": found.question,
                "answers": _in_words(found.answers),
                "option": found.option,
            }


def _in_words(answers: Answers) -> str:
    return ", ".join(f"{question}: {option}" for question, option in answers.items()) or "–"
