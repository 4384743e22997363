"""The cases that staff keep, as the plain data that the evaluation works on."""

from directory.vocabulary import area_tree
from referrals import models
from referrals.cases import LISTS, Case
from referrals.dimensions import Facts, UnknownFactError


def stored_cases() -> tuple[Case, ...]:
    """What no longer can be stated, as after an area was deleted, counts as not stated."""
    return tuple(_plain(each) for each in models.Case.objects.all())


def _plain(case: models.Case) -> Case:
    return Case(
        id=case.slug,
        facts=_facts(case.facts),
        stated=case.facts,
        title=case.title,
        site_area=case.site_area,
        open_at=case.open_at or None,
        source=case.source,
        note=case.note,
        **{name: tuple(getattr(case, name)) for name in LISTS},
    )


def _facts(stated: dict[str, object]) -> Facts:
    known = area_tree().areas
    while True:
        try:
            return Facts.of(stated, areas=known)
        except UnknownFactError as unknown:
            stated = {name: value for name, value in stated.items() if name != unknown.dimension}
