"""Child rows of a listing: how to reach it, in which languages, where and when."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from directory.models.change import Followed
from directory.models.contact import Contact, LocatedAt
from directory.models.listing import Listing
from directory.models.translated import TranslatedRevisions


class ContactPoint(Contact):
    followed_parent = "listing"

    listing = ParentalKey(Listing, on_delete=models.CASCADE, related_name="contacts")


class Place(LocatedAt):
    """Where the offer takes place: not the areas that it serves."""

    followed_parent = "listing"

    listing = ParentalKey(Listing, on_delete=models.CASCADE, related_name="places")


class SpokenLanguage(TranslatedRevisions, Followed):
    followed_parent = "listing"

    listing = ParentalKey(Listing, on_delete=models.CASCADE, related_name="languages")
    language = models.CharField(
        _("language"), max_length=20, help_text=_("BCP 47 code: tr, ar, prs; dgs for German Sign Language.")
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    times = models.CharField(_("when"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("spoken language")
        verbose_name_plural = _("spoken languages")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["listing", "language"], name="language_once_per_listing")]

    def __str__(self) -> str:
        return self.language


class EventDate(TranslatedRevisions, Followed):
    followed_parent = "listing"

    listing = ParentalKey(Listing, on_delete=models.CASCADE, related_name="dates")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    recurrence = models.CharField(
        _("recurrence"), max_length=200, blank=True, help_text=_("RRULE as in iCalendar (RFC 5545).")
    )
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("date")
        verbose_name_plural = _("dates")
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at=None) | models.Q(ends_at__gte=models.F("starts_at")),
                name="date_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"
