"""The questions of the guide and their answers."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from directory.models import Followed, FollowedQuerySet, Published, TranslatedRevisions
from directory.models.codes import WordsField
from directory.models.uses import DependedOn
from referrals.dimensions import shipped
from referrals.models.conditions import validate_facts, validate_shown_if


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


class Question(DependedOn, Published):
    guide = models.ForeignKey(Guide, models.PROTECT, related_name="questions", verbose_name=_("guide"))
    slug = models.SlugField(_("slug"), max_length=60, help_text=_("Never changes: other questions refer to it."))
    order = models.PositiveIntegerField(_("order"), default=0)
    dimension = models.CharField(
        _("dimension"), max_length=20, choices=[(name, name) for name in sorted(shipped().values)]
    )
    text = models.CharField(_("question"), max_length=200, blank=True)
    why = models.CharField(_("why we ask"), max_length=300, blank=True)
    shown_if = models.JSONField(_("shown if"), default=dict, blank=True, validators=[validate_shown_if])
    sources = WordsField(_("sources"))
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    check_by = models.DateField(_("to be checked by"), null=True, blank=True)

    objects: ClassVar[Any] = FollowedQuerySet.as_manager()

    class Meta(Published.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["guide", "order", "slug"]
        constraints = [
            models.UniqueConstraint(fields=["guide", "slug"], name="question_slug_once_per_guide"),
            models.CheckConstraint(condition=~models.Q(slug=""), name="question_has_slug"),
        ]

    def __str__(self) -> str:
        return self.text_of("text") or self.slug

    def users(self) -> list[models.Model]:
        """The questions that are asked only after some answer to this one."""
        others = Question.objects.filter(guide=self.guide_id).exclude(pk=self.pk)
        return [other for other in others if self.slug in other.shown_if]


class Option(TranslatedRevisions, Followed):
    followed_parent = "question"
    sort_order_field = "order"  # modelcluster numbers the rows of a form by it

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
