"""A rule read back as a sentence: responsible when … and …; not when … → …"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from directory.models import DIMENSIONS
from directory.text import choose
from directory.vocabulary import area_name
from referrals.bodies import Body
from referrals.competence import (
    AREAS,
    EITHER,
    HARD,
    INCIDENT,
    PREFER_ALTERNATIVE,
    PREFER_OTHER,
    RESIDENCE,
    Conditions,
    Exclusion,
    Row,
)
from referrals.reasons import name_of
from referrals.showing import words

Name = Callable[[str], str]

_clauses: Mapping[str, object] = {
    "what": gettext_lazy("what happened is %(values)s"),
    "who": gettext_lazy("it was done by: %(values)s"),
    "life_area": gettext_lazy("the part of life is %(values)s"),
    "ground": gettext_lazy("it is about %(values)s"),
    "asker": gettext_lazy("the one who asks is: %(values)s"),
    "wish": gettext_lazy("wanted is %(values)s"),
    "target": gettext_lazy("it is for %(values)s"),
    "time": gettext_lazy("help is needed at: %(values)s"),
    "office": gettext_lazy("the office is %(values)s"),
    "sector": gettext_lazy("the field of work is %(values)s"),
}
_danger: Mapping[str, object] = {
    "true": gettext_lazy("there is danger now"),
    "false": gettext_lazy("there is no danger now"),
}
_inside: Mapping[frozenset[str], object] = {
    EITHER: gettext_lazy("it happened or the person lives in %(values)s"),
    frozenset({INCIDENT}): gettext_lazy("it happened in %(values)s"),
    frozenset({RESIDENCE}): gettext_lazy("the person lives in %(values)s"),
}
_outside: Mapping[frozenset[str], object] = {
    EITHER: gettext_lazy("it neither happened nor the person lives in %(values)s"),
    frozenset({INCIDENT}): gettext_lazy("it did not happen in %(values)s"),
    frozenset({RESIDENCE}): gettext_lazy("the person does not live in %(values)s"),
}
_not_when: Mapping[str, object] = {
    HARD: gettext_lazy("Not when %(conditions)s"),
    PREFER_OTHER: gettext_lazy("Others come first when %(conditions)s"),
    PREFER_ALTERNATIVE: gettext_lazy("An alternative stands beside it when %(conditions)s"),
}
_AND = pgettext_lazy("between conditions of a rule", " and ")
_OR = pgettext_lazy("between values of a condition", " or ")


def sentence(rule: Row | Exclusion, name: Name = str) -> str:
    """`name` tells what the body of a slug is called."""
    if isinstance(rule, Exclusion):
        return _of_exclusion(rule, name)
    return " ".join(filter(None, (_of_row(rule), _unsettled(rule))))


def whole(body: Body, name: Name = str) -> str:
    """All rules of a body in one."""
    rules: tuple[Row | Exclusion, ...] = (*body.rows, *body.exclusions)
    parts = (sentence(rule, name).rstrip(".") for rule in rules)
    return "; ".join(part if at == 0 else part[:1].lower() + part[1:] for at, part in enumerate(parts))


def situation(stated: Mapping[str, Any]) -> str:
    """Facts in the words of a rule."""
    needs = {key: frozenset(_listed(value)) for key, value in stated.items() if key in DIMENSIONS}
    if (danger := stated.get("danger_now")) is not None:
        needs["danger_now"] = frozenset({"true" if danger else "false"})
    where = tuple(filter(None, (stated.get("place"),)))
    parts = [*_conditions(Conditions(needs, where, basis=frozenset({INCIDENT})))]
    if home := stated.get("residence"):
        parts += _conditions(Conditions(areas=(home,), basis=frozenset({RESIDENCE})))
    return str(_AND).join(parts) or _("nothing is said")


def _listed(value: Any) -> Iterable[str]:
    return (value,) if isinstance(value, str) else value or ()


def _of_row(row: Row) -> str:
    conditions = str(_AND).join(_conditions(row))
    said = (
        _("Responsible when %(conditions)s.") % {"conditions": conditions}
        if conditions
        else _("Always responsible.")
    )
    behind = _("Stands after more specialised or nearer bodies.")
    return f"{said} {behind}" if row.secondary else said


def _of_exclusion(rule: Exclusion, name: Name) -> str:
    conditions = str(_AND).join(_conditions(rule)) or _("always")
    said = str(_not_when[rule.strength]) % {"conditions": conditions}
    if rule.then_go_to:
        said = f"{said} → {_either(name(slug) for slug in rule.then_go_to)}"
    reason = choose(rule.reason).text
    return f"{said}: {reason}" if reason else f"{said}."


def _conditions(rule: Conditions) -> Iterator[str]:
    for dimension in DIMENSIONS:
        if values := rule.needs.get(dimension):
            yield str(_clauses[dimension]) % {"values": _either(words(dimension, each) for each in sorted(values))}
    for value in sorted(rule.needs.get("danger_now", ())):
        yield str(_danger[value])
    basis = rule.basis & EITHER or EITHER
    for clauses, areas in ((_inside, rule.areas), (_outside, rule.outside_areas)):
        if areas:
            yield str(clauses[basis]) % {"values": _either(area_name(area).text for area in areas)}


def _unsettled(rule: Conditions) -> str:
    if not rule.unsettled:
        return ""
    return _("Not settled by the sources: %(what)s.") % {"what": ", ".join(map(_open, rule.unsettled))}


def _open(entry: str) -> str:
    """A key, or key=value; staff write it freely."""
    key, _equals, value = entry.partition("=")
    if key not in (*DIMENSIONS, AREAS, "area_basis", "danger_now"):
        return entry
    return words(key, value) if value else name_of(key)


def _either(values: Iterable[str]) -> str:
    return str(_OR).join(values)
