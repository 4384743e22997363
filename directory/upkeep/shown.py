"""An entry as the organisation sees it that is asked about it: whatever is public, the contacts first."""

from dataclasses import dataclass

from django.utils.timezone import localtime

from directory.cards import Card, card
from directory.details import Details, details
from directory.models import Listing, Organisation
from directory.showing import DETAIL_ROWS, with_rows
from directory.upkeep.asking import entries_of


@dataclass(frozen=True)
class Shown:
    card: Card
    details: Details


def shown(organisation: Organisation) -> list[Shown]:
    at = localtime()
    found: list[Listing] = with_rows(entries_of(organisation), *DETAIL_ROWS)
    return [Shown(card(each, at=at), details(each, at=at)) for each in found]
