"""Entries for the tests of the search."""

from typing import Any

from django.db.models import QuerySet

from directory.models import Area, CompetenceRow, Exclusion, Listing, Organisation, SpokenLanguage, Term
from search.port import Query, Results
from search.queries import find


def organisation(slug: str = "house", **fields: Any) -> Organisation:
    made = Organisation(slug=slug, **({"name_de": "Haus der Vielfalt", "live": True} | fields))
    made.save()
    return made


def listing(slug: str, title: str, **fields: Any) -> Listing:
    given = {"kind": "counselling", "audience": "affected", "source_language": "de", "live": True} | fields
    if "organisation" not in given:
        houses: QuerySet[Organisation] = Organisation.objects.all()
        given["organisation"] = houses.filter(slug="house").first() or organisation()
    made = Listing(slug=slug, title_de=title, **given)
    made.save()
    return made


def row(entry: Listing, **fields: Any) -> CompetenceRow:
    made = CompetenceRow(listing=entry, **fields)
    made.save()
    return made


def exclusion(entry: Listing, strength: str = "prefer_other", **fields: Any) -> Exclusion:
    made = Exclusion(listing=entry, strength=strength, **fields)
    made.save()
    return made


def speaks(entry: Listing, *languages: str) -> None:
    for language in languages:
        SpokenLanguage(listing=entry, language=language).save()


def term(vocabulary: str, slug: str, label: str, **fields: Any) -> Term:
    made = Term(vocabulary=vocabulary, slug=slug, label_de=label, **fields)
    made.save()
    return made


def area(slug: str, name: str, level: str = "city", parent: Area | None = None) -> Area:
    made = Area(slug=slug, name_de=name, level=level, parent=parent)
    made.save()
    return made


def found(text: str = "", **more: Any) -> list[str]:
    return [hit.slug for hit in results(text, **more).hits]


def results(text: str = "", **more: Any) -> Results:
    return find(Query(text, **({"size": 100} | more)))
