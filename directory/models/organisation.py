from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from directory.models.change import Followed
from directory.models.codes import WordsField
from directory.models.contact import Contact, LocatedAt
from directory.models.translated import TranslatedRevisions


class Published(
    TranslatedRevisions,
    Followed,
    PreviewableMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    ClusterableModel,
):
    """What the public sees only after somebody has published it; one revision holds all languages."""

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="%(class)s")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="%(class)s",
        for_concrete_model=False,
    )

    class Meta:
        abstract = True

    @property
    def revisions(self) -> Any:
        return self._revisions

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        return list(settings.LANGUAGES)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        from directory.editing.previews import preview  # above the models, but this hook of Wagtail is down here

        return preview(request, self, mode_name)


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

    class Meta:
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
