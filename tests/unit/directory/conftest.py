"""Listings in memory: a card needs no database."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from directory import cards, details
from directory.models import ContactPoint, Listing, Organisation, SpokenLanguage
from directory.text import Text, choose

MONDAY_MORNING = datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo("Europe/Berlin"))

LABELS = {
    "racism": {"de": "Rassismus", "en": "Racism", "ar": "عنصرية"},
    "antisemitism": {"de": "Antisemitismus", "en": "Antisemitism"},
    "counselling": {"de": "Beratung", "en": "Counselling", "ar": "استشارة"},
    "duesseldorf": {"de": "Düsseldorf", "en": "Düsseldorf", "ar": "دوسلدورف"},
}


class MakeListing(Protocol):
    def __call__(self, **fields: Any) -> Listing: ...


@pytest.fixture
def labels(monkeypatch: pytest.MonkeyPatch) -> None:
    def labels(_vocabulary: str, slugs: Iterable[str]) -> tuple[Text, ...]:
        return tuple(choose(LABELS.get(slug, {"de": slug})) for slug in slugs)

    for module in (cards, details):
        monkeypatch.setattr(module, "labels", labels)


@pytest.fixture
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def make_listing(labels: None, english: None) -> MakeListing:
    def make(**fields: Any) -> Listing:
        contacts = fields.pop("contacts", [])
        languages = fields.pop("languages", [])
        children = {name: fields.pop(name, []) for name in ("places", "dates", "exclusions")}
        organisation = fields.pop("organisation", None) or Organisation(slug="house", name_de="Haus")
        defaults: dict[str, Any] = {
            "slug": "help",
            "kind": "counselling",
            "audience": "affected",
            "title_de": "Hilfe",
        }
        listing = Listing(organisation=organisation, **(defaults | fields))
        listing.contacts.set(contacts)
        listing.languages.set([SpokenLanguage(language=code) for code in languages])
        for name, rows in children.items():
            getattr(listing, name).set(rows)
        return listing

    return make


def phone(value: str = "0211 15925566", **fields: Any) -> ContactPoint:
    return ContactPoint(kind="phone", value=value, **fields)
