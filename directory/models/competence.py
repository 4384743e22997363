"""Who is responsible for what: rows over dimensions, edited as content because law and offices change."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from directory.models.change import Followed
from directory.models.codes import CodesField, WordsField
from directory.models.listing import Listing
from directory.models.translated import TranslatedRevisions

DIMENSIONS = (
    "what", "who", "life_area", "ground", "asker", "wish", "target", "time", "office", "sector",
)  # fmt: skip


class Conditions(TranslatedRevisions, Followed):
    """A conjunction: every named dimension must fit; one that is not named is unrestricted."""

    what = CodesField(_("what happened"), vocabulary="what")
    who = CodesField(_("who did it"), vocabulary="who")
    life_area = CodesField(_("life area"), vocabulary="life_areas")
    ground = CodesField(_("ground"), vocabulary="grounds")
    asker = CodesField(_("who asks"), vocabulary="asker")
    wish = CodesField(_("wish"), vocabulary="wish")
    target = CodesField(_("limited to"), vocabulary="target_groups")
    danger_now = models.BooleanField(_("danger now"), null=True, blank=True)
    time = CodesField(_("time"), vocabulary="time")
    office = CodesField(_("office"), vocabulary="office")
    sector = CodesField(_("sector"), vocabulary="sectors")
    areas = CodesField(_("inside the areas"), vocabulary="areas")
    outside_areas = CodesField(_("outside the areas"), vocabulary="areas")
    area_basis = WordsField(
        _("area means"), help_text=_("incident, residence or both, one per line; empty: either.")
    )
    unknown = WordsField(_("not settled by the sources"))
    sources = WordsField(_("sources"))
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    check_by = models.DateField(_("to be checked by"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["id"]

    def __str__(self) -> str:
        named = [field for field in DIMENSIONS if getattr(self, field)]
        return ", ".join(f"{field}: {'/'.join(getattr(self, field))}" for field in named) or "–"


class CompetenceRow(Conditions):
    class Weight(models.TextChoices):
        FULL = "", _("as it stands")
        SECONDARY = "secondary", _("after more specialised or nearer bodies")

    followed_parent = "listing"

    listing = ParentalKey(Listing, on_delete=models.CASCADE, related_name="competence_rows")
    weight = models.CharField(_("weight"), max_length=10, choices=Weight.choices, blank=True)

    class Meta(Conditions.Meta):
        verbose_name = _("responsible when")
        verbose_name_plural = _("responsible when")


class Exclusion(Conditions):
    class Strength(models.TextChoices):
        HARD = "hard", _("not responsible")
        PREFER_OTHER = "prefer_other", _("the other body comes first")
        PREFER_ALTERNATIVE = "prefer_alternative", _("the other body is shown beside it")

    followed_parent = "listing"

    listing = ParentalKey(Listing, on_delete=models.CASCADE, related_name="exclusions")
    strength = models.CharField(_("strength"), max_length=20, choices=Strength.choices)
    then_go_to = CodesField(_("then go to"), vocabulary="listings")
    reason = models.CharField(_("reason in words"), max_length=400, blank=True)

    class Meta(Conditions.Meta):
        verbose_name = _("not responsible when")
        verbose_name_plural = _("not responsible when")
