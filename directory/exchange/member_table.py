"""All entries of an organisation in one spreadsheet, below /konto/: down, changed, up, looked at, submitted."""

from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from directory.editing import uploads
from directory.exchange import belongings, table_jobs, table_writing
from directory.exchange.table_jobs import Job, Stage
from directory.exchange.table_lookup import Scope
from directory.exchange.table_screens import XLSX, attached, download, report
from directory.languages import MAIN
from directory.members.access import members_only, membership_for
from directory.models import Membership

BIGGEST_FILE = 2_000_000  # a house with a hundred entries is far below


class OwnTableForm(forms.Form):
    file = forms.FileField(
        label=_("The spreadsheet with your changes (.xlsx or .csv)"),
        widget=forms.FileInput(attrs={"accept": f".xlsx,.csv,{XLSX}"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > BIGGEST_FILE:
            raise ValidationError(_("This file is too big for a table of entries."))
        return file


def _owner(membership: Membership) -> str:
    return f"{membership.user_id} table {membership.organisation.slug}"


def _scope(membership: Membership) -> Scope:
    return Scope(by=membership.user, organisation=membership.organisation)


def _job(membership: Membership, token: str) -> tuple[Path, Job]:
    path = uploads.named(token, owner=_owner(membership))
    job = table_jobs.find(path) if path else None
    if path is None or job is None or job.organisation != membership.organisation_id:
        raise Http404
    return path, job


@members_only
def page(request: HttpRequest, slug: str) -> HttpResponse:
    membership = membership_for(request, slug)
    is_sent = request.method == "POST"
    form = OwnTableForm(request.POST, request.FILES) if is_sent else OwnTableForm()
    if is_sent and form.is_valid():
        token = uploads.keep(form.cleaned_data["file"].chunks(), owner=_owner(membership))
        path = uploads.named(token, owner=_owner(membership))
        if path is None:
            raise Http404
        job = Job(
            user=membership.user_id, organisation=membership.organisation_id, language=get_language() or MAIN
        )
        table_jobs.compare(path, job)
        return redirect("member_table_upload", slug, token)
    context = {"organisation": membership.organisation, "form": form, "slug": slug}
    return render(request, "directory/exchange/own_table.html", context)


@require_safe
@members_only
def table(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    if kind not in ("csv", "xlsx"):
        raise Http404
    membership = membership_for(request, slug)
    scope = _scope(membership)
    found = table_writing.head(scope, table_writing.languages_of(scope, membership.writes_in))
    name = f"{slug}-{timezone.localdate().isoformat()}"
    return download(found, table_writing.rows(scope, found), kind=kind, name=name)


@members_only
def upload(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    membership = membership_for(request, slug)
    path, job = _job(membership, token)
    if request.method == "POST":
        if job.stage in (Stage.COMPARED, Stage.OVERTAKEN) and job.result["writes"]:
            table_jobs.write(path, job, publish=False)
        return redirect("member_table_upload", slug, token)
    context = {"organisation": membership.organisation, "slug": slug, "token": token}
    return render(request, "directory/exchange/own_upload.html", {**context, "job": job, "stage": str(job.stage)})


@require_safe
@members_only
def changes(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    path, _job_of = _job(membership_for(request, slug), token)
    return report(path)


@require_safe
@members_only
def everything(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = membership_for(request, slug).organisation
    return attached(belongings.packed(organisation, staff=False), "application/zip", f"{slug}.zip")
