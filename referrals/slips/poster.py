"""A sheet for a wall or a counter: where to find help, for shared accommodation, surgeries and schools."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, override

from directory.cards import Card, card
from directory.details import without_scheme
from directory.languages import MAIN, direction
from directory.models import Listing
from directory.showing import CARD_ROWS, in_order
from directory.text import Text
from directory.vocabulary import area_name, area_tree, home_area, label, terms
from referrals import queries
from referrals.asking import Option
from referrals.forms import PLACE_LEVELS, Posted
from referrals.slips import bodies
from referrals.slips.slip import drawn

# Names in the address: whoever prints a poster may bookmark it.
SUBJECT, PLACE, LANGUAGES, NUMBERS = "thema", "ort", "sprachen", "nummern"
ALL = "alle"


@dataclass(frozen=True)
class Asked:
    subject: str = ""
    place: str = ""
    in_all: bool = False
    with_numbers: bool = False

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Asked":
        subject, place = query.get(SUBJECT, ""), query.get(PLACE, "")
        return cls(
            subject if subject in terms("concerns") else "",
            place if place in area_tree().areas and place != home_area() else "",
            in_all=query.get(LANGUAGES) == ALL,
            with_numbers=bool(query.get(NUMBERS)),
        )


@dataclass(frozen=True)
class Block:
    """What the sheet says in one language."""

    lang: str
    dir: str
    subject: Text | None
    question: str
    lines: tuple[str, ...]
    claims: tuple[str, ...]
    police: str
    ambulance: str


@dataclass(frozen=True)
class Poster:
    blocks: tuple[Block, ...]
    place: Text
    address: str  # in letters
    code: str  # a drawing
    numbers: tuple[Card, ...]


def poster(asked: Asked) -> Poster:
    posted, guide = Posted(concern=asked.subject, place=asked.place), queries.guide()
    to_call = bodies.to_call(posted, guide) if asked.with_numbers else []
    listings = in_order(dict.fromkeys([*bodies.first(posted, guide), *to_call]), *CARD_ROWS)
    at = localtime()
    reader = get_language() or MAIN
    others = [code for code, _name in settings.LANGUAGES if code != reader]
    codes = [reader, *(others if asked.in_all else [])]
    numbers = [card(each, at=at) for each in listings if each.slug in to_call]
    return Poster(
        blocks=tuple(block(code, asked, listings) for code in codes),
        place=area_name(asked.place or home_area()),
        address=without_scheme(address(Asked(in_all=asked.in_all))),
        code=drawn(address(asked)),
        numbers=tuple(sorted(numbers, key=lambda each: to_call.index(each.slug))),
    )


def address(asked: Asked) -> str:
    """Without a language the browser's own one decides."""
    path = reverse("concern", args=[asked.subject]) if asked.subject else reverse("home")
    if asked.in_all:
        path = path.removeprefix(f"/{get_language()}")
    return str(settings.PUBLIC_URL).rstrip("/") + path


def block(code: str, asked: Asked, listings: Sequence[Listing]) -> Block:
    with override(code):
        return Block(
            lang=code,
            dir=direction(code),
            subject=label("concerns", asked.subject) if asked.subject else None,
            question=gettext("Insulted, threatened, attacked or treated worse than others?"),
            lines=(
                gettext("It is not your fault, and you are not alone."),
                gettext("Here you find out who helps, and in which languages. The site costs nothing, "
                        "asks for no name and stores nothing."),
            ),
            claims=tuple(claims(listings)),
            police=gettext("Police"),
            ambulance=gettext("Ambulance, fire"),
        )  # fmt: skip


def claims(listings: Iterable[Listing]) -> Iterator[str]:
    """Only what every body that the sheet leads to is known to offer: a poster hangs there for years."""
    known = [(each.cost, each.anonymous) for each in listings]
    if known and all(cost == Listing.Cost.FREE for cost, _anonymous in known):
        yield gettext("The counselling is free of charge.")
    if known and all(anonymous == Listing.Anonymous.YES for _cost, anonymous in known):
        yield gettext("You need not give your name.")


def subjects(chosen: str) -> list[Option]:
    return [Option(slug, label("concerns", slug), slug == chosen) for slug in terms("concerns")]


def places(chosen: str) -> list[Option]:
    areas = area_tree().areas.values()
    named = [(each.slug, area_name(each.slug)) for each in areas if each.level in PLACE_LEVELS]
    choices = [Option(slug, name, slug == chosen) for slug, name in named if slug != home_area()]
    return sorted(choices, key=lambda choice: str(choice.label))
