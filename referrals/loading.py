"""Brings the shipped guide and notes and given deadlines into the database. Only adds: what staff changed wins."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from directory.languages import column
from directory.models import Change
from referrals import bodies, guide_files, note_files
from referrals import guide as plain
from referrals.cases import LISTS
from referrals.cases import Case as PlainCase
from referrals.models import Case, Deadline, Guide, Note, Option, Question
from referrals.translation import DeadlineTranslation


@transaction.atomic
def load_guide(guide: plain.Guide | None = None) -> None:
    """A guide that is there already stays as it is, whole: staff may have taken a question out of it."""
    shipped = guide or guide_files.shipped()
    if shipped.slug in _known(Guide):
        return
    stored = Guide(slug=shipped.slug, assumed=_lists(shipped.assumed))
    stored.save()
    for order, question in enumerate(shipped.questions, start=1):
        _question(question, stored, order).save()


@transaction.atomic
def load_deadlines(found: Iterable[Mapping[str, Any]]) -> None:
    """Each a mapping of the model's fields, texts with their language: law_de; `applies` as plain data."""
    known = _known(Deadline)
    for order, values in enumerate(found, start=1):
        if values["slug"] not in known:
            _deadline(values, order).save()


@transaction.atomic
def load_notes(notes: Iterable[bodies.Note] | None = None) -> None:
    known = _known(Note)
    for order, note in enumerate(note_files.shipped() if notes is None else notes, start=1):
        if note.slug not in known:
            _note(note, order).save()


@transaction.atomic
def load_cases(found: Iterable[PlainCase]) -> None:
    known = _known(Case)
    for case in found:
        if case.id not in known:
            _case(case).save()


def _known(model: Any) -> set[str]:
    """What is there, and what somebody deleted: it must not come back with the next start."""
    deleted = Change.objects.filter(model=model._meta.label_lower, action=Change.Action.DELETE)
    return {*model.objects.values_list("slug", flat=True), *deleted.values_list("slug", flat=True)}


def _question(question: plain.Question, guide: Guide, order: int) -> Question:
    built = Question(
        guide=guide,
        slug=question.slug,
        order=order,
        dimension=question.dimension,
        shown_if=_lists(question.shown_if),
        **_columns("text", question.text),
        **_columns("why", question.why),
        **_published(),
    )
    built.options = [_option(each, number) for number, each in enumerate(question.options, start=1)]  # type: ignore[misc]
    return built


def _option(option: plain.Option, order: int) -> Option:
    return Option(slug=option.slug, order=order, facts=_lists(option.facts), **_columns("text", option.text))


def _deadline(values: Mapping[str, Any], order: int) -> Deadline:
    translated = DeadlineTranslation.fields
    fields = {field.name for field in Deadline._meta.get_fields()} - set(translated)
    plain_values = {name: value for name, value in values.items() if name in fields and name != "applies"}
    applies = {key: list(codes) for key, codes in values["applies"].items()}
    return Deadline(**plain_values, order=order, applies=applies, **_published())


def _note(note: bodies.Note, order: int) -> Note:
    return Note(
        slug=note.slug,
        kind=note.kind,
        order=order,
        applies={key: sorted(values) for key, values in note.applies.needs.items()},
        sources=list(note.sources),
        check_by=note.check_by,
        **_columns("heading", note.heading),
        **_columns("text", note.text),
        **_published(),
    )


def _case(case: PlainCase) -> Case:
    return Case(
        slug=case.id,
        title=case.title or case.id,
        facts=dict(case.stated),
        site_area=case.site_area,
        open_at=case.open_at or "",
        **{name: list(getattr(case, name)) for name in LISTS},
        source=case.source,
        note=case.note,
    )


def _columns(field: str, texts: Mapping[str, str]) -> dict[str, str]:
    return {column(field, code): text for code, text in texts.items()}


def _lists(raw: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    return {key: sorted(values) if isinstance(values, frozenset) else list(values) for key, values in raw.items()}


def _published() -> dict[str, Any]:
    now = timezone.now()
    return {"live": True, "first_published_at": now, "last_published_at": now}
