"""In which languages somebody writes: those that they have chosen, and the one the entry is written in."""

from django.conf import settings

from directory.models import Listing, Membership
from directory.translation_state import source_language


def writing_languages(membership: Membership, listing: Listing) -> tuple[str, ...]:
    """The source first: it is what every other text is translated from."""
    offered = dict(settings.LANGUAGES)
    chosen = (code for code in offered if code in membership.writes_in)
    return tuple(dict.fromkeys((source_language(listing), *chosen)))
