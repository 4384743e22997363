from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.organisation import Organisation


class MailLink(models.Model):
    """One link that was mailed or printed; the database alone lets nobody follow it (mail_links.py)."""

    purpose = models.CharField(_("purpose"), max_length=20)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="mail_links"
    )
    email = models.EmailField(_("sent to"), blank=True)  # empty: printed on a letter
    about = models.JSONField(default=dict, blank=True)  # what else the purpose needs, ids mostly
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("expires at"))
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)

    class Meta:
        verbose_name = _("mailed link")
        verbose_name_plural = _("mailed links")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.purpose} {self.email}"
