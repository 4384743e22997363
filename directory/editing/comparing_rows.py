"""The difference between two versions of an entry's child rows: only the rows and fields that differ."""

from functools import partial
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.compare import ChildObjectComparison, ChildRelationComparison

from directory.editing.comparing import CodesComparison, Comparison, marked
from directory.editing.wording import STATES, heading, restated, told_state
from directory.models import DIMENSIONS, Contact
from directory.models.competence import Conditions
from directory.spoken import spoken_name

STATE_WORDS = {
    "machine": gettext_lazy("written by a machine"),
    "human": gettext_lazy("written by a person"),
    "checked": gettext_lazy("checked"),
}


class RowComparison(ChildObjectComparison):
    def get_field_comparisons(self) -> list[Any]:
        found = super().get_field_comparisons()
        if self.is_addition() or self.is_deletion():
            return [each for each in found if not getattr(each, "is_empty", lambda: False)()]
        return [self._whole(each) for each in found if each.has_changed()]

    def _whole(self, comparison: Any) -> Any:
        """Half a phone number is no difference that anybody could read."""
        if comparison.field.name == "value" and isinstance(self.obj_b, Contact):
            return Comparison(comparison.field, self.obj_a, self.obj_b)
        return comparison

    def which(self) -> str:
        row = self.obj_b or self.obj_a
        return _conditions(row) if isinstance(row, Conditions) else str(row)


def _conditions(row: Conditions) -> str:
    """Labels in place of the slugs that the row's own name has."""
    fields = [row._meta.get_field(name) for name in DIMENSIONS]
    told = [(field, CodesComparison(field, row, row).pieces(getattr(row, field.name))) for field in fields]
    return "; ".join(f"{heading(field)}: {', '.join(names)}" for field, names in told if names) or "–"


class RowsComparison(ChildRelationComparison):
    def get_child_comparison(self, obj_a: Any, obj_b: Any) -> RowComparison:
        return RowComparison(self.field.related_model, self.field_comparisons, obj_a, obj_b)

    def get_child_comparisons(self) -> list[RowComparison]:
        found = super().get_child_comparisons()
        return [each for each in found if each.is_addition() or each.is_deletion() or each.has_changed()]


def with_rows_of_ours(comparison: Any) -> Any:
    """Wagtail's panel names its own class."""
    if isinstance(comparison, partial) and comparison.func is ChildRelationComparison:
        return partial(RowsComparison, *comparison.args, **comparison.keywords)
    return comparison


class StatesComparison:
    """How far the translation into one language is: no field of the form shows it."""

    is_field = True
    is_child_relation = False

    def __init__(self, language: str, before: Any, after: Any) -> None:
        self.language, self.before, self.after = language, before, after

    def field_label(self) -> str:
        return _("State of the translation (%(language)s)") % {"language": spoken_name(self.language)}

    def htmldiff(self) -> SafeString:
        return marked(_words(self.before), _words(self.after), separator=" ")


def _words(noted: Any) -> list[str]:
    state, public = told_state(noted)
    words = [str(STATE_WORDS.get(state, state))] if state else []
    return words if public else [*words, _("not shown to readers")]


def states(before: Any, after: Any) -> list[StatesComparison]:
    old, new = getattr(before, STATES), getattr(after, STATES)
    return [StatesComparison(code, old.get(code), new.get(code)) for code in restated(old, new)]
