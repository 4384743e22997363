"""{name: [values]} as one list to choose from, grouped by name and in words: nobody has to write JSON."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from directory.vocabulary import choices
from referrals.dimensions import shipped
from referrals.guide import SKIPPED
from referrals.models import Question
from referrals.reasons import name_of
from referrals.showing import VOCABULARIES

IS = "="


class Group(NamedTuple):
    name: str
    label: str
    values: list[tuple[str, str]]


class GroupedField(forms.MultipleChoiceField):
    """What is stored and no longer offered stays selectable: a form must drop nothing in silence."""

    def __init__(
        self, *, groups: Iterable[Group], stored: Mapping[str, Any], like: forms.Field, size: int = 7
    ) -> None:
        self.unoffered = {name: value for name, value in stored.items() if not isinstance(value, list)}
        offered = sorted(groups, key=lambda group: group.name not in stored)  # what is chosen is seen at once
        super().__init__(
            choices=[*_grouped(offered), *_lost(offered, stored)],
            label=like.label,
            help_text=like.help_text,
            required=False,
            widget=forms.SelectMultiple({"size": size}),
        )

    def prepare_value(self, value: Any) -> Any:
        return list(_pairs(value)) if isinstance(value, Mapping) else value

    def clean(self, value: Any) -> dict[str, Any]:
        chosen: dict[str, Any] = {}
        for pair in super().clean(value):
            name, _is, code = pair.partition(IS)
            chosen.setdefault(name, []).append(code)
        return {**self.unoffered, **chosen}

    def has_changed(self, initial: Any, data: Any) -> bool:
        return set(self.prepare_value(initial) or ()) != set(data or ())


def _pairs(stored: Mapping[str, Any]) -> Iterator[str]:
    for name, codes in stored.items():
        if isinstance(codes, list):
            yield from (f"{name}{IS}{code}" for code in codes)


def _grouped(groups: Iterable[Group]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for group in groups:
        if group.values:
            yield group.label, [(f"{group.name}{IS}{code}", label) for code, label in group.values]


def _lost(groups: Iterable[Group], stored: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    known = {f"{group.name}{IS}{code}" for group in groups for code, _label in group.values}
    return ((pair, pair) for pair in _pairs(stored) if pair not in known)


def of_facts() -> list[Group]:
    """Everything that an answer may state."""
    return [Group(name, capfirst(str(name_of(name))), _known(name)) for name in shipped().values]


def _known(dimension: str) -> list[tuple[str, str]]:
    named = choices(VOCABULARIES.get(dimension, dimension))
    return [(code, label) for code, label in named if code in shipped().values[dimension]]


def of_answers(question: Question) -> list[Group]:
    """What was answered to the guide's other questions."""
    others = Question.objects.filter(guide=question.guide_id).exclude(pk=question.pk).prefetch_related("options")
    return [
        Group(
            other.slug,
            str(other),
            [*((each.slug, str(each)) for each in other.options.all()), (SKIPPED, str(_("(skipped)")))],
        )
        for other in others
    ]
