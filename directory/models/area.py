from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.languages import MAIN
from directory.models.change import Followed
from directory.models.codes import WordsField
from directory.models.uses import refuse_if_used
from directory.text import choose, translations


class Area(Followed):
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

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(parent=models.F("id")), name="area_not_its_own_parent"),
            models.CheckConstraint(condition=~models.Q(slug=""), name="area_has_slug"),
        ]

    def __str__(self) -> str:
        return choose(translations(self, "name"), MAIN).text or self.slug

    def clean(self) -> None:
        above, seen = self.parent, {self.pk}
        while above is not None:
            if above.pk in seen:
                raise ValidationError({"parent": _("An area cannot lie within itself.")})
            seen.add(above.pk)
            above = above.parent

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        refuse_if_used(self, "areas")
        return super().delete(*args, **kwargs)
