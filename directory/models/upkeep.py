from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.languages import MAIN
from directory.models.listing import LANGUAGE_CHOICES
from directory.models.organisation import Organisation


class Upkeep(models.Model):
    """How an organisation is asked whether its entries are still right, and how far that has come."""

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="upkeep")
    # A role's address (info@ …) rather than a person's: people leave. Empty: a public one of the organisation.
    email = models.EmailField(_("asked at"), blank=True)
    language = models.CharField(_("in"), max_length=12, choices=LANGUAGE_CHOICES, default=MAIN)
    every_months = models.PositiveSmallIntegerField(_("every (months)"), default=6)
    asked_on = models.DateField(_("asked on"), null=True, blank=True)
    reminded_on = models.DateField(_("reminded on"), null=True, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)

    class Meta:
        verbose_name = _("upkeep")
        verbose_name_plural = _("upkeep")
        ordering = ["organisation_id"]

    def __str__(self) -> str:
        return str(self.organisation)
