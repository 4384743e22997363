"""How to reach somebody, and where: shared by organisations and listings."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.change import Followed
from directory.models.codes import CodesField, WordsField
from directory.models.translated import TranslatedRevisions


class Known(models.TextChoices):
    UNKNOWN = "unknown", _("not known")
    YES = "yes", _("yes")
    NO = "no", _("no")


class Contact(TranslatedRevisions, Followed):
    class Kind(models.TextChoices):
        PHONE = "phone", _("phone")
        EMAIL = "email", _("e-mail")
        WEBSITE = "website", _("website")
        CHAT = "chat", _("chat")

    class Audience(models.TextChoices):
        PUBLIC = "public", _("everybody")
        PROFESSIONALS = "professionals", _("professionals only")
        NOBODY = "nobody", _("nobody: is being corrected")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    value = models.CharField(_("number or address"), max_length=500)
    label = models.CharField(_("note"), max_length=200, blank=True)
    opening_hours = models.CharField(_("hours (OSM syntax)"), max_length=300, blank=True)
    opening_hours_note = models.CharField(_("hours as the source words them"), max_length=300, blank=True)
    on_bill = models.CharField(
        _("shown on the phone bill"), max_length=10, choices=Known.choices, default=Known.UNKNOWN
    )
    audience = models.CharField(_("for"), max_length=15, choices=Audience.choices, default=Audience.PUBLIC)
    source = models.CharField(_("source"), max_length=500, blank=True)
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    confirmed_by = models.CharField(_("confirmed by"), max_length=200, blank=True)

    class Meta:
        abstract = True
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.value}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """What was hidden because it was wrong is shown again once it is something else."""
        if self.audience == self.Audience.NOBODY and self.pk:
            stored = type(self)._default_manager.filter(pk=self.pk).values_list("value", flat=True).first()
            if stored not in (None, self.value):
                self.audience = self.Audience.PUBLIC
        super().save(*args, **kwargs)


class LocatedAt(TranslatedRevisions, Followed):
    class Visibility(models.TextChoices):
        FULL = "full", _("full address")
        PARTIAL = "partial", _("place only, no street")
        HIDDEN = "hidden", _("hidden")

    name = models.CharField(_("name"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    visibility = models.CharField(_("shown"), max_length=10, choices=Visibility.choices, default=Visibility.FULL)
    areas = CodesField(_("areas"), vocabulary="areas", help_text=_("Empty: the areas of the listing."))
    since = models.DateField(_("since"), null=True, blank=True)
    sources = WordsField(_("sources"))

    class Meta:
        abstract = True
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name or self.address
