from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.languages import MAIN
from directory.models.change import Followed
from directory.models.codes import WordsField
from directory.text import choose, translations


class Term(Followed):
    """One entry of a controlled vocabulary. Slugs are stable: listings, rules and addresses refer to them."""

    vocabulary = models.SlugField(_("vocabulary"), max_length=40)
    slug = models.SlugField(_("slug"), max_length=60, help_text=_("Never changes: listings refer to it."))
    label = models.CharField(_("label"), max_length=200, blank=True)
    synonyms = models.JSONField(
        _("synonyms"),
        default=dict,
        blank=True,
        help_text=_("By language; an empty key: language not stated."),
    )
    parent = models.SlugField(_("broader term"), max_length=60, blank=True)
    also_under = WordsField(_("also under"))
    order = models.PositiveIntegerField(_("order"), default=0)
    extra = models.JSONField(_("further facts"), default=dict, blank=True)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["vocabulary", "order", "slug"]
        constraints = [
            models.UniqueConstraint(fields=["vocabulary", "slug"], name="term_slug_once_per_vocabulary"),
            models.CheckConstraint(
                condition=~models.Q(vocabulary="") & ~models.Q(slug=""), name="term_has_vocabulary_and_slug"
            ),
        ]

    def __str__(self) -> str:
        return choose(translations(self, "label"), MAIN).text or self.slug
