"""What staff edit of the referral: the questions of the guide and the deadlines of the law."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from directory.models import Followed, FollowedQuerySet, Published, TranslatedRevisions
from directory.models.codes import CodesField, WordsField
from referrals.dimensions import Facts, UnknownFactError, shipped

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

    class Meta:
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


class Guide(Followed):
    """An ordered set of questions. `assumed` orders bodies where nobody said what happened."""

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    assumed = models.JSONField(_("assumed"), default=dict, blank=True, validators=[validate_facts])

    objects: ClassVar[Any] = FollowedQuerySet.as_manager()

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug


class Question(Published):
    preview_modes: ClassVar[list[tuple[str, str]]] = []

    guide = models.ForeignKey(Guide, models.PROTECT, related_name="questions", verbose_name=_("guide"))
    slug = models.SlugField(_("slug"), max_length=60, help_text=_("Never changes: other questions refer to it."))
    order = models.PositiveIntegerField(_("order"), default=0)
    dimension = models.CharField(
        _("dimension"), max_length=20, choices=[(name, name) for name in sorted(shipped().values)]
    )
    text = models.CharField(_("question"), max_length=200, blank=True)
    why = models.CharField(_("why we ask"), max_length=300, blank=True)
    shown_if = models.JSONField(_("shown if"), default=dict, blank=True, validators=[validate_shown_if])

    objects: ClassVar[Any] = FollowedQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["guide", "order", "slug"]
        constraints = [
            models.UniqueConstraint(fields=["guide", "slug"], name="question_slug_once_per_guide"),
            models.CheckConstraint(condition=~models.Q(slug=""), name="question_has_slug"),
        ]

    def __str__(self) -> str:
        return self.text_of("text") or self.slug


class Option(TranslatedRevisions, Followed):
    followed_parent = "question"

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="options")
    slug = models.SlugField(_("slug"), max_length=60)
    order = models.PositiveIntegerField(_("order"), default=0)
    text = models.CharField(_("answer"), max_length=200, blank=True)
    facts = models.JSONField(_("states"), default=dict, blank=True, validators=[validate_facts])

    objects: ClassVar[Any] = FollowedQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["question", "slug"], name="option_slug_once_per_question")]

    def __str__(self) -> str:
        return self.text_of("text") or self.slug
