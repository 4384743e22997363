"""A member says that a contact is wrong: visitors stop seeing it with that click, and not after the review."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from directory.members.access import listing_for, members_only
from directory.models import Contact
from directory.proposals import correcting
from directory.reviewing.brakes import FrozenError


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def wrong(request: HttpRequest, slug: str) -> HttpResponse:
    listing = listing_for(request, slug)
    if request.method == "POST":
        _change(request, listing)
        return redirect("member_wrong", slug)
    rows = list(listing.contacts.all())
    context = {
        "listing": listing,
        "shown": correcting.public_contacts(listing),
        "hidden": [row for row in rows if row.audience == Contact.Audience.NOBODY],
    }
    return render(request, "directory/proposals/members/wrong.html", context)


def _change(request: HttpRequest, listing: Any) -> None:
    user: Any = request.user
    keys = {name: [int(key)] for name in ("wrong", "right") if (key := request.POST.get(name, "")).isdecimal()}
    try:
        if "right" in keys:
            correcting.show_again(listing=listing, contacts=keys["right"], by=user)
        elif number := correcting.hide(listing=listing, wrong=keys.get("wrong", ()), by=user):
            words = ngettext("%(count)d contact is hidden.", "%(count)d contacts are hidden.", number)
            messages.success(request, words % {"count": number})
    except FrozenError as error:
        messages.error(request, str(error))
    except PermissionDenied as error:
        messages.error(request, str(error) or _("You may not do this."))
