"""Two have written the same: both versions side by side, and the one who comes later decides."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from directory.members.history import last_edit
from directory.members.in_words import in_words, name_of
from directory.members.saving import BothChangedError
from directory.members.sections import Section
from directory.models import Listing

NOT_TYPED = frozenset({"csrfmiddlewaretoken", "over", "go", "find"})


def conflict_page(
    request: HttpRequest, listing: Listing, section: Section, problem: BothChangedError
) -> HttpResponse:
    context = {
        "listing": problem.theirs,
        "section": section,
        "theirs_by": last_edit(listing),
        "rows": [_row(problem, name) for name in problem.names],
        "typed": [
            (name, value) for name, values in request.POST.lists() if name not in NOT_TYPED for value in values
        ],
        "over": listing.latest_revision_id or "",
    }
    return render(request, "members/conflict.html", context, status=409)


def _row(problem: BothChangedError, name: str) -> dict[str, Any]:
    field: Any = Listing._meta.get_field(name)
    return {
        "name": name_of(name),
        "language": getattr(field, "language", ""),
        "mine": in_words(problem.mine, name),
        "theirs": in_words(problem.theirs, name),
    }
