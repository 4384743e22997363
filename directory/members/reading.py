"""Reads opening hours back while somebody fills the lines. Nothing is stored."""

from django.http import HttpRequest, JsonResponse
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from directory.editing.hours import read
from directory.members import hours as lines
from directory.members.access import members_only
from directory.opening import LONGEST

NAME = "opening_hours"


@require_POST
@members_only
def hours(request: HttpRequest) -> JsonResponse:
    typed = lines.HoursLines().value_from_datadict(request.POST, None, NAME)
    if problem := lines.problem(typed):
        return JsonResponse({"words": [], "problem": problem})
    found = read(str(typed or "")[: LONGEST + 1], localtime())
    return JsonResponse({"words": found.words, "problem": found.problem})
