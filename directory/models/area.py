from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.languages import MAIN
from directory.models.change import FollowedQuerySet
from directory.models.codes import WordsField
from directory.models.published import Published
from directory.models.uses import DependedOn, other_uses
from directory.text import choose, written


class Area(DependedOn, Published):
    preview_modes: ClassVar[list[tuple[str, str]]] = []

    class Level(models.TextChoices):
        COUNTRY = "country", _("Country")
        LAND = "land", _("Land")
        REGIERUNGSBEZIRK = "regierungsbezirk", _("Administrative region")
        KREIS = "kreis", _("District (Kreis)")
        CITY = "city", _("City or municipality")
        DISTRICT = "district", _("City district")
        QUARTER = "quarter", _("Quarter")

    slug = models.SlugField(_("slug"), unique=True, help_text=_("Never changes: listings refer to it."))
    level = models.CharField(_("level"), max_length=20, choices=Level.choices)
    name = models.CharField(_("name"), max_length=200, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("lies within")
    )
    ags = models.CharField(_("official key (AGS)"), max_length=12, blank=True)
    postcodes = WordsField(_("postcodes"))
    aliases = WordsField(_("other names"))
    quarters = WordsField(_("quarters"), help_text=_("Names of quarters that people search for, one per line."))
    sources = WordsField(_("sources"))

    objects: ClassVar[Any] = FollowedQuerySet.as_manager()

    class Meta(Published.Meta):
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(parent=models.F("id")), name="area_not_its_own_parent"),
            models.CheckConstraint(condition=~models.Q(slug=""), name="area_has_slug"),
        ]

    def __str__(self) -> str:
        return choose(written(self, "name"), MAIN).text or self.slug

    def clean(self) -> None:
        super().clean()
        if self.parent is not None and not self.parent.live:
            message = _("“%(name)s” is not published. Publish it first, or name another one.")
            raise ValidationError({"parent": message % {"name": self.parent}})
        above, seen = self.parent, {self.pk}
        while above is not None:
            if above.pk in seen:
                raise ValidationError({"parent": _("An area cannot lie within itself.")})
            seen.add(above.pk)
            above = above.parent

    def users(self) -> list[models.Model]:
        return [*other_uses(self, "areas"), *self.children.all()]
