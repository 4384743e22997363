"""What is offered while somebody types: the directory's own words, whole and the same for everybody.

The page's script chooses among them, so what is typed stays on the device: docs/decisions/0022.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

import brotli  # type: ignore[import-untyped]
from django.utils.translation import gettext, override

from directory.languages import MAIN
from directory.models import Listing
from directory.text import Text, choose, translated
from directory.vocabulary import area_tree, terms
from search.indexing import newest

MOST = 3_000  # some 40 KB on the wire; a larger directory leaves out titles first
# The words that people use; the other vocabularies are the referral's own.
VOCABULARIES = (
    "concerns",
    "topics",
    "grounds",
    "life_areas",
    "kinds_of_help",
    "target_groups",
    "sectors",
    "formats",
)


class Offered(NamedTuple):
    """Texts of one kind; `language` where it is not the page's."""

    kind: str
    language: str
    texts: list[str]


class Packed(NamedTuple):
    script: bytes
    compressed: bytes


def script(language: str) -> Packed:
    state = newest()
    return _script(language, (state.position, state.transaction, state.day))


@lru_cache(32)
def _script(language: str, state: object) -> Packed:
    with override(language):
        groups = [list(group) for group in offered(language)]
    # Two line ends that JSON allows and older scripts do not.
    text = json.dumps(groups, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("\u2028", " ").replace("\u2029", " ")
    found = f"export default {text};\n".encode()
    return Packed(found, brotli.compress(found, quality=6))


def offered(language: str) -> list[Offered]:
    kinds: dict[tuple[str, str], list[str]] = {}
    seen: set[str] = set()
    for kind, text in _texts(language):
        key = text.text.casefold()
        if text and key not in seen and len(seen) < MOST:
            seen.add(key)
            kinds.setdefault((kind, text.lang if text.is_fallback else ""), []).append(text.text)
    return [Offered(kind, code, texts) for (kind, code), texts in kinds.items()]


def _texts(language: str) -> Iterator[tuple[str, Text]]:
    topic, place, body = gettext("Topic"), gettext("Place"), gettext("Offer")
    for vocabulary in VOCABULARIES:
        labels = (choose(term.labels, language) for term in terms(vocabulary).values())
        yield from ((topic, label) for label in labels if not label.is_fallback)
    for area in area_tree().areas.values():
        yield from ((place, name) for name in _both(area.names, language))
    listings = list(Listing.objects.public().select_related("organisation").order_by("slug"))
    yield from ((body, translated(listing.organisation, "name")) for listing in listings)
    yield from ((body, translated(listing, "title")) for listing in listings)


def _both(names: Mapping[str, str], language: str) -> Iterable[Text]:
    """Signs and letters here are German: who reads another script types what is written there, too."""
    own, german = choose(names, language), names.get(MAIN, "")
    yield own
    if german and german != own.text:
        yield Text(german, MAIN, "ltr", is_fallback=True)
