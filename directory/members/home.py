"""The first page: how many entries there are, which of them need somebody, and one button if all is right."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from directory import listings
from directory.members.access import members_only, membership_for, memberships_of
from directory.members.standing import Standing, standings
from directory.models import Membership


@dataclass(frozen=True)
class House:
    """An organisation with its entries."""

    membership: Membership
    entries: list[Standing]

    @property
    def in_short(self) -> str:
        """ "3 entries, 1 needs you"."""
        number, waiting = len(self.entries), sum(bool(entry.reasons) for entry in self.entries)
        entries = ngettext("%(number)d entry", "%(number)d entries", number) % {"number": number}
        if not number:
            return _("No entries yet")
        need = ngettext("%(number)d needs you", "%(number)d need you", waiting) % {"number": waiting}
        return _("%(entries)s, %(need)s") % {"entries": entries, "need": need if waiting else _("all is well")}

    @property
    def confirmable(self) -> list[Standing]:
        return [entry for entry in self.entries if entry.is_due]


def houses(request: HttpRequest) -> list[House]:
    return [House(each, standings(each)) for each in memberships_of(request)]


@members_only
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "members/home.html", {"houses": houses(request)})


@require_POST
@members_only
def confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """All public entries of the organisation at once."""
    membership = membership_for(request, slug)
    public = [entry.listing for entry in standings(membership) if entry.listing.live]
    user: Any = request.user
    for listing in public:
        listings.confirm(listing=listing, by=user)
    words = ngettext(
        "Thank you. %(number)d entry is confirmed.", "Thank you. %(number)d entries are confirmed.", len(public)
    )
    messages.success(request, words % {"number": len(public)})
    return redirect("member_home")
