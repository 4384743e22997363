"""Who is asked for below /konto/? What is somebody else's does not exist there: 404, never 403.

Every view there stands behind `members_only` and reads what a slug names through one of the functions below.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render, resolve_url
from django.utils import translation
from django.views.decorators.cache import cache_control

from directory.languages import MAIN
from directory.models import Listing, Membership, Organisation

View = Callable[..., HttpResponse]


def memberships_of(request: HttpRequest) -> list[Membership]:
    """Of whoever is signed in; none for visitors, and for staff who belong to no organisation."""
    if not request.user.is_authenticated or not request.user.is_active:
        return []
    return list(Membership.objects.filter(user_id=request.user.pk).select_related("organisation"))


def membership_for(request: HttpRequest, slug: str) -> Membership:
    """In the organisation of this slug. Raises Http404."""
    found = next((each for each in memberships_of(request) if each.organisation.slug == slug), None)
    if found is None:
        raise Http404
    return found


def organisation_for(request: HttpRequest, slug: str) -> Organisation:
    return membership_for(request, slug).organisation


def listing_for(request: HttpRequest, slug: str) -> Listing:
    """As stored, and public if live; `listings.draft_of` gives what was written last. Raises Http404."""
    own = [each.organisation_id for each in memberships_of(request)]
    found: Listing = get_object_or_404(
        Listing.objects.select_related("organisation", "latest_revision"), slug=slug, organisation_id__in=own
    )
    return found


def language_of(request: HttpRequest) -> str:
    """The one that the member has chosen, else the browser's."""
    chosen = next((each.language for each in memberships_of(request)), "")
    wanted = chosen or translation.get_language() or MAIN
    return wanted if wanted in dict(settings.LANGUAGES) else MAIN


def members_only(view: View) -> View:
    """Visitors sign in first; nothing of the page stays in a cache; its words are in the member's language."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), resolve_url("account_login"))
        language = language_of(request)
        with translation.override(language):
            try:
                response = view(request, *args, **kwargs)
            except PermissionDenied as refusal:  # of a verb: nothing may be changed at present
                response = _refused(request, str(refusal))
        response.headers.setdefault("Content-Language", language)
        return response

    return cache_control(private=True, no_store=True)(answer)


def _refused(request: HttpRequest, words: str) -> HttpResponse:
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"words": words}, status=HTTPStatus.FORBIDDEN)
    return render(request, "members/refused.html", {"words": words}, status=HTTPStatus.FORBIDDEN)
