"""What a result says beside its bodies: texts that a city words itself."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models import FollowedQuerySet, Published
from directory.models.codes import WordsField
from referrals.models.conditions import validate_conditions


class Note(Published):
    class Kind(models.TextChoices):
        NOTICE = "notice", _("notice beside a result")
        TIER = "tier", _("introduces the bodies of one level")
        KEEP = "keep", _("what to note and keep now")

    slug = models.SlugField(
        _("slug"), max_length=60, unique=True, help_text=_("Never changes: it says when a notice is shown.")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    order = models.PositiveIntegerField(_("order"), default=0)
    heading = models.CharField(_("heading"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True, help_text=_("Each line stands for itself."))
    applies = models.JSONField(
        _("applies when"), default=dict, blank=True, validators=[validate_conditions],
        help_text=_("All of it must be stated. Only for what to note and keep."),
    )  # fmt: skip
    sources = WordsField(_("sources"))
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    check_by = models.DateField(_("to be checked by"), null=True, blank=True)

    objects: ClassVar[Any] = FollowedQuerySet.as_manager()

    class Meta(Published.Meta):
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["kind", "order", "slug"]
        constraints = [models.CheckConstraint(condition=~models.Q(slug=""), name="note_has_slug")]

    def __str__(self) -> str:
        return self.text_of("heading") or self.slug
