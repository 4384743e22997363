"""Links that lead nowhere, and the entries that name them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder

from directory.collecting.links.checking import dead
from directory.collecting.links.used import Use, by_url
from directory.collecting.screens import Screen, may_collect
from directory.editing import desk
from directory.models import LinkCheck

AT_ONCE = 200


@dataclass(frozen=True)
class Place:
    name: str
    url: str


@dataclass(frozen=True)
class Row:
    check: LinkCheck
    places: tuple[Place, ...]
    is_due: bool


class DeadLinks(Screen):
    header_icon = "link-external"
    page_title = gettext_lazy("Dead links")
    template_name = "directory/collecting/dead_links.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items()[:-1],
            {"url": reverse("dead-links:index"), "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        finder = AdminURLFinder(self.request.user)
        used = by_url()
        found = [check for check in dead() if check.url in used]
        now = timezone.now()
        return super().get_context_data(**kwargs) | {
            "rows": [
                Row(check, tuple(_places(used[check.url], finder)), check.next_at <= now)
                for check in found[:AT_ONCE]
            ],
            "more": max(0, len(found) - AT_ONCE),
            "links": len(used),
            "last": LinkCheck.objects.order_by("-checked_at").first(),
        }


def _places(uses: list[Use], finder: AdminURLFinder) -> Iterator[Place]:
    entries = {(type(use.entry), use.entry.pk): use.entry for use in uses}
    for entry in entries.values():
        yield Place(str(entry), finder.get_edit_url(entry) or "")


class Again(Screen):
    """Asked again by the next check: no page waits for somebody else's server."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        keys = [each for each in request.POST.getlist("link") if each.isdecimal() and each.isascii()]
        found = dead().filter(pk__in=keys[:AT_ONCE])
        for check in found:
            check.next_at = timezone.now()
            check.save(update_fields=["next_at"])
        words = ngettext("%(number)d link is asked again.", "%(number)d links are asked again.", len(found))
        messages.success(request, words % {"number": len(found)} + " " + _("That happens at night."))
        return redirect("dead-links:index")


def of_links(request: HttpRequest) -> Iterator[desk.Part]:
    """For the start page of staff."""
    if may_collect(request.user):
        number = dead().count()
        things = ngettext("link", "links", number)
        yield desk.Part("links", number, things, reverse("dead-links:index"))
