from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.languages import MAIN, SHIPPED
from directory.models.change import FollowedQuerySet
from directory.models.codes import CodeField, CodesField, WordsField
from directory.models.contact import Known
from directory.models.organisation import Organisation
from directory.models.published import Published
from directory.text import written

LANGUAGE_CHOICES = [(language.code, language.name) for language in SHIPPED.values()]


class ListingQuerySet(FollowedQuerySet):
    def public(self, on: date | None = None) -> "ListingQuerySet":
        """What everybody may see: published, of a published organisation, not internal, not expired."""
        today = on or timezone.localdate()
        return self.filter(
            Q(valid_until=None) | Q(valid_until__gte=today),
            live=True,
            organisation__live=True,
            internal_only=False,
        )


class Listing(Published):
    class Kind(models.TextChoices):
        COUNSELLING = "counselling", _("Counselling")
        OFFER = "offer", _("Offer")
        TRAINING = "training", _("Training")
        EMPOWERMENT = "empowerment", _("Empowerment")
        FUNDING = "funding", _("Funding")

    class Audience(models.TextChoices):
        AFFECTED = "affected", _("people affected")
        INSTITUTIONS = "institutions", _("institutions and professionals")
        BOTH = "both", _("people affected and institutions")

    class BelongsTo(models.TextChoices):
        UNKNOWN = "", _("not known")
        NONE = "none", _("no authority")
        CITY = "city_administration", _("the city")
        LAND = "land_authority", _("the Land")
        FEDERAL = "federal_authority", _("the federation")

    class Interpreter(models.TextChoices):
        UNKNOWN = "unknown", _("not known")
        NONE = "none", _("no interpreter")
        ON_REQUEST = "on_request", _("on request")
        POOL = "pool", _("from a pool")

    class Cost(models.TextChoices):
        UNKNOWN = "unknown", _("not known")
        FREE = "free", _("free of charge")
        FREE_FOR_ENTITLED = "free_for_entitled", _("free for those entitled")
        FREE_ENTRY = "free_entry", _("free entry")
        PAID = "paid", _("costs money")

    class Anonymous(models.TextChoices):
        UNKNOWN = "unknown", _("not known")
        YES = "yes", _("anonymous")
        NO = "no", _("not anonymous")
        ON_REQUEST = "on_request", _("anonymous on request")
        FIRST_TALK = "first_talk", _("first talk anonymous")

    class Capacity(models.TextChoices):
        UNKNOWN = "unknown", _("not known")
        OPEN = "open", _("takes on new people")
        WAITING_LIST = "waiting_list", _("waiting list")
        FULL = "full", _("takes on nobody at present")

    class Obligation(models.TextChoices):
        UNKNOWN = "unknown", _("not known")
        MANDATORY = "mandatory", _("mandatory")
        VOLUNTARY = "voluntary", _("voluntary")

    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind.choices)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="listings", verbose_name=_("organisation")
    )
    source_language = models.CharField(_("written in"), max_length=12, choices=LANGUAGE_CHOICES, default=MAIN)
    title = models.CharField(_("title"), max_length=250, blank=True)
    helps_with = models.CharField(_("helps with (one sentence)"), max_length=300, blank=True)
    description = models.TextField(_("description"), blank=True)
    what_happens = models.TextField(_("what happens when you get in touch"), blank=True)
    aliases = WordsField(_("other names"))

    audience = models.CharField(_("for whom"), max_length=15, choices=Audience.choices)
    role = CodeField(_("role in referral"), vocabulary="roles")
    belongs_to = models.CharField(_("belongs to"), max_length=25, choices=BelongsTo.choices, blank=True)
    belongs_to_area = CodeField(_("of the area"), vocabulary="areas")
    topics = CodesField(_("topics"), vocabulary="topics")
    life_areas = CodesField(_("life areas"), vocabulary="life_areas")
    kinds_of_help = CodesField(_("kinds of help"), vocabulary="kinds_of_help")
    grounds = CodesField(_("grounds"), vocabulary="grounds")
    ground_sets = CodesField(_("sets of grounds"), vocabulary="ground_sets")
    target_groups = CodesField(_("meant for"), vocabulary="target_groups")
    space_for = CodesField(_("space only for"), vocabulary="target_groups")

    interpreter = models.CharField(
        _("interpreter"), max_length=15, choices=Interpreter.choices, default=Interpreter.UNKNOWN
    )
    interpreter_booked_by = models.CharField(_("who may book an interpreter"), max_length=200, blank=True)
    languages_note = models.CharField(_("note on languages"), max_length=300, blank=True)
    areas_served = CodesField(_("areas served"), vocabulary="areas")
    area_note = models.CharField(_("note on areas"), max_length=300, blank=True)
    modes = CodesField(_("ways to take part"), vocabulary="modes")
    opening_hours = models.CharField(_("opening hours (OSM syntax)"), max_length=300, blank=True)
    opening_hours_note = models.CharField(_("hours as the source words them"), max_length=300, blank=True)
    cost = models.CharField(_("cost"), max_length=20, choices=Cost.choices, default=Cost.UNKNOWN)
    cost_note = models.CharField(_("note on cost"), max_length=200, blank=True)
    anonymous = models.CharField(
        _("anonymous"), max_length=15, choices=Anonymous.choices, default=Anonymous.UNKNOWN
    )
    confidential = models.CharField(_("confidential"), max_length=10, choices=Known.choices, default=Known.UNKNOWN)
    capacity = models.CharField(_("capacity"), max_length=15, choices=Capacity.choices, default=Capacity.UNKNOWN)
    waiting_weeks = models.PositiveSmallIntegerField(_("waiting time in weeks"), null=True, blank=True)
    access_features = CodesField(_("accessibility"), vocabulary="access_features")
    callback_email = models.EmailField(
        _("asks for call-backs at"), blank=True,
        help_text=_("Only where the body has agreed to it. Visitors never see the address."),
    )  # fmt: skip

    sectors = CodesField(_("sectors"), vocabulary="sectors")
    formats = CodesField(_("formats"), vocabulary="formats")
    level = models.CharField(_("level"), max_length=100, blank=True)
    duration = models.CharField(_("duration"), max_length=100, blank=True)
    group_size = models.CharField(_("group size"), max_length=100, blank=True)
    price = models.CharField(_("price"), max_length=100, blank=True)
    in_house = models.CharField(_("in-house"), max_length=10, choices=Known.choices, default=Known.UNKNOWN)
    obligation = models.CharField(
        _("mandatory or voluntary"), max_length=10, choices=Obligation.choices, default=Obligation.UNKNOWN
    )
    target_role = models.CharField(_("for which role"), max_length=200, blank=True)
    education_stages = CodesField(_("education stages"), vocabulary="education_stages")
    intersectional = models.CharField(
        _("intersectional"), max_length=10, choices=Known.choices, default=Known.UNKNOWN
    )
    accreditation = models.CharField(_("accreditation"), max_length=200, blank=True)

    awards = WordsField(_("seals and prizes"))
    internal_only = models.BooleanField(_("internal only"), default=False)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    last_confirmed_on = models.DateField(_("last confirmed on"), null=True, blank=True)
    last_confirmed_by = models.CharField(_("confirmed by"), max_length=200, blank=True)
    needs_check = models.BooleanField(_("to be checked"), default=False)
    sources = WordsField(_("sources"))
    field_sources = models.JSONField(_("sources of single fields"), default=dict, blank=True)
    note = models.TextField(_("internal note"), blank=True)

    objects: ClassVar[Any] = ListingQuerySet.as_manager()

    class Meta(Published.Meta):
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(condition=~Q(slug=""), name="listing_has_slug"),
            models.CheckConstraint(
                condition=Q(audience__in=["affected", "institutions", "both"]), name="listing_has_audience"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["counselling", "offer", "training", "empowerment", "funding"]),
                name="listing_has_kind",
            ),
            models.CheckConstraint(
                condition=Q(source_language__in=list(SHIPPED)), name="listing_has_source_language"
            ),
        ]
        indexes = [models.Index(fields=["live", "kind"])]

    def __str__(self) -> str:
        return self.text_of("title", self.source_language) or self.slug

    def is_public_on(self, day: date) -> bool:
        """As the query above has it."""
        ended = self.valid_until is not None and self.valid_until < day
        return self.live and self.organisation.live and not self.internal_only and not ended

    def clean(self) -> None:
        """A title in the source language is what every fallback rests on (wagtail.md R5)."""
        super().clean()
        if self.source_language and not written(self, "title").get(self.source_language):
            message = _("Write the title in the language that the listing is written in (%(language)s).")
            raise ValidationError(message, params={"language": self.get_source_language_display()})
