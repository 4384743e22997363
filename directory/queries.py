"""What staff look for among entries: each condition once, for the lists' filters and for the start page's counts.

They speak of what is stored and public; of a draft that waits they only say that it waits.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, Model, OuterRef, Q
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import Revision, WorkflowState

from directory.following import Kept, Keys
from directory.languages import column
from directory.models import (
    CompetenceRow,
    Contact,
    ContactPoint,
    Exclusion,
    Listing,
    OrganisationContact,
    translated_fields,
)
from directory.translation_state import State, state
from directory.vocabulary import area_tree

SOON = timedelta(days=60)
OLD = timedelta(days=180)

Condition = Callable[[Any], Q]  # the model of the list → what its rows must fulfil


def _today() -> date:
    return timezone.localdate()


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.max))


def _has(model: type[Model], field: str) -> bool:
    return any(each.name == field for each in model._meta.concrete_fields)


def _generic(rows: Any, model: type[Model], type_field: str, **wanted: Any) -> Q:
    """Rows that point at entries by type and key. PostgreSQL does not join text with numbers (Django #16055)."""
    of_model = {type_field: ContentType.objects.get_for_model(model)}
    own_key = Cast(OuterRef("pk"), CharField(max_length=255))
    return Q(Exists(rows.filter(**of_model, **wanted).filter(object_id=own_key)))


# --- published or not -----------------------------------------------------------------------------------------


def _live(model: type[Model]) -> Q:
    return Q(live=True)


def _never_published(model: type[Model]) -> Q:
    return Q(live=False, first_published_at=None)


def _taken_off(model: type[Model]) -> Q:
    return Q(live=False, first_published_at__isnull=False)


def _changed(model: type[Model]) -> Q:
    return Q(live=True, has_unpublished_changes=True)


def _scheduled(model: type[Model]) -> Q:
    return _generic(Revision.objects, model, "content_type", approved_go_live_at__isnull=False)


def _expired(model: type[Model]) -> Q:
    past = Q(valid_until__lt=_today()) if _has(model, "valid_until") else Q(pk__in=[])
    return past | Q(expired=True)


def _expires_soon(model: type[Model]) -> Q:
    """Either by its own date, or because somebody planned to take it off."""
    today, last = _today(), _today() + SOON
    planned = Q(live=True, expire_at__gte=timezone.now(), expire_at__lte=_end_of(last))
    return planned | (Q(valid_until__range=(today, last)) if _has(model, "valid_until") else Q(pk__in=[]))


def _in_review(model: type[Model]) -> Q:
    waiting = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    return _generic(waiting, model, "base_content_type")


def _sent_back(model: type[Model]) -> Q:
    """A reviewer asked for changes; submitting again or publishing ends it."""
    returned = WorkflowState.objects.filter(status=WorkflowState.STATUS_NEEDS_CHANGES)
    return _generic(returned, model, "base_content_type")


# --- still right? ---------------------------------------------------------------------------------------------


def _never_confirmed(model: type[Model]) -> Q:
    return Q(last_confirmed_on=None)


def _confirmed_long_ago(model: type[Model]) -> Q:
    return Q(last_confirmed_on__lt=_today() - OLD)


def _unconfirmed(model: type[Model]) -> Q:
    return _never_confirmed(model) | _confirmed_long_ago(model)


def _without_contact(model: type[Model]) -> Q:
    """As the cards have it: a listing's own public contacts, and the organisation's website."""
    contacts: Any = ContactPoint.objects.filter(audience=Contact.Audience.PUBLIC)
    if model is Listing:
        return Q(organisation__website="") & ~Q(Exists(contacts.filter(listing=OuterRef("pk"))))
    own: Any = OrganisationContact.objects.filter(audience=Contact.Audience.PUBLIC, organisation=OuterRef("pk"))
    of_listings = contacts.filter(listing__organisation=OuterRef("pk"), listing__live=True)
    return Q(website="") & ~Q(Exists(own)) & ~Q(Exists(of_listings))


def _rules_overdue(model: type[Model]) -> Q:
    late = {"listing": OuterRef("pk"), "check_by__lt": _today()}
    rows: tuple[Any, ...] = (CompetenceRow.objects, Exclusion.objects)
    return Q(Exists(rows[0].filter(**late))) | Q(Exists(rows[1].filter(**late)))


def _itself_overdue(model: type[Model]) -> Q:
    return Q(check_by__lt=_today())


CONDITIONS: Mapping[str, Mapping[str, Condition]] = {
    "state": {
        "live": _live,
        "changed": _changed,
        "draft": _never_published,
        "scheduled": _scheduled,
        "off": _taken_off,
        "expired": _expired,
    },
    "review": {"waiting": _in_review, "sent_back": _sent_back},
    "expires": {"soon": _expires_soon},
    "confirmed": {"due": _unconfirmed, "never": _never_confirmed, "long-ago": _confirmed_long_ago},
    "contact": {"none": _without_contact},
    "rules": {"overdue": _rules_overdue},
    "checked": {"overdue": _itself_overdue},
    "needs_check": {"true": lambda model: Q(needs_check=True)},
}


def condition(model: type[Model], name: str, value: str) -> Q:
    if name == "translation":
        return translated_as(model, value)
    return CONDITIONS[name][value](model)


def all_of(model: type[Model], wanted: Mapping[str, str]) -> Q:
    """Several filters of a list together."""
    found = Q()
    for name, value in wanted.items():
        found &= condition(model, name, value)
    return found


# --- translations ---------------------------------------------------------------------------------------------

OPEN = (State.MISSING, State.OUTDATED, State.MACHINE)
Standing = tuple[bool, Mapping[str, State]]  # live; what is open in which language
_standings: dict[tuple[type[Model], tuple[str, ...]], Kept[Standing]] = {}


def standings(model: type[Model]) -> Mapping[int, Standing]:
    """How far the translations of every entry are; told in Python, as SQLite reads no JSON alike."""
    languages = tuple(code for code, _name in settings.LANGUAGES)
    if (model, languages) not in _standings:
        _standings[model, languages] = Kept(model, lambda keys: _standing_of(model, languages, keys))
    return _standings[model, languages].get()


def _standing_of(model: type[Any], languages: tuple[str, ...], keys: Keys) -> dict[int, Standing]:
    rows = model.objects.all() if keys is None else model.objects.filter(pk__in=keys)
    has_source = _has(model, "source_language")
    sources = set(rows.order_by().values_list("source_language", flat=True).distinct()) if has_source else set()
    read = {column(name, code) for name in translated_fields(model) for code in {*languages, *sources}}
    entries = rows.only("live", "translation_state", *(["source_language"] if has_source else []), *read)
    return {
        entry.pk: (
            entry.live,
            {code: found for code in languages if (found := state(entry, code)) in OPEN},
        )
        for entry in entries.order_by().iterator()
    }


def open_translations(model: type[Model]) -> Mapping[str, int]:
    """Of the public entries: how many stand how in which language, as `tr-missing`."""
    counts: dict[str, int] = {}
    for live, found in standings(model).values():
        for code, how in found.items() if live else ():
            counts[f"{code}-{how}"] = counts.get(f"{code}-{how}", 0) + 1
    return counts


def translated_as(model: type[Model], value: str) -> Q:
    code, _dash, how = value.rpartition("-")
    return Q(pk__in=[key for key, (_live, found) in standings(model).items() if found.get(code) == how])


# --- areas ----------------------------------------------------------------------------------------------------


def serves(area: str) -> Q:
    """Listings that serve the area, whole or as a part of a larger one. SQLite cannot look into lists."""
    wanted = set(area_tree().ancestors(area)) or {area}
    rows = Listing.objects.values_list("pk", "areas_served")
    return Q(pk__in=[key for key, areas in rows if wanted.intersection(areas)])
