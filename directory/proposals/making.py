"""What staff have accepted becomes a draft: nobody sees it before it is complete and published like any other."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from wagtail.log_actions import log

from directory import slugs
from directory.languages import MAIN, SHIPPED, column
from directory.models import (
    Contact,
    ContactPoint,
    Listing,
    Organisation,
    OrganisationContact,
    Proposal,
    acting,
)
from directory.proposals.forms import CONTACTS
from directory.translation_state import Before, note_changes

SOURCE = "proposal"


@transaction.atomic
def organisation(proposal: Proposal, by: AbstractBaseUser) -> Organisation:
    told = proposal.fields
    made = Organisation(live=False, website=_website(told))
    _write(made, by, told, name=told.get("name", ""), description=told.get("does", ""))
    for kind, value in _contacts(told):
        if kind != Contact.Kind.WEBSITE:
            OrganisationContact(organisation=made, kind=kind, value=value, source=SOURCE).save()
    found: Organisation = Organisation.objects.get(pk=_saved_as_draft(made, by))
    return found


@transaction.atomic
def listing(proposal: Proposal, of: Organisation, by: AbstractBaseUser) -> Listing:
    told = proposal.fields
    made = Listing(
        organisation=of,
        kind=told.get("kind", Listing.Kind.OFFER),
        audience=told.get("audience", Listing.Audience.BOTH),
        source_language=_language(told),
        area_note=told.get("place", ""),
        languages_note=told.get("languages", ""),
        live=False,
    )
    _write(made, by, told, **{name: told.get(name, "") for name in ("title", "helps_with", "description")})
    for kind, value in _contacts(told):
        ContactPoint(listing=made, kind=kind, value=value, source=SOURCE).save()
    found: Listing = Listing.objects.get(pk=_saved_as_draft(made, by))
    return found


def slug_base(model: type[Any], name: str) -> str:
    """A name in other letters gets the kind of the entry instead."""
    return slugs.made_of([name]) or str(model._meta.model_name)


def _write(entry: Any, by: AbstractBaseUser, told: Mapping[str, Any], **texts: str) -> None:
    named = next(iter(texts.values()))
    before = Before.of(entry)
    for field, text in texts.items():
        setattr(entry, column(field, _language(told)), text)
    note_changes(entry, before, by=str(by))
    with acting(by):
        slugs.insert(entry, entry.save, base=slug_base(type(entry), named))


def _saved_as_draft(entry: Any, by: AbstractBaseUser) -> int:
    found = type(entry).objects.get(pk=entry.pk)  # with the rows that were written beside it
    with acting(by):
        found.save_revision(user=by, clean=False)
    log(instance=found, action="wagtail.create", user=by)
    return int(entry.pk)


def _language(told: Mapping[str, Any]) -> str:
    wanted = str(told.get("language", ""))
    return wanted if wanted in SHIPPED else MAIN


def _website(told: Mapping[str, Any]) -> str:
    return str(told.get("website", ""))


def _contacts(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(kind, str(told[name])) for name, kind in CONTACTS.items() if told.get(name)]
