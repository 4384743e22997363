"""What would the referral say, were a draft public? It takes its place among the plain data; nothing is saved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from directory.areas import AreaTree
from directory.models import ContactPoint, Listing, Organisation
from referrals import guide as plain
from referrals import queries
from referrals.bodies import Body, Rules
from referrals.cases import Case
from referrals.checks import concerns, singles
from referrals.dimensions import UnknownFactError
from referrals.evaluation import Verdict, evaluate
from referrals.guide_check import Results
from referrals.models import Deadline, Note, Question

Draft = Listing | Organisation | Deadline | Note | Question
Said = Mapping[str, Any]


@dataclass(frozen=True)
class World:
    """All that a result is made of."""

    bodies: tuple[Body, ...]
    rules: Rules
    guide: plain.Guide


@dataclass(frozen=True)
class Effect:
    before: Verdict
    after: Verdict

    @property
    def case(self) -> Case:
        return self.after.case

    @property
    def moves(self) -> bool:
        return self.before.first != self.after.first

    @property
    def begins_to_fail(self) -> bool:
        return self.before.passes and not self.after.passes

    @property
    def passes_now(self) -> bool:
        return self.after.passes and not self.before.passes

    @property
    def said(self) -> tuple[str, ...]:
        return tuple(token for token in self.after.tokens if token not in self.before.tokens)

    @property
    def no_longer_said(self) -> tuple[str, ...]:
        return tuple(token for token in self.before.tokens if token not in self.after.tokens)

    def is_one(self) -> bool:
        return bool(self.moves or self.said or self.no_longer_said or self.before.passes != self.after.passes)


@dataclass(frozen=True)
class Turn:
    """An answer of the guide, or a concern, that leads to other first bodies."""

    said: Said
    before: tuple[str, ...]
    after: tuple[str, ...]


def public() -> World:
    return World(queries.bodies(), queries.rules(), queries.guide())


def with_draft(world: World, draft: Draft) -> World:
    if isinstance(draft, Listing):
        return replace(world, bodies=_with_bodies(world.bodies, [draft]))
    if isinstance(draft, Organisation):
        return replace(world, bodies=_with_bodies(world.bodies, _of(draft)))
    if isinstance(draft, Question):
        return replace(world, guide=_with_question(world.guide, draft))
    if isinstance(draft, Deadline):
        found = _in_place(world.rules.deadlines, queries.deadline_of(draft))
        return replace(world, rules=replace(world.rules, deadlines=found))
    return replace(world, rules=replace(world.rules, notes=_in_place(world.rules.notes, queries.note_of(draft))))


def _in_place(stored: Iterable[Any], draft: Any) -> tuple[Any, ...]:
    """Where the public one stands, else at the end."""
    others = tuple(stored)
    if draft.slug not in {each.slug for each in others}:
        return (*others, draft)
    return tuple(draft if each.slug == draft.slug else each for each in others)


def _with_bodies(bodies: tuple[Body, ...], drafts: Iterable[Listing]) -> tuple[Body, ...]:
    found = {body.slug: body for body in bodies}
    for draft in drafts:
        found.pop(draft.slug, None)
        if _would_be_public(draft):
            found[draft.slug] = _body(draft)
    return tuple(found[slug] for slug in sorted(found))


def _would_be_public(draft: Listing) -> bool:
    expired = draft.valid_until and draft.valid_until < timezone.localdate()
    return draft.organisation.live and not draft.internal_only and not expired


def _body(draft: Any) -> Body:
    public = [each for each in draft.contacts.all() if each.audience == ContactPoint.Audience.PUBLIC]
    return queries.body_of(
        draft, draft.competence_rows.all(), draft.exclusions.all(), draft.languages.all(), public
    )


def _of(draft: Organisation) -> Iterable[Listing]:
    for listing in Listing.objects.public().filter(organisation=draft):
        listing.organisation = draft
        yield listing


def _with_question(guide: plain.Guide, draft: Any) -> plain.Guide:
    drafted = queries.question_of(draft, draft.options.all())
    stored = Question.objects.filter(guide=draft.guide, live=True)
    places = {each.slug: (each.order, each.slug) for each in stored} | {draft.slug: (draft.order, draft.slug)}
    questions = sorted(_in_place(guide.questions, drafted), key=lambda each: places.get(each.slug, (0, each.slug)))
    found = replace(guide, questions=())
    for question in questions:
        found = queries.with_question(found, question)
    return found


def effects(cases: Iterable[Case], before: World, after: World, tree: AreaTree, home: str) -> tuple[Effect, ...]:
    """Of the cases that the draft touches; those that it breaks come first."""
    cases = tuple(cases)
    judged = (evaluate(cases, world.bodies, world.rules, tree, home) for world in (before, after))
    found = (Effect(old, new) for old, new in zip(*judged, strict=True))
    return tuple(sorted(filter(Effect.is_one, found), key=lambda each: (not each.begins_to_fail, each.case.id)))


def turns(before: World, after: World, tree: AreaTree, home: str) -> tuple[Turn, ...]:
    """Every concern and every single answer that both guides know, and leads to other first bodies."""
    old, new = (Results(world.guide, world.bodies, tree, home) for world in (before, after))
    asked: list[Any] = [({}, given) for given in concerns().values()] + [
        (answers, None) for answers in singles(after.guide)
    ]
    found = []
    for answers, given in asked:
        try:
            was, becomes = old.first(answers, given), new.first(answers, given)
        except UnknownFactError:
            continue  # the checks tell of such a concern
        if was != becomes:
            found.append(Turn({**plain.facts_from_answers(after.guide, answers, given)}, was, becomes))
    return tuple(found)
