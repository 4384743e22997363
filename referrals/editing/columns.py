"""Days in the lists. Wagtail's column tells how long ago a day was, and "just now" of all that is to come."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column


def valid_from() -> Column:
    return _of("valid_from", gettext_lazy("valid from"), lambda entry: _day(entry.valid_from))


def check_by() -> Column:
    return _of("check_by", gettext_lazy("to be checked by"), _marked)


def _of(name: str, label: Any, shown: Callable[[Any], str]) -> Column:
    return Column(name, label=label, sort_key=name, accessor=shown)


def _day(day: Any) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""


def _marked(entry: Any) -> str:
    day = _day(entry.check_by)
    is_late = entry.check_by and entry.check_by < timezone.localdate()
    return _("%(day)s – overdue") % {"day": day} if is_late else day
