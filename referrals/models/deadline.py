"""Law changes, so its deadlines are what staff edit."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models import FollowedQuerySet, Published
from directory.models.codes import CodesField, WordsField
from referrals.models.conditions import validate_conditions


class Deadline(Published):
    """Law changes, so a deadline is content: with its source, from when it holds and when to look again."""

    class WeekendExtension(models.TextChoices):
        NOT_ASSUMED = "not_assumed", _("not assumed")
        NEXT_WORKING_DAY = "next_working_day", _("moves to the next working day")

    preview_modes: ClassVar[list[tuple[str, str]]] = []

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    order = models.PositiveIntegerField(_("order"), default=0)
    scope = models.CharField(_("what it is about"), max_length=300, blank=True)
    act = models.TextField(_("what has to be done"), blank=True)
    period = models.CharField(_("period in words"), max_length=100, blank=True)
    period_iso = models.CharField(
        _("period"), max_length=20, blank=True, help_text=_("As P2M, P3W or P10D; empty: not known.")
    )
    starts = models.TextField(_("from when"), blank=True)
    law = models.CharField(_("law"), max_length=300, blank=True)
    only_if = models.CharField(_("only if"), max_length=300, blank=True)
    status = models.CharField(_("state of the law"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)
    applies = models.JSONField(
        _("applies when"), default=dict, blank=True, validators=[validate_conditions],
        help_text=_("All of it must be stated."),
    )  # fmt: skip
    unless_ground = CodesField(_("not for these grounds alone"), vocabulary="grounds")
    follows = models.SlugField(_("follows the deadline"), max_length=60, blank=True)
    written_required = models.BooleanField(_("must be in writing"), null=True, blank=True)
    weekend_extension = models.CharField(
        _("at weekends"), max_length=20, choices=WeekendExtension.choices, default=WeekendExtension.NOT_ASSUMED
    )
    sources = WordsField(_("sources"))
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    check_by = models.DateField(_("to be checked by"), null=True, blank=True)

    objects: ClassVar[Any] = FollowedQuerySet.as_manager()

    class Meta(Published.Meta):
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        ordering = ["order", "slug"]
        constraints = [models.CheckConstraint(condition=~models.Q(slug=""), name="deadline_has_slug")]

    def __str__(self) -> str:
        return self.text_of("law") or self.slug

    def clean(self) -> None:
        super().clean()
        if not self.text_of("law"):
            raise ValidationError(_("Name the law: nobody has to believe a deadline."))
