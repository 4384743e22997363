"""Reads the whole demo data before anything is written: all of it is right, or there is one error."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from directory.areas import LEVELS
from directory.vocabulary_files import shipped
from wegweiser.demo.shapes import AREA, DEADLINES, ORGANISATION, SITE
from wegweiser.demo.sheets import DataError, Record, Reference, Shape, read_sheet, suggestion

FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True)
class DemoData:
    site: Record
    areas: tuple[Record, ...]
    organisations: tuple[Record, ...]
    deadlines: tuple[Record, ...]

    @property
    def listings(self) -> tuple[Record, ...]:
        return tuple(listing for body in self.organisations for listing in body.get("listings", ()))


def read(folder: Path = FOLDER) -> DemoData:
    """Areas stand with the larger before the smaller."""
    references: list[Reference] = []
    areas = _read_folder(folder, "areas", AREA, references)
    organisations = _read_folder(folder, "organisations", ORGANISATION, references)
    deadlines = _read_file(folder, "deadlines.yaml", DEADLINES, references)
    site = _read_file(folder, "site.yaml", SITE, references)
    data = DemoData(site, _by_level(areas), organisations, tuple(deadlines["deadlines"]))
    _check_unique(data.listings)
    _check_unique(data.deadlines)
    _check_references(references, data)
    _check_nesting(data.areas)
    return data


def _read_file(folder: Path, name: str, shape: Shape, references: list[Reference]) -> Record:
    found, refers_to = read_sheet(folder / name, folder, shape)
    references += refers_to
    assert isinstance(found, Record)  # noqa: S101 - for the type checker: each file's shape is a record
    return found


def _read_folder(folder: Path, name: str, shape: Shape, references: list[Reference]) -> tuple[Record, ...]:
    paths = sorted((folder / name).glob("*.yaml"))
    if not paths:
        raise DataError(f"{name}:1: no .yaml file is here: the demo data are incomplete")
    records = tuple(_read_file(folder, f"{name}/{path.name}", shape, references) for path in paths)
    for path, found in zip(paths, records, strict=True):
        if found["slug"] != path.stem:
            raise DataError(f"{found.where}: slug “{found['slug']}” differs from the file's name: rename one")
    return records


def _by_level(areas: Iterable[Record]) -> tuple[Record, ...]:
    return tuple(sorted(areas, key=lambda area: (LEVELS.index(area["level"]), area["slug"])))


def _check_unique(records: Iterable[Record]) -> None:
    first: dict[str, str] = {}
    for found in records:
        slug = found["slug"]
        if slug in first:
            raise DataError(f"{found.where}: slug “{slug}” is taken by {first[slug]}: choose another")
        first[slug] = found.where


def _check_references(references: Iterable[Reference], data: DemoData) -> None:
    known = _known(data)
    for found in references:
        slugs = known[found.kind]
        if found.slug not in slugs:
            raise DataError(
                f"{found.where}: “{found.slug}” is not among the {found.kind}{suggestion(found.slug, slugs)}"
            )


def _known(data: DemoData) -> Mapping[str, tuple[str, ...]]:
    records = {"areas": data.areas, "listings": data.listings, "deadlines": data.deadlines}
    return {
        **{vocabulary: tuple(terms) for vocabulary, terms in shipped().items()},
        **{kind: tuple(found["slug"] for found in entries) for kind, entries in records.items()},
    }


def _check_nesting(areas: Iterable[Record]) -> None:
    """A larger level above every area rules out loops as well."""
    level = {area["slug"]: LEVELS.index(area["level"]) for area in areas}
    for area in areas:
        parent = area.get("parent")
        if parent and level[parent] >= level[area["slug"]]:
            raise DataError(f"{area.where}: the parent “{parent}” is not larger: correct parent or level")
