"""The slip as its page shows it: each fact with a box that takes it off the paper."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import get_language

from directory.cards import Card
from directory.languages import MAIN, SHIPPED
from referrals.codes import code
from referrals.forms import Posted
from referrals.guide import Guide
from referrals.slips import bodies
from referrals.slips.languages import offered
from referrals.slips.sentences import Speech
from referrals.slips.slip import Fact, Slip, drawn, slip

MARKED, KEEP, HAD, SPEAKS = "marked", "keep", "had", "speaks"
BODIES_AT_MOST = 4
NOBODY = "f0"  # what belongs to no fact stays on the paper


@dataclass(frozen=True)
class Box:
    """`place` is the class of everything on the paper that the box takes away."""

    place: str
    value: str
    kept: bool
    fact: Fact


@dataclass(frozen=True)
class Line:
    place: str
    text: str
    aside_place: str
    aside: str
    end: str


@dataclass(frozen=True)
class Aloud:
    lang: str
    dir: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Receiver:
    place: str
    value: str
    chosen: bool
    card: Card


@dataclass(frozen=True)
class Spoken:
    value: str
    name: str
    chosen: bool


@dataclass(frozen=True)
class Page:
    boxes: tuple[Box, ...]
    aloud: tuple[Aloud, ...]
    receivers: tuple[Receiver, ...]
    languages: tuple[Spoken, ...]
    own_language: str
    code: str  # a drawing

    @property
    def side_by_side(self) -> bool:
        return self.own_language != SHIPPED[MAIN].name


def page(data: QueryDict, posted: Posted, guide: Guide) -> Page:
    receivers = receiving(data, posted, guide)
    known = offered()
    speaks = spoken(data, known)
    made = slip(posted, guide, speaks)
    boxes = marked(data, made, understood=speaks in bodies.speak(receivers[0].card.slug) if receivers else False)
    left_out = [box.fact.about for box in boxes if not box.kept]
    return Page(
        boxes=boxes,
        aloud=tuple(aloud(each, {box.fact.about: box.place for box in boxes}) for each in made.speeches),
        receivers=receivers,
        languages=tuple(choices(known, speaks or MAIN)),
        own_language=SHIPPED[get_language() or MAIN].name,
        code=drawn(made.in_german(left_out)),
    )


def choices(known: Mapping[str, str], chosen: str) -> Iterator[Spoken]:
    return (Spoken(code(SPEAKS, each), name, each == chosen) for each, name in known.items())


def spoken(data: QueryDict, known: Iterable[str]) -> str:
    """What somebody reads, they most often speak too, until they say otherwise. German need not be said."""
    reader = get_language() or MAIN
    wanted = data.get(SPEAKS, "") if MARKED in data else code(SPEAKS, reader)
    return next((each for each in known if code(SPEAKS, each) == wanted and each != MAIN), "")


def marked(data: QueryDict, made: Slip, *, understood: bool) -> tuple[Box, ...]:
    """Whoever sends the page keeps what is ticked, and what was not there to be ticked off."""
    kept, seen = set(data.getlist(KEEP)), set(data.getlist(HAD))
    boxes = []
    for number, fact in enumerate(made.facts, start=1):
        value = code(KEEP, fact.about)
        at_first = not (fact.about == "interpreter" and understood)
        keeps = value in kept or (value not in seen and at_first)
        boxes.append(Box(f"f{number}", value, keeps, fact))
    return tuple(boxes)


def aloud(speech: Speech, places: dict[str, str]) -> Aloud:
    aside = places.get("interpreter", NOBODY)
    lines = (
        Line(places.get(each.about, NOBODY), each.text, aside, each.aside, each.end) for each in speech.sentences
    )
    return Aloud(speech.lang, speech.dir, tuple(lines))


def receiving(data: QueryDict, posted: Posted, guide: Guide) -> tuple[Receiver, ...]:
    """The body whose button was pressed, then the first ones of the result."""
    chosen = bodies.named(data)
    found = bodies.cards(filter(None, (chosen, *bodies.first(posted, guide))))[:BODIES_AT_MOST]
    return tuple(
        Receiver(f"b{number}", bodies.code_of(card.slug), number == 1, card)
        for number, card in enumerate(found, start=1)
    )
