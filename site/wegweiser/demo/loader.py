"""Writes the demo data into the database: all or nothing, and only what is not there yet."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from modelcluster.models import get_all_child_relations

from directory.languages import MAIN, column
from directory.models import Area, Change, Configuration, Followed, Listing, Organisation, acting
from directory.vocabulary_files import shipped
from directory.vocabulary_loading import load_vocabularies
from referrals import cases
from referrals.loading import load_cases, load_deadlines, load_guide, load_notes
from wegweiser.demo.pages import load_pages, read_pages
from wegweiser.demo.reader import FOLDER, DemoData, read
from wegweiser.demo.sheets import DataError, Record

_BY = "demo data"
# Keys of a listing that become part of its internal note.
_NOTES: Mapping[str, Callable[[Any], str]] = {
    "note": str,
    "competence_note": lambda words: f"Competence: {words}",
    "unsettled": lambda fields: f"No source settles: {', '.join(fields)}",
    "split_from": lambda slug: f"Split from: {slug}",
}


class _Counter:
    def __init__(self, progress: Callable[[int, int], None], total: int) -> None:
        self.progress, self.total, self.done = progress, total, 0

    def step(self) -> None:
        self.done += 1
        self.progress(self.done, self.total)


def load(progress: Callable[[int, int], None] = lambda done, total: None, folder: Path = FOLDER) -> None:
    """What is in the database already stays as it is, so that loading again changes nothing."""
    data = read(folder)  # before the transaction: a mistake in a file must not even open one
    pages = read_pages(folder)
    tried = _read_cases(folder, data)
    parts = (*shipped().values(), data.areas, data.organisations, data.listings, data.deadlines)
    counter = _Counter(progress, sum(map(len, parts)))
    with transaction.atomic(), acting(_BY):
        load_vocabularies(on_term=counter.step)
        _load_areas(data.areas, counter)
        _load_organisations(data, counter)
        _load_deadlines(data.deadlines, counter)
        load_guide()
        load_notes()
        load_cases(tried)
        load_pages(pages, _BY)
        _configure(data.site)


def _read_cases(folder: Path, data: DemoData) -> tuple[cases.Case, ...]:
    path = folder / "cases.yaml"
    if not path.exists():
        return ()
    try:
        return cases.read(path, areas={area["slug"] for area in data.areas})
    except cases.CaseError as problem:
        raise DataError(str(problem)) from problem


def _load_areas(areas: Iterable[Record], counter: _Counter) -> None:
    stored = {area.slug: area for area in Area.objects.all()}
    for found in areas:
        slug = found["slug"]
        if slug not in stored:
            parent = stored.get(found.get("parent", ""))
            stored[slug] = _build(Area, {**found.values, "parent": parent})
            stored[slug].save()
        counter.step()


def _load_organisations(data: DemoData, counter: _Counter) -> None:
    bodies = {body.slug: body for body in Organisation.objects.all()}
    known = set(Listing.objects.values_list("slug", flat=True)) | _deleted(Listing)
    gone = _deleted(Organisation)
    for found in data.organisations:
        slug = found["slug"]
        if slug not in bodies and slug not in gone:
            bodies[slug] = _published(Organisation, _without(found.values, "listings"))
            bodies[slug].save()
        counter.step()
        for listing in found.get("listings", ()):
            if listing["slug"] not in known and slug in bodies:
                _listing(listing, bodies[slug]).save()
            counter.step()


def _load_deadlines(deadlines: Iterable[Record], counter: _Counter) -> None:
    found = [{**deadline.values, "applies": deadline["applies"].values} for deadline in deadlines]
    load_deadlines(found)
    for _deadline in found:
        counter.step()


def _deleted(model: type[Followed]) -> set[str]:
    """What somebody deleted must not come back with the next start."""
    rows = Change.objects.filter(model=model._meta.label_lower, action=Change.Action.DELETE)
    return set(rows.values_list("slug", flat=True))


def _listing(found: Record, organisation: Organisation) -> Listing:
    values = _without(found.values, *_NOTES)
    notes = [words(found[key]) for key, words in _NOTES.items() if found.get(key)]
    listing: Listing = _published(Listing, {**values, "organisation": organisation, "note": "\n\n".join(notes)})
    return listing


def _published(model: type[Any], values: Mapping[str, Any]) -> Any:
    now = timezone.now()
    return _build(model, {**values, "live": True, "first_published_at": now, "last_published_at": now})


def _build(model: type[models.Model], values: Mapping[str, Any]) -> Any:
    """A model object with its child rows; saving it saves them with it."""
    children = {relation.get_accessor_name(): relation for relation in get_all_child_relations(model)}
    plain = {name: value for name, value in values.items() if name not in children}
    built = model(**_columns(model, plain))
    for name, relation in children.items():
        if name in values:
            setattr(built, name, [_build(relation.related_model, row.values) for row in values[name]])
    return built


def _columns(model: type[models.Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """A text in several languages, of which the model holds only one, keeps the main language."""
    fields = {field.name for field in model._meta.get_fields()}
    known = {name: value for name, value in values.items() if name in fields}
    for name in fields:
        if name not in known and column(name, MAIN) in values and column(name, MAIN) not in fields:
            known[name] = values[column(name, MAIN)]
    return known


def _without(values: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in names}


def _configure(site: Record) -> None:
    if not Configuration.objects.exists():
        Configuration(pk=1, home_area=site["home_area"], demo=site.get("demo", True)).save()
