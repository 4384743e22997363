"""How the difference between two versions of a field is shown: in words, and in the field's own direction."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.admin.compare import FieldComparison, TextDiff, register_comparison_class

from directory.editing.wording import heading
from directory.languages import SHIPPED, direction
from directory.models.codes import CodeField, CodesField, WordsField
from directory.models.differences import plain
from directory.spoken import spoken_name
from directory.vocabulary import choices, unpublished


def marked(before: list[str], after: list[str], separator: str = "") -> SafeString:
    """The pieces of both, with what was taken out and what was put in."""
    parts: list[tuple[str, str]] = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            parts += [("equal", piece) for piece in before[start:end]]
        parts += [("deletion", piece) for piece in before[start:end] if kind in ("replace", "delete")]
        parts += [("addition", piece) for piece in after[new_start:new_end] if kind in ("replace", "insert")]
    found: SafeString = TextDiff(parts if separator else _joined(parts), separator).to_html()
    return found


def _joined(parts: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Neighbours of one kind as one piece: a letter of a joined script must not stand alone."""
    found: list[tuple[str, str]] = []
    for kind, piece in parts:
        if found and found[-1][0] == kind:
            found[-1] = (kind, found[-1][1] + piece)
        else:
            found.append((kind, piece))
    return found


class Comparison(FieldComparison):
    """Everything empty is the same; what is not text is told in words."""

    def field_label(self) -> str:
        return heading(self.field)

    def has_changed(self) -> bool:
        return (self.val_a or None) != (self.val_b or None)

    def is_empty(self) -> bool:
        return not self.val_a and not self.val_b

    def words(self, value: Any) -> str:
        return "" if value is None else str(value)

    def htmldiff(self) -> SafeString:
        old, new = self.words(self.val_a), self.words(self.val_b)
        return marked([old] if old else [], [new] if new else [], separator=" ")


class Exactly(Comparison):
    """For values of which an empty one means something: no is not the same as not stated."""

    def has_changed(self) -> bool:
        return bool(self.val_a != self.val_b)

    def is_empty(self) -> bool:
        return self.val_a is None and self.val_b is None


class TextComparison(Comparison):
    """Word by word: half a word is no difference that anybody could read."""

    def htmldiff(self) -> SafeString:
        old, new = (re.findall(r"\s+|\S+", value or "") for value in (self.val_a, self.val_b))
        if language := getattr(self.field, "language", ""):
            place = format_html(' lang="{}" dir="{}"', language, direction(language))
        else:
            place = mark_safe(' dir="auto"')
        return format_html('<div class="difference-text"{}>{}</div>', place, marked(old, new))


def yes_no(value: bool | None) -> str:
    if value is None:
        return _("not stated")
    return _("yes") if value else _("no")


class YesNoComparison(Exactly):
    def words(self, value: Any) -> str:
        return yes_no(value)


class DateComparison(Comparison):
    def words(self, value: Any) -> str:
        return date_format(value, "DATE_FORMAT") if value else ""


class MomentComparison(Comparison):
    def words(self, value: Any) -> str:
        return date_format(localtime(value), "DATETIME_FORMAT") if value else ""


class ListComparison(Comparison):
    """Each entry of a list for itself; a form does not keep their order."""

    def has_changed(self) -> bool:
        return bool(plain(self.val_a) != plain(self.val_b))

    def pieces(self, value: Any) -> list[str]:
        return [str(each) for each in value or ()]

    def htmldiff(self) -> SafeString:
        return marked(self.pieces(self.val_a), self.pieces(self.val_b), separator=", ")


class CodesComparison(ListComparison):
    """Labels: nobody has to know a slug by heart."""

    def pieces(self, value: Any) -> list[str]:
        codes = [value] if isinstance(value, str) and value else sorted(value or ())
        names = dict(choices(self.field.vocabulary)) if codes else {}
        hidden = unpublished(self.field.vocabulary, [code for code in codes if code not in names])
        return [str(names.get(code) or hidden.get(code) or code) for code in codes]


class FactsComparison(ListComparison):
    """Names with values, one line each; a language's code is shown as its name."""

    def pieces(self, value: Any) -> list[str]:
        return list(_lines(value))

    def htmldiff(self) -> SafeString:
        return marked(self.pieces(self.val_a), self.pieces(self.val_b), separator="<br>")


def _lines(value: Any) -> Iterator[str]:
    if not isinstance(value, Mapping):
        yield from ([] if value in (None, "", []) else [_flat(value)])
        return
    for name in sorted(value, key=_place):
        each = value[name]
        named = spoken_name(name) if name in SHIPPED else name
        yield f"{named}: {_flat(each)}" if named else _flat(each)


def _place(name: str) -> tuple[int, bool, str]:
    """Languages in our order, then other names, at last what has none: PostgreSQL keeps no order."""
    languages = list(SHIPPED)
    return languages.index(name) if name in SHIPPED else len(languages), not name, name


def _flat(value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(_lines(value))
    if isinstance(value, list):
        return ", ".join(_flat(each) for each in value)
    return yes_no(value) if isinstance(value, bool) else str(value)


CLASSES: Mapping[Any, type[Comparison]] = {
    models.CharField: TextComparison,
    models.TextField: TextComparison,
    models.BooleanField: YesNoComparison,
    models.IntegerField: Exactly,
    models.DateField: DateComparison,
    models.DateTimeField: MomentComparison,
    models.JSONField: FactsComparison,
    WordsField: ListComparison,
    CodesField: CodesComparison,
    CodeField: CodesComparison,
}


def register() -> None:
    for field, comparison in CLASSES.items():
        register_comparison_class(field, comparison_class=comparison)
