from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from directory.anonymous import anonymous_form
from directory.models import Listing
from directory.showing import public_listings
from directory.vocabulary import area_name, home_area
from referrals import forms, queries
from referrals.asking import remarks
from referrals.slips import bodies, callback, letter, poster
from referrals.slips.budget import budget
from referrals.slips.callback import CallbackForm
from referrals.slips.page import page

AGAIN = "again"  # the form that another language posts


@require_http_methods(["GET", "HEAD", "POST"])
@anonymous_form
def slip(request: HttpRequest) -> HttpResponse:
    """Made for this one answer. Who comes without a post, as by walking forward again, has no answers to show."""
    if request.method != "POST":
        return redirect("guide")
    posted = forms.read(request.POST, queries.guide())
    made = page(request.POST, posted, queries.guide())
    return render(request, "referrals/slips/slip.html", carried(request.POST) | {"slip": made})


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@anonymous_form
def call_back(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("guide")
    listing = asked(request.POST)
    if callback.SEND not in request.POST:
        form = callback.empty(request.POST.dict())
        return answered(request, listing, form=form)
    form = CallbackForm(request.POST)
    if not form.is_valid():
        return answered(request, listing, form=form)
    if not budget.take(listing.slug):
        return answered(request, listing, form=form, trouble="many", status=429)
    if not letter.send(form.request(), listing.callback_email):
        budget.give_back(listing.slug)
        return answered(request, listing, form=form, trouble="failed")
    return answered(request, listing, sent=form.request())


def asked(data: QueryDict) -> Listing:
    """Never one that has not agreed to it."""
    found = public_listings().filter(slug=bodies.named(data)).exclude(callback_email="").first()
    if found is None or not letter.can_be_sent():
        raise Http404
    return found


def answered(request: HttpRequest, listing: Listing, *, status: int = 200, **shown: Any) -> HttpResponse:
    context = carried(request.POST) | {
        "body": bodies.code_of(listing.slug),
        "card": bodies.cards([listing.slug])[0],
        **shown,
    }
    return render(request, "referrals/slips/call_back.html", context, status=status)


def carried(data: QueryDict) -> dict[str, Any]:
    """So that the way back leads to the result as it was."""
    posted = forms.read(data, queries.guide())
    return {
        "hidden": list(posted.hidden()),
        "remarks": list(remarks(posted)),
        "repost": AGAIN,
        "noindex": True,
    }


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """For whoever hangs it up. It knows nothing of anybody, so it may be kept and shared."""
    asked = poster.Asked.of(request.GET.dict())
    context = {
        "asked": asked,
        "poster": poster.poster(asked),
        "subjects": poster.subjects(asked.subject),
        "places": poster.places(asked.place),
        "home": area_name(home_area()),
        "language_query": request.GET.urlencode(),
    }
    return render(request, "referrals/slips/poster.html", context)
