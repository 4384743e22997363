"""What the conditions of a deadline, a note, a question or an answer may say."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from referrals.dimensions import Facts, UnknownFactError

AREA_KEYS = ("areas", "outside_areas")


def validate_facts(value: Any) -> None:
    """{dimension: [values]}, all of them known."""
    if not isinstance(value, dict):
        raise ValidationError(_("This must name dimensions and their values."))
    try:
        Facts.of(value)
    except UnknownFactError as unknown:
        raise ValidationError(_("Not known to the referral: %(what)s."), params={"what": unknown}) from unknown


def validate_conditions(value: Any) -> None:
    """Facts that must be confirmed, and areas that must hold the place or must not."""
    if not isinstance(value, dict):
        raise ValidationError(_("This must name dimensions and their values."))
    for key in AREA_KEYS:
        if not isinstance(value.get(key, []), list):
            raise ValidationError(_("%(key)s must be a list of areas."), params={"key": key})
    validate_facts({key: values for key, values in value.items() if key not in AREA_KEYS})


def validate_shown_if(value: Any) -> None:
    """{question: [options]}; an empty option stands for a skipped question."""
    wanted = value.values() if isinstance(value, dict) else [None]
    if not all(isinstance(options, list) and all(isinstance(each, str) for each in options) for options in wanted):
        raise ValidationError(_("This must name questions and the options with which this one is shown."))
