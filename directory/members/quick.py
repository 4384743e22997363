"""What a member says in one tap from the phone: is there room? And that an entry is no longer needed."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directory import listings
from directory.details import capacity
from directory.languages import MAIN
from directory.members.access import listing_for, members_only
from directory.models import Listing

_WEEKS = (2, 4, 8, 12, 26)


@dataclass(frozen=True)
class Room:
    """A button: what it sends, what it says, and whether it is what everybody reads now."""

    value: str
    words: str
    is_now: bool


def rooms(listing: Listing) -> list[Room]:
    kind = Listing.Capacity
    weeks = dict.fromkeys((*_WEEKS, listing.waiting_weeks or _WEEKS[0]))
    offered = [
        (kind.OPEN, None, _("Takes on new people")),
        (kind.WAITING_LIST, None, _("Waiting list")),
        *((kind.WAITING_LIST, number, _waits(number)) for number in sorted(weeks)),
        (kind.FULL, None, _("Takes on nobody at present")),
        (kind.UNKNOWN, None, _("Say nothing about it")),
    ]
    now = (listing.capacity, listing.waiting_weeks)
    return [Room(f"{code}:{number or ''}", words, (code, number) == now) for code, number, words in offered]


def _waits(number: int) -> str:
    return ngettext("Waiting list, about %(weeks)d week", "Waiting list, about %(weeks)d weeks", number) % {
        "weeks": number
    }


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def room(request: HttpRequest, slug: str) -> HttpResponse:
    listing = listing_for(request, slug)
    if request.method == "POST":
        code, _colon, weeks = request.POST.get("room", "").partition(":")
        try:
            listings.set_capacity(
                listing=listing, capacity=code, waiting_weeks=int(weeks) if weeks else None, by=request.user  # type: ignore[arg-type]
            )  # fmt: skip
        except ValueError:
            return HttpResponseBadRequest()
        messages.success(request, _("Saved. Everybody reads it now."))
        return redirect("member_room", slug)
    context = {"listing": listing, "rooms": rooms(listing), "now": capacity(listing)}
    return render(request, "members/room.html", context)


class RemovalForm(forms.Form):
    remark = forms.CharField(
        label=gettext_lazy("Why? Who helps now instead?"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def removal(request: HttpRequest, slug: str) -> HttpResponse:
    listing = listing_for(request, slug)
    asked = listings.removal_asked_for(listing)
    form = RemovalForm(request.POST or None, initial={"remark": asked.remark if asked else ""})
    if request.method == "POST" and form.is_valid():
        listings.request_removal(
            listing=listing,
            remark=form.cleaned_data["remark"],
            email=getattr(request.user, "email", ""),
            language=get_language() or MAIN,
            by=request.user,  # type: ignore[arg-type]
        )
        messages.success(request, _("Sent. The entry stays until the city has looked at it."))
        return redirect("member_removal", slug)
    return render(request, "members/removal.html", {"listing": listing, "asked": asked, "form": form})
