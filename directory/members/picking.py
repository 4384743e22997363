"""Choosing areas: people type a name, a quarter or a postcode, and this server answers. Nobody else is asked."""

from collections.abc import Collection, Iterable, Iterator

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from directory.areas import AreaData
from directory.members.access import members_only
from directory.text import choose
from directory.vocabulary import area_name, area_tree, home_area

MOST = 12
LEAST = 2  # characters


def area_choices(slugs: Iterable[str]) -> list[tuple[str, str]]:
    return [(slug, described(slug)) for slug in dict.fromkeys(slugs)]


def described(slug: str) -> str:
    """ "Bilk (Düsseldorf)": several quarters share a name."""
    area = area_tree().areas.get(slug)
    name = area_name(slug).text
    if area is None or not area.parent:
        return name
    return f"{name} ({area_name(area.parent).text})"


def find_areas(words: str) -> list[str]:
    """Slugs: names that begin with the words before those that have them anywhere, large areas before small."""
    wanted = " ".join(words.casefold().split())
    if len(wanted) < LEAST:
        return []
    tree = area_tree()
    ranked = [
        (rank, tree.smaller_rank(area.slug), choose(area.names).text, area.slug)
        for area in tree.areas.values()
        if (rank := _rank(area, wanted)) is not None
    ]
    return [slug for _rank_, _size, _name, slug in sorted(ranked)][:MOST]


def _rank(area: AreaData, wanted: str) -> int | None:
    names = [name.casefold() for name in _names(area)]
    if any(name.startswith(wanted) for name in names):
        return 0
    return 1 if any(wanted in name for name in names) else None


def _names(area: AreaData) -> Iterator[str]:
    yield from area.names.values()
    yield from area.aliases
    yield from area.quarters
    yield from area.postcodes


def around(slugs: Collection[str]) -> list[str]:
    """The areas with all that holds them; before one is chosen, the city's own."""
    tree = area_tree()
    return [outer for slug in (slugs or [home_area()]) for outer in tree.ancestors(slug)]


@require_POST
@members_only
def areas(request: HttpRequest) -> JsonResponse:
    found = area_choices(find_areas(request.POST.get("find", "")))
    return JsonResponse({"areas": [{"code": code, "name": name} for code, name in found]})
