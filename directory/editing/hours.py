"""Reads opening hours back in words, so that whoever types them sees what was understood."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django import forms
from django.http import HttpRequest, JsonResponse
from django.urls import path, reverse_lazy
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from directory import opening

QUOTED = 40  # characters of what was not understood


@dataclass(frozen=True)
class Reading:
    words: tuple[str, ...] = ()
    problem: str = ""


def read(text: str, at: datetime) -> Reading:
    shown = " ".join(text.split())
    if not shown:
        return Reading()
    if not opening.is_valid(shown):
        return Reading(problem=_problem(shown))
    return Reading(tuple(_sentences(shown, at)))


def _problem(text: str) -> str:
    if len(text) > opening.LONGEST:
        return _("This is too long for opening hours.")
    place = opening.not_understood(text)
    rest = text[place : place + QUOTED]
    if not rest:
        return _("Something is missing at the end.")
    return _("Not understood from character %(number)d on: “%(text)s”") % {"number": place + 1, "text": rest}


def _sentences(text: str, at: datetime) -> Iterator[str]:
    if opening.varies(text, at.year):
        yield _("The hours are not the same in every week of the year. This week:")
    for words, days in groupby(opening.week(text, at), key=lambda day: day.words):
        yield _("%(days)s: %(hours)s") % {"days": _span([day.name for day in days]), "hours": words}
    if holiday := opening.holiday(text):
        yield _("On public holidays: %(hours)s") % {"hours": holiday.words}
    for words in opening.remarks(text, at):
        yield _("With the remark “%(words)s”") % {"words": words}


def _span(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    if len(names) == 7:
        return _("Every day")
    between = _("%(first)s and %(last)s") if len(names) == 2 else _("%(first)s to %(last)s")
    return between % {"first": names[0], "last": names[-1]}


class HoursInput(forms.TextInput):
    template_name = "directory/editing/hours.html"

    class Media:
        js = ("directory/editing/hours.js",)
        css = {"all": ("directory/editing/hours.css",)}

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["reading"] = read(str(value or ""), localtime())
        context["widget"]["attrs"] |= {"data-hours": reverse_lazy("wegweiser_hours"), "dir": "ltr"}
        return context


@never_cache
def answer(request: HttpRequest) -> JsonResponse:
    found = read(request.GET.get("text", "")[: opening.LONGEST + 1], localtime())
    return JsonResponse({"words": found.words, "problem": found.problem})


def urls() -> list[Any]:
    return [path("opening-hours/", answer, name="wegweiser_hours")]
