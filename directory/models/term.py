from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.languages import MAIN, SHIPPED
from directory.models.codes import WordsField
from directory.models.published import Published
from directory.models.uses import DependedOn, other_uses
from directory.text import choose, written


class Term(DependedOn, Published):
    """One entry of a controlled vocabulary. Slugs are stable: listings, rules and addresses refer to them."""

    preview_modes: ClassVar[list[tuple[str, str]]] = []

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

    class Meta(Published.Meta):
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
        return choose(written(self, "label"), MAIN).text or self.slug

    def clean(self) -> None:
        """A broken shape would break every page, since every page reads the vocabularies."""
        if not _is_synonyms(self.synonyms):
            raise ValidationError({"synonyms": _("Synonyms are lists of words by language code.")})
        if not isinstance(self.extra, dict):
            raise ValidationError({"extra": _("Further facts are names with values: {…}.")})
        super().clean()
        siblings = dict(self._siblings().exclude(slug=self.slug).values_list("slug", "live"))
        broader = [slug for slug in (self.parent, *self.also_under) if slug]
        if missing := [slug for slug in broader if slug not in siblings]:
            message = _("The vocabulary has no other term “%(slug)s”.")
            raise ValidationError(message, params={"slug": missing[0]})
        if hidden := [slug for slug in broader if not siblings[slug]]:
            message = _("“%(name)s” is not published. Publish it first, or name another one.")
            raise ValidationError(message, params={"name": hidden[0]})

    def users(self) -> list[models.Model]:
        narrower = [term for term in self._siblings() if self.slug in (term.parent, *term.also_under)]
        return [*other_uses(self, self.vocabulary), *narrower]

    def _siblings(self) -> Any:
        terms: Any = type(self)._default_manager
        return terms.filter(vocabulary=self.vocabulary)


def _is_synonyms(value: Any) -> bool:
    return isinstance(value, dict) and all(
        code in ("", *SHIPPED) and isinstance(words, list) and all(isinstance(word, str) for word in words)
        for code, words in value.items()
    )
