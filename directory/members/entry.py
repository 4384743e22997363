"""One entry: what is to do, section by section, and the buttons that send it, take it back and confirm it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from directory import listings
from directory.members.access import listing_for, members_only, membership_for
from directory.members.standing import Standing


@members_only
def page(request: HttpRequest, slug: str) -> HttpResponse:
    listing = listing_for(request, slug)
    standing = Standing(listing, membership_for(request, listing.organisation.slug))
    return render(request, "members/entry.html", {"entry": standing, "listing": standing.draft})


def _act(request: HttpRequest, slug: str, verb: Callable[..., Any], done: str) -> HttpResponse:
    listing = listing_for(request, slug)
    try:
        verb(listing=listing, by=request.user)
    except ValidationError as problem:
        for words in problem.messages:
            messages.error(request, words)
    except listings.InReviewError:
        messages.warning(request, _("It is already with the city."))
    else:
        messages.success(request, done)
    return redirect("member_listing", slug)


@require_POST
@members_only
def submit(request: HttpRequest, slug: str) -> HttpResponse:
    words = _(
        "Thank you. The city checks it and tells you by e-mail. Until then visitors see what was there before."
    )
    return _act(request, slug, listings.submit, words)


@require_POST
@members_only
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    return _act(request, slug, listings.withdraw, _("Taken back. You can go on writing."))


@require_POST
@members_only
def confirm(request: HttpRequest, slug: str) -> HttpResponse:
    return _act(request, slug, listings.confirm, _("Thank you. The entry is confirmed."))
