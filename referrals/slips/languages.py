"""The languages that somebody may say they speak."""

from collections.abc import Mapping

from directory.languages import MAIN, SHIPPED
from directory.models import SpokenLanguage
from directory.spoken import spoken_name

# Simple German is German.
_not_spoken = {"de-simple"}


def offered() -> Mapping[str, str]:
    """Those that some body speaks, and those of the site, by their names in the reader's language."""
    spoken = SpokenLanguage.objects.filter(listing__live=True).values_list("language", flat=True)
    codes = {*spoken.distinct(), *SHIPPED} - _not_spoken
    named = ((code, spoken_name(code)) for code in codes)
    return dict(sorted(named, key=lambda each: (each[0] != MAIN, each[1].casefold())))
