"""Spoken languages as one list of boxes; what else is known of a language stays with it."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.models import Listing, SpokenLanguage
from directory.spoken import spoken_name

# Those that counsellors of the demo data speak, and the most frequent ones of newcomers.
OFFERED = (
    *("de", "en", "tr", "ar", "uk", "ru", "pl", "fa", "prs", "ku", "fr", "es", "it", "pt", "el", "ro", "bg"),
    *("sq", "sr", "hr", "bs", "mk", "rom", "ti", "am", "so", "ps", "ur", "hi", "vi", "zh", "dgs", "de-simple"),
)


def spoken(listing: Listing) -> list[str]:
    return [row.language for row in listing.languages.all()]


class SpokenField(forms.MultipleChoiceField):
    def __init__(self, listing: Listing) -> None:
        own = spoken(listing)
        codes = sorted({*OFFERED, *own}, key=lambda code: spoken_name(code).casefold())
        super().__init__(
            label=_("Which languages do you speak?"),
            choices=[(code, spoken_name(code)) for code in codes],
            initial=own,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )


def put_spoken(listing: Listing, codes: Collection[str]) -> None:
    """Into the draft: rows of languages that stay keep their notes and times."""
    rows: Any = listing.languages
    gone = [row for row in rows.all() if row.language not in codes]
    rows.remove(*gone)
    known = set(spoken(listing))
    rows.add(*(SpokenLanguage(language=code) for code in codes if code not in known))
