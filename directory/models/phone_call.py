from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.organisation import Organisation


class PhoneCall(models.Model):
    """That staff called an organisation for its contacts; what they heard stands in the entries themselves."""

    class Outcome(models.TextChoices):
        HEARD = "heard", _("confirmed by phone")
        NOBODY = "nobody", _("nobody answered")
        LATER = "later", _("to be called again")
        NO_NUMBER = "no_number", _("no number found")
        GONE = "gone", _("does not exist any more")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="phone_calls")
    outcome = models.CharField(_("what happened"), max_length=10, choices=Outcome.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("called at"), auto_now_add=True)
    again_on = models.DateField(_("again on"), null=True, blank=True)

    class Meta:
        verbose_name = _("phone call")
        verbose_name_plural = _("phone calls")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_outcome_display()}"
