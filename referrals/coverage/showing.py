"""The coverage of this installation in the reader's language, kept until a body, a rule or a word changes."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from directory.areas import AreaTree
from directory.languages import SHIPPED
from directory.spoken import spoken_name
from directory.vocabulary import area_name, area_tree, home_area, label, terms
from referrals import checks, queries
from referrals.bodies import Body
from referrals.coverage.ledger import Month
from referrals.coverage.matrix import Asked, Coverage, coverage
from referrals.coverage.picture import Picture, draw, in_words

PLACES = ("kreis", "city")
HOLES_AT_MOST = 36


@dataclass(frozen=True)
class Shown:
    pictures: tuple[Picture, ...]
    holes: tuple[str, ...]
    more: int
    home: str


@dataclass(frozen=True)
class _Remembered:
    """Bodies and areas are the same objects until something changes (queries.py)."""

    bodies: tuple[Body, ...]
    tree: AreaTree
    asked: Asked
    home: str
    found: Coverage


_remembered: _Remembered | None = None


def computed() -> Coverage:
    global _remembered  # noqa: PLW0603 - one per process, replaced whole
    bodies, tree, home, wanted = queries.bodies(), area_tree(), home_area(), asked()
    known = _remembered
    if known and known.bodies is bodies and known.tree is tree and (known.asked, known.home) == (wanted, home):
        return known.found
    found = coverage(bodies, queries.guide(), tree, home, wanted)
    _remembered = _Remembered(bodies, tree, wanted, home, found)
    return found


def asked() -> Asked:
    tree, home = area_tree(), home_area()
    near = (area.slug for area in tree.areas.values() if area.level in PLACES and area.slug != home)
    return Asked(
        concerns={slug: given for slug, given in checks.concerns().items() if not given.get("asker")},
        grounds=tuple(terms("grounds")),
        languages=tuple(code for code in SHIPPED if code != "de-simple"),
        places=(*((home,) if home else ()), *sorted(near)),
        enabled=frozenset(code for code, _name in settings.LANGUAGES),
    )


def shown() -> Shown:
    found, wanted = computed(), asked()
    concerns = {slug: label("concerns", slug).text for slug in wanted.concerns}
    grounds = {slug: label("grounds", slug).text for slug in wanted.grounds}
    languages = {code: spoken_name(code, get_language()) for code in wanted.languages}
    places = {slug: area_name(slug).text for slug in wanted.places}
    is_mirrored = get_language_bidi()
    pictures = (
        draw("grounds", _("By ground"), found.by_ground, grounds, concerns, is_mirrored=is_mirrored),
        draw("languages", _("By language"), found.by_language, languages, concerns, is_mirrored=is_mirrored),
        draw("places", _("By place"), found.by_place, places, concerns, is_mirrored=is_mirrored),
    )
    sentences = tuple(in_words(hole, concerns, grounds, languages) for hole in found.holes[:HOLES_AT_MOST])
    return Shown(pictures, sentences, len(found.holes) - len(sentences), places.get(home_area(), ""))


def counted(month: Month) -> dict[str, Any]:
    """The most frequent first."""
    return {
        "first": month.first,
        "rows": [
            {
                "concern": label("concerns", cell.concern).text if cell.concern else _("not said"),
                "ground": label("grounds", cell.ground).text if cell.ground else _("not said"),
                "where": area_name(home_area()).text if cell.is_here else _("elsewhere"),
                "number": number,
            }
            for cell, number in sorted(
                month.numbers.items(), key=lambda row: (-row[1], row[0].concern, row[0].ground)
            )
        ],
    }
