"""What became of a web address when it was last asked: one row per address, however many entries name it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LinkCheck(models.Model):
    class Outcome(models.TextChoices):
        WORKS = "works", _("works")
        BUSY = "busy", _("answers, but not to programs, or not now")  # says nothing about the page
        MISSING = "missing", _("the page is not there any more")
        BROKEN = "broken", _("the server reports an error")
        NO_NAME = "no_name", _("there is no server of this name")
        NO_ANSWER = "no_answer", _("nobody answers")
        CERTIFICATE = "certificate", _("its certificate is not valid")
        LOOP = "loop", _("leads round in circles")
        REFUSED = "refused", _("leads to no public server, so it was not asked")

    url = models.URLField(_("web address"), max_length=500, unique=True)
    outcome = models.CharField(_("what happened"), max_length=12, choices=Outcome.choices)
    status = models.PositiveSmallIntegerField(_("status"), null=True, blank=True)
    failures = models.PositiveSmallIntegerField(_("failed so often in a row"), default=0)
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True)
    checked_at = models.DateTimeField(_("asked on"))
    next_at = models.DateTimeField(_("asked again on"), db_index=True)

    class Meta:
        verbose_name = _("checked link")
        verbose_name_plural = _("checked links")
        ordering = ["url"]

    def __str__(self) -> str:
        return self.url
