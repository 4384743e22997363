"""One section of an entry on the screen: shown, and saved while somebody writes or by the button."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from directory import listings
from directory.anonymous import FORM
from directory.members import picking
from directory.members.access import language_of, listing_for, members_only, membership_for
from directory.members.conflicts import conflict_page
from directory.members.forms import SectionForm, form_class, problems
from directory.members.languages import writing_languages
from directory.members.saving import BothChangedError, save
from directory.members.sections import Section, next_section, section_of
from directory.members.settings import choose_language
from directory.models import Listing

LANGUAGE = "language"  # its buttons post the form: shown in it, and not saved
ENTER = "enter"  # the button that the Enter key presses: saved, and shown again
ATTEMPTS = 3  # somebody else may save between our reading and our writing


@dataclass(frozen=True)
class Screen:
    request: HttpRequest
    listing: Listing
    section: Section

    def form(self, data: Any = None) -> SectionForm:
        """On a draft of its own, since it writes into it as soon as it is checked."""
        membership = membership_for(self.request, self.listing.organisation.slug)
        made = form_class(self.section, writing_languages(membership, self.listing))
        draft = listings.draft_of(listing_for(self.request, self.listing.slug))
        return made(data, instance=draft, found=self._found())

    def _found(self) -> list[str]:
        """The places that a search within the form has found."""
        searched = "areas_served" in self.section.fields and self.request.POST.get("find")
        return picking.find_areas(searched) if searched else []

    @property
    def wants_json(self) -> bool:
        return "application/json" in self.request.headers.get("Accept", "")


def screen_for(request: HttpRequest, slug: str, section: str) -> Screen:
    listing = listing_for(request, slug)
    if found := section_of(listing, section):
        return Screen(request, listing, found)
    raise Http404


@members_only
def edit(request: HttpRequest, slug: str, section: str) -> HttpResponse:
    screen = screen_for(request, slug, section)
    if LANGUAGE in request.POST:
        return _in_another_language(screen)
    return _answer(screen)


def _in_another_language(screen: Screen) -> HttpResponse:
    choose_language(screen.request, screen.request.POST[LANGUAGE])
    language = language_of(screen.request)
    with translation.override(language):
        response = _answer(screen)
    response.headers["Content-Language"] = language
    return response


def _answer(screen: Screen) -> HttpResponse:
    request = screen.request
    if screen.listing.workflow_in_progress:
        return _closed(screen)
    if request.method != "POST":
        return _page(screen, screen.form())
    try:
        form = screen.form(request.POST)
        if LANGUAGE in request.POST:
            return _page(screen, form.as_typed())
        is_valid = form.is_valid()
    except (KeyError, ValueError, ValidationError):  # rows that no form of ours has sent
        return HttpResponseBadRequest()
    if request.POST.get("go") in ("find", ENTER) and request.POST.get("find"):
        return _page(screen, form)
    return _save(screen) if is_valid else _refused(screen, form)


def _save(screen: Screen) -> HttpResponse:
    request = screen.request
    for _attempt in range(ATTEMPTS):
        screen = screen_for(request, screen.listing.slug, screen.section.slug)
        form = screen.form(request.POST)
        form.is_valid()
        try:
            save(
                form, screen.listing, seen=_number(request, "seen"), over=_number(request, "over"), by=request.user
            )
        except BothChangedError as problem:
            return _conflict(screen, problem)
        except listings.InReviewError:
            return _closed(screen)
        except listings.ConflictError:
            continue
        return _saved(screen)
    return _refused(screen, form)


def _number(request: HttpRequest, name: str) -> int | None:
    value = request.POST.get(name, "")
    return int(value) if value.isdecimal() else None


def _page(screen: Screen, form: SectionForm, status: int = HTTPStatus.OK) -> HttpResponse:
    bound = screen.request.POST if form.is_bound else None
    context = {
        "listing": form.instance,
        "section": screen.section,
        "form": form,
        "seen": bound.get("seen", "") if bound else screen.listing.latest_revision_id or "",
        "find": bound.get("find", "") if bound else "",
        "found_nothing": bool(bound and bound.get("find") and not picking.find_areas(bound["find"])),
        "next": next_section(screen.listing, screen.section),
        "wrong": problems(form) if form.is_bound and form.is_judged else [],
        "repost": FORM,
    }
    return render(screen.request, "members/section.html", context, status=status)


def _refused(screen: Screen, form: SectionForm) -> HttpResponse:
    wrong = problems(form)
    if screen.wants_json:
        words = _("Not saved yet. %(problem)s") % {"problem": wrong[0] if wrong else ""}
        return JsonResponse({"words": words}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _page(screen, form, HTTPStatus.UNPROCESSABLE_ENTITY)


def _conflict(screen: Screen, problem: BothChangedError) -> HttpResponse:
    if screen.wants_json:
        words = _("Somebody else has changed the same. Save by the button to see both versions.")
        return JsonResponse({"words": words}, status=HTTPStatus.CONFLICT)
    return conflict_page(screen.request, screen.listing, screen.section, problem)


def _closed(screen: Screen) -> HttpResponse:
    words = _("The entry is being checked by the city. Take it back first if you want to change something.")
    if screen.wants_json:
        return JsonResponse({"words": words}, status=HTTPStatus.LOCKED)
    messages.warning(screen.request, words)
    return redirect("member_listing", screen.listing.slug)


def _saved(screen: Screen) -> HttpResponse:
    listing = listing_for(screen.request, screen.listing.slug)
    if screen.wants_json:
        words = _("Draft saved at %(time)s.") % {"time": time_format(localtime().time(), "TIME_FORMAT")}
        return JsonResponse({"words": words, "seen": listing.latest_revision_id or ""})
    go, following = screen.request.POST.get("go"), next_section(listing, screen.section)
    messages.success(screen.request, _("Saved as a draft. Visitors see it once the city has checked it."))
    if go in ("more", "find", ENTER):
        return redirect("member_section", listing.slug, screen.section.slug)
    if go == "next" and following:
        return redirect("member_section", listing.slug, following.slug)
    return redirect("member_listing", listing.slug)
