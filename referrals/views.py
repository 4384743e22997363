from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from directory.anonymous import anonymous_form
from directory.languages import MAIN
from directory.text import Text, choose
from directory.vocabulary import area_name, area_tree, home_area, label, terms
from referrals import forms, queries
from referrals.engine import refer
from referrals.forms import PLACE_LEVELS, PREFIX, Posted
from referrals.guide import Guide, Question
from referrals.guide_style import css
from referrals.presentation import present
from referrals.showing import Result, result, term

AGAIN = "again"  # the form that carries the answers along: to be changed, or read in another language


class Option(NamedTuple):
    value: str
    label: Text
    chosen: bool


class Asked(NamedTuple):
    """A question as the page shows it."""

    name: str
    slug: str
    text: Text
    hint: Text
    options: list[Option]


@require_http_methods(["GET", "HEAD", "POST"])
@anonymous_form
def guide(request: HttpRequest) -> HttpResponse:
    """One page of questions; one post with the answers, which exist in the two bodies only."""
    found = queries.guide()
    posted = forms.read(request.POST, found)
    if request.method == "POST" and request.POST.get("step") != "change":
        return render(request, "referrals/result.html", answer(posted, found) | {"repost": AGAIN, "noindex": True})
    return render(request, "referrals/guide.html", questions(posted, found))


@require_safe
def concern(request: HttpRequest, slug: str) -> HttpResponse:
    """A tile is coarse enough for an address: its bodies at once, and below what would make it more exact."""
    if slug not in terms("concerns"):
        raise Http404
    posted, found = Posted(concern=slug), queries.guide()
    context = answer(posted, found) | questions(posted, found)
    return render(request, "referrals/concern.html", context | {"heading": label("concerns", slug)})


@require_safe
def rights(request: HttpRequest) -> HttpResponse:
    deadlines = [term(deadline) for deadline in queries.rules().deadlines]
    return render(request, "referrals/rights.html", {"deadlines": deadlines})


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
    shown: Result = result(referral, present(referral, bodies), at=localtime())
    return {"result": shown, "answers": in_words(posted, found), "hidden": list(posted.hidden())}


def in_words(posted: Posted, found: Guide) -> list[tuple[Text, Text]]:
    """What the person said, so that they see what the result rests on."""
    said = [
        (choose(question.text), choose(option.text))
        for question in found.questions
        if (option := question.option(posted.answers.get(question.slug, "")))
    ]
    return said + ([(choose({}), area_name(posted.place))] if posted.place else [])


def questions(posted: Posted, found: Guide) -> dict[str, Any]:
    asked = found.asked(forms.given_by(posted.concern))
    return {
        "questions": [as_asked(question, posted) for question in asked],
        "places": places(posted.place),
        "place": posted.place,
        "home": area_name(home_area()),
        "concern": posted.concern,
    }


def as_asked(question: Question, posted: Posted) -> Asked:
    chosen = posted.answers.get(question.slug)
    options = [Option(each.slug, choose(each.text), each.slug == chosen) for each in question.options]
    return Asked(PREFIX + question.slug, question.slug, choose(question.text), choose(question.why), options)


def places(chosen: str) -> list[Option]:
    """Where it happened, if not here: the installation's own area needs no naming."""
    areas = area_tree().areas.values()
    known = [area.slug for area in areas if area.level in PLACE_LEVELS and area.slug != home_area()]
    options = [Option(slug, area_name(slug), slug == chosen) for slug in known]
    return sorted(options, key=lambda option: option.label.text)
