"""Which body a slip or a call-back is for: posted as a code, because its name would tell what somebody needs."""

from collections.abc import Iterable
from itertools import islice

from django.http import QueryDict
from django.utils.timezone import localtime
from django.utils.translation import get_language

from directory.cards import Card, card
from directory.languages import MAIN
from directory.showing import CARD_ROWS, in_order
from directory.vocabulary import area_tree, home_area
from referrals import forms, queries
from referrals.codes import code
from referrals.engine import refer
from referrals.forms import Posted
from referrals.guide import Guide
from referrals.presentation import FIRST, Presentation, present

BODY = "body"


def code_of(slug: str) -> str:
    return code(BODY, slug)


def named(data: QueryDict) -> str:
    """The slug of the body that was posted; empty where it is not public (any more)."""
    wanted = data.get(BODY, "")
    return next((body.slug for body in queries.bodies() if code_of(body.slug) == wanted), "")


def first(posted: Posted, guide: Guide) -> list[str]:
    """The slugs that the result shows first, with who stands in for them."""
    shown: list[str] = []
    for each in presented(posted, guide).first:
        shown += [each.candidate.slug, *([each.stand_in.slug] if each.stand_in else [])]
    return shown


def to_call(posted: Posted, guide: Guide) -> list[str]:
    """The first ones that fit and have a telephone, for who reads this without a way to look further."""
    ordered = presented(posted, guide).ordered
    fitting = (each for each in ordered if each.match.fits and not each.demotion and "phone" in each.body.reach)
    return [each.slug for each in islice(fitting, FIRST)]


def presented(posted: Posted, guide: Guide) -> Presentation:
    bodies = queries.bodies()
    facts = forms.facts(posted, guide, get_language() or MAIN)
    referral = refer(facts, bodies, queries.rules(), area_tree(), home_area())
    return present(referral, bodies)


def cards(slugs: Iterable[str]) -> list[Card]:
    at = localtime()
    return [card(listing, at=at) for listing in in_order(dict.fromkeys(slugs), *CARD_ROWS)]


def speak(slug: str) -> frozenset[str]:
    """The languages that a body is known to speak."""
    return next((body.languages for body in queries.bodies() if body.slug == slug), frozenset())
