"""What of an address may be seen: the one function that every output uses."""

import re
from dataclasses import dataclass

from directory.languages import MAIN
from directory.models import LocatedAt
from directory.text import Text, choose


@dataclass(frozen=True)
class ShownPlace:
    """`is_secret`: there is a place, but a shelter's street is not told to anybody."""

    name: Text
    address: str
    areas: tuple[str, ...]
    is_secret: bool = False


def shown(place: LocatedAt) -> ShownPlace:
    name, areas = choose({MAIN: place.name}), tuple(place.areas)
    match place.visibility:
        case LocatedAt.Visibility.FULL:
            return ShownPlace(name, place.address, areas)
        case LocatedAt.Visibility.PARTIAL:
            return ShownPlace(name, town(place.address), areas, is_secret=True)
    return ShownPlace(Text("", "", "", is_fallback=False), "", (), is_secret=True)


def town(address: str) -> str:
    """ "Musterstraße 3, 40210 Düsseldorf" → "40210 Düsseldorf"; nothing where no postcode sets it apart."""
    found = re.search(r"\b\d{5}\s+[^,\n\d]+", address)
    return found.group().strip() if found else ""
