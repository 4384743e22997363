"""Staff's screens of the table of entries: down, up, what would change, and written."""

import io
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from directory.editing import uploads
from directory.exchange import belongings, table_jobs, table_writing
from directory.exchange.table_file import BIGGEST_FILE
from directory.exchange.table_jobs import Job
from directory.exchange.table_lookup import Scope
from directory.exchange.table_writing import Head
from directory.languages import MAIN
from directory.models import Organisation

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


def may_exchange(user: Any) -> bool:
    return bool(user.has_perms(("directory.add_listing", "directory.change_listing")))


class ExchangeMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_exchange(request.user)


class TableForm(forms.Form):
    file = forms.FileField(
        label=_("Filled-in table (.xlsx or .csv)"), widget=forms.FileInput(attrs={"accept": f".xlsx,.csv,{XLSX}"})
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > BIGGEST_FILE:
            raise ValidationError(_("This file is too big for a table of entries."))
        return file


def download(found: Head, entries: Any, *, kind: str, name: str) -> HttpResponse:
    """Never kept by a browser: drafts and notes stand in it."""
    if kind == "csv":
        text = io.StringIO(newline="")
        table_writing.write_csv(text, found, entries)
        content, media = text.getvalue().encode(), CSV
    else:
        file = io.BytesIO()
        table_writing.write_xlsx(file, found, entries)
        content, media = file.getvalue(), XLSX
    return attached(content, media, f"{name}.{kind}")


def attached(content: bytes, media: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=media, headers=headers)


def report(path: Path) -> HttpResponse:
    try:
        content = table_jobs.report_of(path).read_bytes()
    except FileNotFoundError as problem:
        raise Http404 from problem
    return attached(content, CSV, "changes.csv")


class Screen(WagtailAdminTemplateMixin, TemplateView):
    header_icon = "table"
    page_title = _("Import and export")
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_exchange(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def user(self) -> AbstractBaseUser:
        return self.request.user  # type: ignore[return-value]

    @property
    def owner(self) -> str:
        return f"{self.user.pk} table"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        start = {"url": reverse("exchange:overview"), "label": self.page_title}
        found: list[dict[str, Any]] = [*super().get_breadcrumbs_items(), start]
        return found


class Overview(Screen):
    template_name = "directory/exchange/overview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "form": kwargs.get("form") or TableForm()}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = TableForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        token = uploads.keep(form.cleaned_data["file"].chunks(), owner=self.owner)
        path = uploads.find(token, owner=self.owner)
        if path is None:
            raise Http404
        table_jobs.compare(path, Job(user=self.user.pk, language=get_language() or MAIN))
        return redirect("exchange:upload", token)


class Download(Screen):
    """The table of all entries, or one without entries to begin with."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if kwargs["what"] not in ("entries", "template") or kwargs["kind"] not in ("csv", "xlsx"):
            raise Http404
        scope = Scope(by=self.user)
        enabled = [code for code, _name in settings.LANGUAGES]
        found = table_writing.head(scope, table_writing.languages_of(scope, enabled))
        entries = table_writing.rows(scope, found) if kwargs["what"] == "entries" else ()
        return download(found, entries, kind=kwargs["kind"], name=kwargs["what"])


class Upload(Screen):
    """One import: how far it is, what would change, what was written."""

    template_name = "directory/exchange/upload.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_exchange(request.user):
            raise PermissionDenied
        self.token = kwargs["token"]
        path = uploads.named(self.token, owner=f"{request.user.pk} table")
        job = table_jobs.find(path) if path else None
        if path is None or job is None:
            return redirect("exchange:overview")
        self.path, self.job = path, job
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_publish = Scope(by=self.user).may_publish
        context = {"job": self.job, "stage": str(self.job.stage), "token": self.token, "may_publish": may_publish}
        return {**super().get_context_data(**kwargs), **context}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.job.stage in (table_jobs.Stage.COMPARED, table_jobs.Stage.OVERTAKEN) and self.job.result["writes"]:
            table_jobs.write(self.path, self.job, publish="publish" in request.POST)
        return redirect("exchange:upload", self.token)


class Report(Upload):
    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return report(self.path)


class Belongings(Screen):
    """Everything that one organisation owns, for whoever asks for it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.user.has_perm("directory.change_organisation"):  # type: ignore[attr-defined]
            raise PermissionDenied
        organisation = get_object_or_404(Organisation, slug=kwargs["slug"])
        content = belongings.packed(organisation, staff=True)
        return attached(content, "application/zip", f"{organisation.slug}.zip")
