"""A made-up directory for the whole country: as many listings as asked for, the same ones for the same seed.

Texts are recombined from the demo data (German and English) and from the labels and synonyms of the vocabulary
(all six languages), coded facts are those of the demo's listings. Names, places and addresses are artificial and
read so; telephone numbers are of the block that the Bundesnetzagentur keeps free for fiction.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from django.db import models, transaction

from directory.models import Area, ContactPoint, Listing, Organisation, Place, SpokenLanguage
from directory.text import written
from directory.vocabulary import TermData, snapshot

SEED = 6
LANGUAGES = ("de", "en", "tr", "ar", "uk", "ru")
# So many of all listings have a text in the language: hardly a directory is translated throughout.
TRANSLATED: Mapping[str, float] = {"de": 0.98, "en": 0.7, "tr": 0.4, "ar": 0.4, "uk": 0.35, "ru": 0.35}
TEXTS = ("title", "helps_with", "description", "what_happens")
VOCABULARIES = ("topics", "life_areas", "kinds_of_help", "grounds", "target_groups", "sectors", "formats")
CHILDREN = ("competence_rows", "exclusions")
OF_ONE_ORGANISATION = 3
KREISE, CITIES = 25, 4  # of each Land, of each Kreis
BATCH = 2_000
SYLLABLES = tuple(consonant + vowel for consonant in "bdfgklmnprstvwz" for vowel in "aeiou")
SPOKEN = ("de", "en", "tr", "ar", "uk", "ru", "fa", "fr", "pl", "es", "ku", "ro", "sq")
WEEKS = ("Mo-Fr", "Mo-Th", "Mo,We", "Tu,Th", "Mo-We,Fr", "Mo-Fr,Su", "Tu-Sa")
PHONE = "030 23125 {:03}"  # free for film and fiction: Bundesnetzagentur, "Drama Numbers", Berlin

Row = Mapping[str, str]  # language → the same said in it


@dataclass(frozen=True)
class Source:
    """What listings are recombined from."""

    patterns: tuple[Listing, ...]
    sentences: tuple[Row, ...]
    terms: Mapping[str, TermData]  # "vocabulary:slug" → the term
    areas: tuple[str, ...]  # those that a listing may serve, small ones
    lands: tuple[str, ...]


@dataclass(frozen=True)
class Made:
    listing: Listing
    children: tuple[models.Model, ...] = field(default=())


def source() -> Source:
    found = Listing.objects.public().exclude(slug__startswith="muster-").order_by("slug")
    patterns = tuple(found.prefetch_related(*CHILDREN))
    seen = snapshot()
    terms = {f"{name}:{slug}": term for name in VOCABULARIES for slug, term in seen.terms[name].items()}
    by_level = {level: _of_level(level) for level in ("land", "kreis", "city")}
    return Source(patterns, _sentences(patterns), terms, by_level["kreis"] + by_level["city"], by_level["land"])


def make_areas() -> None:
    """Kreise and cities for each Land; those that are there already stay."""
    chance = Random(SEED)
    known = set(Area.objects.values_list("slug", flat=True))
    lands = {land.slug: land for land in Area.objects.filter(level=Area.Level.LAND, live=True)}
    number = 0
    for slug in sorted(lands):
        kreise = []
        for _each in range(KREISE):
            number += 1
            kreise.append(_area(f"musterkreis-{number}", f"Musterkreis {number}", Area.Level.KREIS, lands[slug]))
        kreise = _kept(kreise, known)
        cities = [
            _area(f"{kreis.slug}-stadt-{at}", f"Musterstadt {name(chance)}", Area.Level.CITY, kreis)
            for kreis in kreise
            for at in range(1, CITIES + 1)
        ]
        _kept(cities, known)


def fill(number: int, progress: Callable[[int, int], None] = lambda done, total: None) -> None:
    """Add made-up listings until there are `number` of all kinds, and one note that the index has to follow."""
    with transaction.atomic():
        make_areas()
        _told()
        made_from = source()
        there = Listing.objects.filter(slug__startswith="muster-").count()
        missing = max(0, number - Listing.objects.public().count())
        for start in range(there, there + missing, BATCH):
            _stored(list(made(made_from, start, min(start + BATCH, there + missing))))
            progress(min(start + BATCH - there, missing), missing)
        _told()


def made(found: Source, start: int, end: int) -> Iterator[Made]:
    """Each listing rests on its own number only, so that a larger directory begins with the smaller one."""
    return (_made(found, number) for number in range(start, end))


def name(chance: Random) -> str:
    return "".join(chance.choice(SYLLABLES) for _each in range(3)).capitalize()


def organisation(number: int) -> Organisation:
    called = name(Random(f"{SEED}/organisation/{number}"))
    kind = Random(f"{SEED}/type/{number}").choice(Organisation.Type.values)
    return Organisation(
        slug=f"muster-verein-{number}", live=True, type=kind, name_de=f"Musterverein {called}", aliases=[]
    )


def _made(found: Source, number: int) -> Made:
    chance = Random(f"{SEED}/{number}")
    pattern = chance.choice(found.patterns)
    values = {each.attname: getattr(pattern, each.attname) for each in _coded_fields()}
    listing = Listing(**values | _texts(found, pattern, number, chance))
    listing.slug, listing.live, listing.areas_served = f"muster-{number}", True, _served(found, chance)
    listing.opening_hours = _hours(chance)
    return Made(listing, tuple(_children(pattern, number, chance)))


def _texts(found: Source, pattern: Listing, number: int, chance: Random) -> dict[str, str]:
    codes = [f"{field}:{code}" for field in VOCABULARIES for code in getattr(pattern, field)]
    about = [found.terms[code] for code in codes if code in found.terms]
    others = [chance.choice(list(found.terms.values())) for _each in range(3)]
    languages = [code for code, share in TRANSLATED.items() if chance.random() < share] or ["de"]
    called = name(Random(f"{SEED}/organisation/{number // OF_ONE_ORGANISATION}"))
    title = _said([chance.choice(about or others)], languages, chance)
    values = {f"title_{code}": f"{words} {called}" for code, words in title.items()}
    for part, units in (("helps_with", 1), ("description", chance.randint(3, 7)), ("what_happens", 1)):
        rows = [_unit(found, (*about, *others), languages, chance) for _each in range(units)]
        for code in languages:
            values[f"{part}_{code}"] = " ".join(row[code] for row in rows if code in row)[: _longest(part)]
    return values | {"source_language": languages[0]}


def _unit(found: Source, about: tuple[TermData, ...], languages: list[str], chance: Random) -> Row:
    """A sentence of the demo, and, for languages that it is not written in, words of the vocabulary."""
    row = dict(chance.choice(found.sentences)) if chance.random() < 0.5 else {}
    said = _said([chance.choice(about) for _each in range(chance.randint(3, 6))], languages, chance)
    return {**{code: f"{words}." for code, words in said.items()}, **row}


def _said(terms: Iterable[TermData], languages: Iterable[str], chance: Random) -> dict[str, str]:
    terms = list(terms)
    found = {}
    for code in languages:
        words = [chance.choice([term.labels.get(code, term.slug), *term.synonyms.get(code, ())]) for term in terms]
        found[code] = ", ".join(words)
    return found


def _served(found: Source, chance: Random) -> list[str]:
    draw = chance.random()
    if draw < 0.05:
        return ["germany"]
    return [chance.choice(found.lands if draw < 0.2 else found.areas)]


def _hours(chance: Random) -> str:
    """Every second listing has some; a few are the hours of many houses, most of few."""
    if chance.random() < 0.5:
        return ""
    week, opens = chance.choice(WEEKS), chance.choice((8, 9, 9, 9, 10, 10, 11, 14))
    long = f"{week} {opens:02}:00-{opens + chance.randint(3, 8):02}:{chance.choice(('00', '00', '30'))}"
    if chance.random() < 0.4:
        return long
    return f"{long}; {chance.choice(('Sa', 'We'))} {chance.randint(9, 13):02}:{chance.choice(('00', '30'))}-17:00"


def _children(pattern: Listing, number: int, chance: Random) -> Iterator[models.Model]:
    for relation in CHILDREN:
        for row in getattr(pattern, relation).all():
            names = (each.attname for each in row._meta.concrete_fields)
            yield type(row)(**{each: getattr(row, each) for each in names if each not in ("id", "listing_id")})
    for language in chance.sample(SPOKEN, chance.randint(1, 4)):
        yield SpokenLanguage(language=language)
    yield ContactPoint(kind="email", value=f"kontakt@muster-{number}.example.org")
    if chance.random() < 0.8:
        yield ContactPoint(kind="phone", value=PHONE.format(number % 1000), opening_hours=_hours(chance))
    if chance.random() < 0.6:
        yield ContactPoint(kind="website", value=f"https://muster-{number}.example.org/")
    if chance.random() < 0.3:
        yield Place(name=f"Musterhaus {number}", address=f"Musterweg {number % 99 + 1}", areas=[])


def _stored(rows: list[Made]) -> None:
    """In bulk, which the house forbids everywhere else: a hundred thousand saves would take an hour."""
    numbers = sorted({int(row.listing.slug.removeprefix("muster-")) // OF_ONE_ORGANISATION for row in rows})
    bodies = [organisation(number) for number in numbers]
    slugs = [body.slug for body in bodies]
    known = set(_organisations(slugs).values_list("slug", flat=True))
    _bulk(Organisation, [body for body in bodies if body.slug not in known])
    ids = dict(_organisations(slugs).values_list("slug", "pk"))
    for row in rows:
        of = int(row.listing.slug.removeprefix("muster-")) // OF_ONE_ORGANISATION
        row.listing.organisation_id = ids[f"muster-verein-{of}"]
    _bulk(Listing, [row.listing for row in rows])
    by_model: dict[type[models.Model], list[Any]] = {}
    for row in rows:
        for child in row.children:
            setattr(child, "listing_id", row.listing.pk)  # noqa: B010 - each of them has one
            by_model.setdefault(type(child), []).append(child)
    for model, children in by_model.items():
        _bulk(model, children)


def _organisations(slugs: list[str]) -> models.QuerySet[Any]:
    all_of_them: models.QuerySet[Any] = Organisation.objects.all()
    return all_of_them.filter(slug__in=slugs)


def _bulk(model: type[models.Model], rows: list[Any]) -> None:
    models.QuerySet.bulk_create(model._default_manager.all(), rows)


def _told() -> None:
    """A change of an area: whatever follows the log reads everything anew."""
    Area.objects.get(level=Area.Level.COUNTRY).save()


def _area(slug: str, called: str, level: str, parent: Area) -> Area:
    return Area(slug=slug, level=level, parent=parent, name_de=called, live=True)


def _kept(areas: list[Area], known: set[str]) -> list[Area]:
    _bulk(Area, [area for area in areas if area.slug not in known])
    found = {area.slug: area for area in Area.objects.filter(slug__in=[area.slug for area in areas])}
    return [found[area.slug] for area in areas]


def _of_level(level: str) -> tuple[str, ...]:
    return tuple(Area.objects.filter(level=level, live=True).order_by("slug").values_list("slug", flat=True))


def _sentences(patterns: Iterable[Listing]) -> tuple[Row, ...]:
    rows = ({code: text for code, text in written(one, part).items() if code in LANGUAGES}
            for one in patterns for part in TEXTS[1:])  # fmt: skip
    return tuple(row for row in rows if "de" in row)


def _coded_fields() -> list[Any]:
    """All that is neither text nor the state of the row."""
    keep = (
        *VOCABULARIES, "kind", "audience", "role", "ground_sets", "interpreter", "modes", "cost", "anonymous",
        "confidential", "capacity", "access_features", "education_stages", "obligation", "in_house",
    )  # fmt: skip
    return [each for each in Listing._meta.concrete_fields if each.name in keep]


def _longest(part: str) -> int:
    longest: int | None = getattr(Listing._meta.get_field(part), "max_length", None)
    return longest or 10_000
