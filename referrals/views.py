from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from directory.anonymous import anonymous_form
from directory.languages import MAIN
from directory.text import Text, choose
from directory.vocabulary import area_name, area_tree, home_area, label, terms
from referrals import forms, queries, told
from referrals.asking import form, remarks
from referrals.coverage import ledger
from referrals.due import term
from referrals.engine import refer
from referrals.forms import PATHS, Posted
from referrals.guide import Guide
from referrals.guide_style import css
from referrals.presentation import present
from referrals.showing import Result, result

# The forms that carry the answers along: to be changed, or read in another language.
AGAIN = "again"
ASKED = "guide"

Said = tuple[Text | str, Text | str]


@require_http_methods(["GET", "HEAD", "POST"])
@anonymous_form
def guide(request: HttpRequest) -> HttpResponse:
    """One page of questions; one post with the answers, which exist in the two bodies only."""
    found = queries.guide()
    posted = forms.read(request.POST, found)
    if request.method == "POST" and not forms.asks_for_the_form(request.POST):
        shown = answer(posted, found)
        ledger.count(shown["referral"])
        return render(request, "referrals/result.html", shown | {"repost": AGAIN, "noindex": True})
    concern = label("concerns", posted.concern) if posted.concern else None
    context = form(posted, found) | {"concern": concern, "repost": ASKED}
    return render(request, "referrals/guide.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@anonymous_form
def concern(request: HttpRequest, slug: str) -> HttpResponse:
    """A tile or a path is coarse enough for an address: its bodies at once, and below what makes it more exact.

    Posted to where somebody reads on in another language, or says who asks: nothing answered may get lost.
    """
    if slug not in (*terms("concerns"), *PATHS):
        raise Http404
    found, is_path = queries.guide(), slug in PATHS
    posted = forms.read(request.POST, found)
    posted = replace(posted, asker=slug) if is_path else replace(posted, concern=slug)
    context = (
        answer(posted, found)
        | form(posted, found)
        | {
            "heading": label("asker" if is_path else "concerns", slug),
            "path": slug if is_path else "",
            "repost": ASKED,
            "stays_here": not is_path,  # who asks on the page of a path says so in the guide
        }
    )
    return render(request, "referrals/concern.html", context)


@require_safe
def rights(request: HttpRequest) -> HttpResponse:
    rules = queries.rules()
    deadlines = [term(deadline) for deadline in rules.deadlines]
    keep = [told.said(note) for note in rules.notes if note.kind == told.KEEP]
    return render(request, "referrals/rights.html", {"deadlines": deadlines, "keep": keep})


@require_safe
def guide_style(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(css(queries.guide()), content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


def answer(posted: Posted, found: Guide) -> dict[str, Any]:
    bodies = queries.bodies()
    referral = refer(
        forms.facts(posted, found, get_language() or MAIN), bodies, queries.rules(), area_tree(), home_area()
    )
    shown: Result = result(referral, present(referral, bodies), at=localtime(), happened=posted.happened)
    return {
        "referral": referral,
        "result": shown,
        "answers": in_words(posted, found),
        "hidden": list(posted.hidden()),
        "remarks": list(remarks(posted)),
    }


def in_words(posted: Posted, found: Guide) -> list[Said]:
    """What the person said, so that they see what the result rests on."""
    about = {
        gettext("Who is asking?"): label("asker", posted.asker) if posted.asker else None,
        gettext("What it is about"): label("concerns", posted.concern) if posted.concern else None,
    }
    answers = [
        (choose(question.text), choose(option.text))
        for question in found.questions
        if (option := question.option(posted.answers.get(question.slug, "")))
    ]
    more = {
        gettext("Where did it happen?"): area_name(posted.place) if posted.place else None,
        gettext("Where do you live?"): area_name(posted.residence) if posted.residence else None,
        gettext("On which day?"): date_format(posted.happened, "DATE_FORMAT") if posted.happened else None,
    }
    return [*_given(about), *answers, *_given(more)]


def _given(said: Mapping[str, Text | str | None]) -> list[Said]:
    return [(question, answer) for question, answer in said.items() if answer]
