"""Situations of which staff know where they must lead."""

import re
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models import Followed, FollowedQuerySet
from directory.models.codes import WordsField
from directory.vocabulary import area_tree
from referrals.dimensions import Facts, UnknownFactError

_clock = RegexValidator(re.compile(r"([01]\d|2[0-3]):[0-5]\d\Z"), _("Write the time like 22:30."))


def validate_case_facts(value: Any) -> None:
    """{dimension: value or values}, a place and a residence among them."""
    if not isinstance(value, dict):
        raise ValidationError(_("This must name dimensions and their values."))
    try:
        Facts.of(value, areas=area_tree().areas)
    except UnknownFactError as unknown:
        raise ValidationError(_("Not known to the referral: %(what)s."), params={"what": unknown}) from unknown


class Case(Followed):
    """Bodies are named by plain slugs: a case must not keep a listing from being deleted, but fail without it."""

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    title = models.CharField(_("what happens"), max_length=300)
    facts = models.JSONField(_("what is stated"), default=dict, blank=True, validators=[validate_case_facts])
    site_area = models.CharField(
        _("area of the site"), max_length=60, blank=True, help_text=_("Counts where no place is stated.")
    )
    open_at = models.CharField(
        _("time of day"), max_length=5, blank=True, validators=[_clock], help_text=_("Like 22:30.")
    )
    expect_first = WordsField(_("one of these stands first"))
    must_not_be_first = WordsField(_("never first"))
    must_show = WordsField(_("the result says"))
    must_not_show = WordsField(_("the result does not say"))
    source = models.CharField(_("source"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)

    objects: ClassVar[Any] = FollowedQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["slug"]
        constraints = [models.CheckConstraint(condition=~models.Q(slug=""), name="case_has_slug")]

    def __str__(self) -> str:
        return self.title or self.slug
