"""What is new: listings that came, changed or went in the last days, as far as the public saw them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import groupby

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directory.languages import SHIPPED, column
from directory.models import Change, Listing
from directory.showing import public_listings
from directory.text import Text, translated

DAYS = 30
SHOWN_AT_MOST = 200


class Kind(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    GONE = "gone"


WORDS: Mapping[Kind, str | Promise] = {
    Kind.ADDED: _("New"),
    Kind.CHANGED: _("Changed"),
    Kind.GONE: _("No longer here"),
}

# What of an entry's fields is told. Whatever is not named here, as notes among colleagues, stays in the log.
_FACTS: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (_("name"), ("title", "aliases", "organisation")),
    (_("description"), ("helps_with", "description", "what_happens")),
    (_("contact"), ("contacts",)),
    (_("opening hours"), ("opening_hours", "opening_hours_note")),
    (_("places"), ("places",)),
    (_("languages"), ("languages", "languages_note", "interpreter", "interpreter_booked_by")),
    (_("waiting time"), ("capacity", "waiting_weeks")),
    (_("responsibility"), ("competence_rows", "exclusions", "role", "belongs_to", "belongs_to_area")),
    (_("area"), ("areas_served", "area_note")),
    (_("whom it is for"), ("audience", "target_groups", "space_for", "target_role")),
    (_("subjects"), ("topics", "life_areas", "kinds_of_help", "grounds", "ground_sets", "sectors")),
    (_("cost"), ("cost", "cost_note", "price")),
    (_("anonymity"), ("anonymous", "confidential")),
    (_("accessibility"), ("access_features",)),
    (_("way of meeting"), ("modes", "formats", "in_house")),
    (_("dates"), ("dates", "duration", "valid_until")),
    (_("training"), ("level", "group_size", "obligation", "accreditation", "education_stages", "intersectional")),
    (_("seals and prizes"), ("awards",)),
    (_("confirmed by the organisation"), ("last_confirmed_on",)),
)  # fmt: skip


@dataclass(frozen=True)
class News:
    at: datetime
    kind: Kind
    slug: str
    title: Text
    facts: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        return str(WORDS[self.kind])

    @property
    def has_page(self) -> bool:
        return self.kind is not Kind.GONE

    @property
    def is_new(self) -> bool:
        return self.kind is Kind.ADDED


def by_day(days: int = DAYS) -> list[tuple[date, list[News]]]:
    return [(day, list(found)) for day, found in groupby(news(days), lambda each: timezone.localdate(each.at))]


def news(days: int = DAYS) -> list[News]:
    """Newest first, each listing once."""
    since = timezone.now() - timedelta(days=days)
    found = [*_here(since), *_gone(since)]
    return sorted(found, key=lambda each: (each.at, each.slug), reverse=True)[:SHOWN_AT_MOST]


def _here(since: datetime) -> Iterator[News]:
    changes = _changes(since)
    listings = {str(listing.pk): listing for listing in public_listings().filter(pk__in=changes)}
    for key, listing in listings.items():
        rows, title = changes[key], translated(listing, "title")
        updates = [row for row in rows if row.action == Change.Action.UPDATE and told(row.summary.split())]
        first = listing.first_published_at or _made(rows)
        if first and first >= since:
            yield News(first, Kind.ADDED, listing.slug, title)
        elif updates:
            facts = told(name for row in updates for name in row.summary.split())
            yield News(max(row.at for row in updates), Kind.CHANGED, listing.slug, title, facts)


def _made(rows: Iterable[Change]) -> datetime | None:
    """For what a program wrote, which publishes nothing."""
    return next((row.at for row in rows if row.action == Change.Action.CREATE), None)


def _changes(since: datetime) -> dict[str, list[Change]]:
    found: dict[str, list[Change]] = {}
    for row in _log().filter(at__gte=since):
        found.setdefault(row.object_id, []).append(row)
    return found


def _log() -> QuerySet[Change]:
    """Without drafts: what nobody has published is nobody's news."""
    return Change.of_public().filter(model=Listing._meta.label_lower)


def told(names: Iterable[str]) -> tuple[str, ...]:
    """The changed fields in words, those that the public sees."""
    changed = set(names)
    return tuple(str(words) for words, fields in _FACTS if changed & _columns(fields))


def _columns(fields: Iterable[str]) -> set[str]:
    return {name for field in fields for name in (field, *(column(field, code) for code in SHIPPED))}


def _gone(since: datetime) -> Iterator[News]:
    """Taken off the site, or past its last day. Nobody is told of what was internal, or is deleted: of that no
    row says any more whether the public has ever seen it.
    """
    today = timezone.localdate()
    published = Listing.objects.filter(internal_only=False, first_published_at__isnull=False)
    ended = Q(live=True, organisation__live=True, valid_until__gte=since.date(), valid_until__lt=today)
    for listing in published.filter(ended):
        day = datetime.combine(listing.valid_until + timedelta(days=1), time(), timezone.get_current_timezone())
        yield _went(listing, day)
    last = {row.object_id: row.at for row in _log().order_by("id").only("object_id", "at") if row.at >= since}
    for listing in published.filter(live=False, pk__in=last):
        yield _went(listing, last[str(listing.pk)])


def _went(listing: Listing, at: datetime) -> News:
    return News(at, Kind.GONE, listing.slug, translated(listing, "title"))
