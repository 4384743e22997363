"""Is it here already? What is called nearly the same, or has the same website."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Any
from urllib.parse import urlsplit

from directory.models import Listing, Organisation, Proposal
from directory.text import written

ALIKE = 0.82
LONG_ENOUGH = 6  # shorter names stand in many others by chance
SHOWN_AT_MOST = 8
# What half of all names have says nothing about one (registered association, public benefit, ...).
_EMPTY = frozenset({"e", "v", "ev", "gmbh", "ggmbh", "der", "die", "das", "und", "für", "the", "of"})


def similar(proposal: Proposal) -> list[Any]:
    told = proposal.fields
    if proposal.kind == Proposal.Kind.ORGANISATION:
        return organisations_like(str(told.get("name", "")), str(told.get("website", "")))
    if proposal.kind == Proposal.Kind.LISTING:
        return listings_like(str(told.get("title", "")))
    return []


def organisations_like(name: str, website: str = "") -> list[Organisation]:
    wanted, host = plain(name), _host(website)
    found = [
        each
        for each in Organisation.objects.all()
        if (host and _host(each.website) == host) or _is_one_of(wanted, _names(each, "name"))
    ]
    return found[:SHOWN_AT_MOST]


def listings_like(title: str) -> list[Listing]:
    wanted = plain(title)
    entries = Listing.objects.select_related("organisation")
    return [each for each in entries if _is_one_of(wanted, _names(each, "title"))][:SHOWN_AT_MOST]


def plain(name: str) -> str:
    return " ".join(word for word in re.findall(r"\w+", name.casefold()) if word not in _EMPTY)


def alike(one: str, other: str) -> bool:
    """Of plain names."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) >= LONG_ENOUGH and f" {shorter} " in f" {longer} ":
        return True
    return bool(shorter) and SequenceMatcher(None, one, other).ratio() >= ALIKE


def _is_one_of(wanted: str, names: Iterable[str]) -> bool:
    return any(alike(wanted, plain(name)) for name in names)


def _names(entry: Any, field: str) -> Iterator[str]:
    yield from written(entry, field).values()
    yield from entry.aliases


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
