"""Rules of a listing that would leave somebody without help are refused, with the reason."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from directory.languages import MAIN, SHIPPED, column
from directory.models import ContactPoint
from directory.vocabulary import area_tree, home_area
from referrals import body_check, checks, queries
from referrals.bodies import Body
from referrals.editing import rules

RULES = ("competence_rows", "exclusions")
LOOKED_AT = (*RULES, "contacts")


def check_listing(form: Any) -> Iterator[str]:
    """Only where something was changed that the referral looks at."""
    formsets = getattr(form, "formsets", {})
    if not formsets.keys() >= set(LOOKED_AT) or not _is_touched(form):
        return
    name = rules.names()
    for row in _kept(formsets["exclusions"]):
        if not getattr(row, column("reason", MAIN)):
            yield _("“%(rule)s” needs a reason in words in this language: %(language)s.") % {
                "rule": rules.sentence(row, name, of=form.instance),
                "language": SHIPPED[MAIN].name,
            }
    body = _drafted(form)
    if body.rows:
        yield from body_check.faults(body, _others(), name)


def _is_touched(form: Any) -> bool:
    return "role" in form.changed_data or any(form.formsets[name].has_changed() for name in LOOKED_AT)


def _kept(rows: Any) -> list[Any]:
    """The child rows as they will be saved."""
    given = [each for each in rows.forms if each.has_changed() or each.instance.pk]
    return [each.instance for each in given if not rows._should_delete_form(each)]


def _drafted(form: Any) -> Body:
    sets = form.formsets
    public = ContactPoint.Audience.PUBLIC
    return queries.body_of(
        form.instance,
        _kept(sets["competence_rows"]),
        _kept(sets["exclusions"]),
        _kept(sets["languages"]),
        [each for each in _kept(sets["contacts"]) if each.audience == public],
    )


def _others() -> body_check.Others:
    return body_check.Others(queries.bodies(), queries.guide(), area_tree(), home_area(), dict(checks.concerns()))
