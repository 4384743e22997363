"""How often nobody nearby was made for what somebody asked for: a counter, no content and nobody's trail."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GapCount(models.Model):
    """One row per day and coarse combination. There is no language, no exact place and no time of day in it."""

    day = models.DateField(_("day"))
    concern = models.CharField(_("concern"), max_length=60, blank=True)
    ground = models.CharField(_("ground"), max_length=60, blank=True)
    is_here = models.BooleanField(_("in the home area"), default=True)
    number = models.PositiveIntegerField(_("number"), default=0)

    class Meta:
        verbose_name = _("counted gap")
        verbose_name_plural = _("counted gaps")
        ordering = ["day", "concern", "ground", "is_here"]
        constraints = [
            models.UniqueConstraint(fields=["day", "concern", "ground", "is_here"], name="gap_counted_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.concern} {self.ground}"
