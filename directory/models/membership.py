"""Who of an organisation keeps its entries, and who has been asked to."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.languages import MAIN
from directory.models.listing import LANGUAGE_CHOICES
from directory.models.organisation import Organisation


class Role(models.TextChoices):
    OWNER = "owner", _("owner")  # invites others, too
    EDITOR = "editor", _("editor")


class Membership(models.Model):
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.EDITOR)
    # Of the pages below /konto/ and of mails; what somebody writes in is chosen apart.
    language = models.CharField(_("language"), max_length=12, choices=LANGUAGE_CHOICES, default=MAIN)
    writes_in = models.JSONField(_("languages of the entries"), default=list, blank=True)  # empty: the main one
    since = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["organisation_id", "id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "user"], name="member_once")]

    def __str__(self) -> str:
        return f"{self.user} ({self.organisation})"


class Invitation(models.Model):
    """Answered by the mailed link of the same purpose; who has no account gets one by it."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.EDITOR)
    language = models.CharField(_("language"), max_length=12, choices=LANGUAGE_CHOICES, default=MAIN)
    invited_by = models.CharField(_("invited by"), max_length=200)
    invited_at = models.DateTimeField(_("invited at"), auto_now_add=True)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.email} ({self.organisation})"
