"""What the page shows beneath its form: the referral in short, one body looked up, and all of it as text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import translation
from django.utils.timezone import localtime

from directory.details import ContactLine
from directory.languages import MAIN, SHIPPED, direction
from directory.vocabulary import area_tree, home_area
from referrals import queries
from referrals.bodies import Referral
from referrals.engine import refer
from referrals.presentation import present
from referrals.professionals import fields
from referrals.professionals.fields import Stated
from referrals.professionals.lookup import LookedUp, look_up
from referrals.professionals.plain_text import as_text
from referrals.professionals.rows import Row, rows
from referrals.showing import Result, result


@dataclass(frozen=True)
class Copy:
    """The referral as plain text, in the language of whoever is to read it."""

    lang: str
    dir: str
    text: str

    @property
    def name(self) -> str:
        return SHIPPED[self.lang].name


@dataclass(frozen=True)
class Outcome:
    rows: tuple[Row, ...]
    result: Result
    copies: tuple[Copy, ...]
    looked_up: LookedUp | None

    @property
    def slugs(self) -> set[str]:
        """Of all bodies on the page."""
        return {row.advice.card.slug for row in self.rows} | ({self.looked_up.slug} if self.looked_up else set())

    def with_contacts(self, known: Mapping[str, tuple[ContactLine, ...]]) -> "Outcome":
        told = tuple(replace(row, contacts=known.get(row.advice.card.slug, ())) for row in self.rows)
        one = self.looked_up
        return replace(self, rows=told, looked_up=replace(one, contacts=known.get(one.slug, ())) if one else None)


def outcome(stated: Stated) -> Outcome:
    at, bodies = localtime(), queries.bodies()
    facts = fields.facts(stated, queries.guide())
    referral = refer(facts, bodies, queries.rules(), area_tree(), home_area())
    found = result(referral, present(referral, bodies), at=at)
    return Outcome(
        rows=rows(found),
        result=found,
        copies=tuple(_copies(stated, referral, found, at)),
        looked_up=look_up(stated.one(fields.BODY), referral, bodies, at=at, in_general=not stated.is_situation),
    )


def _copies(stated: Stated, referral: Referral, found: Result, at: datetime) -> Iterator[Copy]:
    """In the reader's language, and in the one chosen for the person."""
    own, theirs = translation.get_language() or MAIN, stated.one(fields.TEXT)
    yield Copy(own, direction(own), as_text(stated, rows(found), found))
    if theirs and theirs != own:
        with translation.override(theirs):
            again = result(referral, present(referral, queries.bodies()), at=at)
            yield Copy(theirs, direction(theirs), as_text(stated, rows(again), again))
