from django.db import models
from django.utils.translation import gettext_lazy as _


class UnsentMail(models.Model):
    """A mail that the server did not take, for staff to see: to whom and what about, never what was in it.

    Its text may hold a link, which the database must not know (mail_links.py).
    """

    template = models.CharField(_("about"), max_length=60)
    to = models.EmailField(_("to"))
    language = models.CharField(max_length=12, blank=True)
    first_tried_at = models.DateTimeField(_("first tried at"), auto_now_add=True)
    last_tried_at = models.DateTimeField(_("last tried at"), auto_now=True)
    tries = models.PositiveIntegerField(_("tries"), default=0)

    class Meta:
        verbose_name = _("mail that was not sent")
        verbose_name_plural = _("mails that were not sent")
        ordering = ["-last_tried_at"]
        constraints = [models.UniqueConstraint(fields=["template", "to"], name="unsent_once")]

    def __str__(self) -> str:
        return f"{self.template} {self.to}"
