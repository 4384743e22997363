from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from directory.models.codes import WordsField
from directory.models.contact import Contact, LocatedAt
from directory.models.published import Published


class Organisation(Published):
    class Type(models.TextChoices):
        UNKNOWN = "", _("not known")
        STATE = "state", _("state")
        MUNICIPAL = "municipal", _("municipal")
        INDEPENDENT = "independent", _("independent")
        SELF_ORGANISATION = "self_organisation", _("self-organisation")
        CHURCH = "church", _("church")
        POLICE = "police", _("police")

    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    name = models.CharField(_("name"), max_length=250, blank=True)
    aliases = WordsField(_("other names"), help_text=_("Abbreviations and former names, one per line."))
    description = models.TextField(_("description"), blank=True)
    type = models.CharField(_("type"), max_length=20, choices=Type.choices, blank=True)
    funding = models.CharField(_("funding"), max_length=250, blank=True)
    website = models.URLField(_("website"), max_length=500, blank=True)
    awards = WordsField(_("seals and prizes"))
    sources = WordsField(_("sources"))

    class Meta(Published.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["slug"]
        constraints = [models.CheckConstraint(condition=~models.Q(slug=""), name="organisation_has_slug")]

    def __str__(self) -> str:
        return self.text_of("name") or self.slug

    def clean(self) -> None:
        super().clean()
        if not self.text_of("name"):
            raise ValidationError(_("Write the name in at least one language."))


class OrganisationContact(Contact):
    followed_parent = "organisation"

    organisation = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="contacts")


class Site(LocatedAt):
    """A place of the organisation that serves areas of its own."""

    followed_parent = "organisation"

    organisation = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="sites")

    class Meta(LocatedAt.Meta):
        verbose_name = _("site")
        verbose_name_plural = _("sites")
