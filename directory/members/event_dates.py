"""The dates of a training or an event: written in plain choices, read back in words, public after a review."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directory import listings
from directory.details import event
from directory.members import date_form
from directory.members.access import listing_for, members_only
from directory.models import Listing

SUBMIT = "submit"  # the button beside the one that saves


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    listing = listing_for(request, slug)
    draft = listings.draft_of(listing)
    written = date_form.formset(draft, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not written.is_valid():
        return _page(request, listing, written)
    draft.dates.set(date_form.rows(written, draft))
    try:
        return _saved(request, draft)
    except (listings.ConflictError, listings.InReviewError) as problem:
        meanwhile = listing_for(request, slug)
        return _page(request, meanwhile, written, has_conflict=isinstance(problem, listings.ConflictError))


def _saved(request: HttpRequest, draft: Listing) -> HttpResponse:
    by: Any = request.user
    listings.save_draft(draft=draft, seen=_seen(request), by=by)
    words = _("Saved as a draft. Nobody else sees it before you send it for review.")
    if SUBMIT in request.POST:
        try:
            listings.submit(listing=draft, by=by)
            words = _("Sent for review. Until then everybody sees what was public before.")
        except ValidationError as problem:  # elsewhere in the entry
            messages.error(request, " ".join(problem.messages))
    messages.success(request, words)
    return redirect("member_dates", draft.slug)


def _seen(request: HttpRequest) -> int | None:
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isdecimal() and len(seen) < 18 else None


def _page(request: HttpRequest, listing: Listing, written: Any, *, has_conflict: bool = False) -> HttpResponse:
    draft, at = listings.draft_of(listing), localtime()
    context = {
        "listing": draft,
        "seen": listing.latest_revision_id,
        "rows": written,
        "read_back": [shown for row in draft.dates.all() if (shown := event(row, at))],
        "has_conflict": has_conflict,
        "in_review": listing.workflow_in_progress,
    }
    return render(request, "members/dates.html", context)
