"""A new entry: three questions, and then the sections like any other."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from directory import slugs
from directory.languages import MAIN, SHIPPED, column
from directory.members.access import members_only, membership_for
from directory.models import Listing, Membership, Organisation, acting
from directory.permissions import Actor, account, belongs_to
from directory.reviewing.brakes import refuse_if_stopped
from directory.translation_state import Before, note_changes


class NewListingForm(forms.Form):
    kind = forms.ChoiceField(label=_("What is it?"), choices=Listing.Kind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("Name of the offer"), max_length=250)
    source_language = forms.ChoiceField(label=_("In which language do you write it first?"))

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages: Any = self.fields["source_language"]
        languages.choices = [(code, SHIPPED[code].name) for code, _name in settings.LANGUAGES if code in SHIPPED]
        languages.initial = next(iter(membership.writes_in), MAIN)


@transaction.atomic
def add(*, organisation: Organisation, kind: str, title: str, language: str, by: Actor) -> Listing:
    """For nobody to see before it is approved. Asked twice, as by a double click, it is made once."""
    if not belongs_to(by, organisation.pk):
        raise PermissionDenied
    refuse_if_stopped(by)
    _wait_for_others(organisation)
    if begun := _begun(organisation, kind, title, language, by):
        return begun
    made = Listing(
        organisation=organisation,
        kind=kind,
        audience=_audience(kind),
        source_language=language,
        live=False,
        has_unpublished_changes=True,
    )
    before = Before.of(made)
    setattr(made, column("title", language), title)
    note_changes(made, before, by=str(by))
    with acting(str(by)):
        slugs.insert(made, made.save, base=slugs.made_of([title, organisation.slug]))
        made.save_revision(user=account(by), clean=False)
    log(instance=made, action="wagtail.create", user=account(by))
    return made


def _audience(kind: str) -> str:
    """What most of the kind are; the section about it asks."""
    institutions = kind == Listing.Kind.TRAINING
    return Listing.Audience.INSTITUTIONS if institutions else Listing.Audience.AFFECTED


def _wait_for_others(organisation: Organisation) -> None:
    """Who begins an entry of this organisation at the same moment."""
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)


def _begun(organisation: Organisation, kind: str, title: str, language: str, by: Actor) -> Listing | None:
    """The same three answers of the same account, and nothing written since: it has the version it began with."""
    same = {"kind": kind, "source_language": language, column("title", language): title}
    mine = Listing.objects.filter(organisation=organisation, live=False, latest_revision__user=account(by), **same)
    untouched = (entry for entry in mine if entry.revisions.count() == 1 and not entry.workflow_in_progress)
    return next(untouched, None)


@members_only
def new(request: HttpRequest, slug: str) -> HttpResponse:
    membership = membership_for(request, slug)
    form = NewListingForm(request.POST or None, membership=membership)
    if request.method == "POST" and form.is_valid():
        user: Any = request.user
        made = add(
            organisation=membership.organisation,
            kind=form.cleaned_data["kind"],
            title=form.cleaned_data["title"],
            language=form.cleaned_data["source_language"],
            by=user,
        )
        return redirect("member_section", made.slug, "text")
    context = {"form": form, "organisation": membership.organisation}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "members/new.html", context, status=status)
