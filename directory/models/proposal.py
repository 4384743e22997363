from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.listing import Listing
from directory.models.organisation import Organisation


class Proposal(models.Model):
    """What somebody without an account asks the city for: nothing of it is public before staff have decided.

    A change of an entry that exists is no proposal but a draft of that entry, in review like any other.
    """

    class Kind(models.TextChoices):
        ERROR = "error", _("error report")
        CLAIM = "claim", _("claim of an entry")
        ORGANISATION = "organisation", _("new organisation")
        LISTING = "listing", _("new offer")
        REMOVAL = "removal", _("removal")

    class State(models.TextChoices):
        UNVERIFIED = "unverified", _("e-mail address not confirmed")
        WAITING = "waiting", _("waits for review")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")

    kind = models.CharField(_("kind"), max_length=15, choices=Kind.choices)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.WAITING)
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="proposals")
    listing = models.ForeignKey(Listing, models.CASCADE, null=True, blank=True, related_name="proposals")
    fields = models.JSONField(_("what was written"), default=dict, blank=True)
    remark = models.TextField(_("remark"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)  # empty: an error report needs none
    language = models.CharField(_("language"), max_length=12, blank=True)
    policy = models.CharField(_("version of the policy"), max_length=20, blank=True)
    made_at = models.DateTimeField(_("sent at"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answer = models.TextField(_("answer"), blank=True)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["id"]
        indexes = [models.Index(fields=["state", "kind"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.listing or self.organisation or self.email}"
