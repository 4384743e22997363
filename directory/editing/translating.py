"""The screens of translations: how far each language is, workbooks out and in, and the machine where it is on."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from directory import machine_translation as machine
from directory.editing import uploads
from directory.exchange import translations
from directory.exchange import translations_import as importing
from directory.exchange.translations_file import BIGGEST_FILE
from directory.languages import SHIPPED, direction
from directory.models import Published
from directory.permissions import may_translate
from directory.translatable import translatable_models
from directory.translation_state import State, source_language

PER_PAGE = 50
AT_ONCE = 200  # texts a click: a person and their browser wait for the service
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def models_of(user: AbstractBaseUser) -> list[type[Published]]:
    return [model for model in translatable_models() if may_translate(user, model)]


class TranslationsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(models_of(request.user))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Count:
    state: State
    label: str
    number: int


def counts(found: Mapping[State, int]) -> list[Count]:
    return [Count(state, translations.state_label(state), found.get(state, 0)) for state in State]


class Screen(WagtailAdminTemplateMixin, TemplateView):
    """For those who may translate anything, and only with the models that they may."""

    header_icon = "globe"
    page_title = _("Translations")
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.models = models_of(request.user)  # type: ignore[arg-type]
        if not self.models:
            raise PermissionDenied
        self.language = kwargs.get("language", "")
        if self.language and self.language not in dict(settings.LANGUAGES):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [
            *super().get_breadcrumbs_items(),
            {"url": reverse("translations:overview"), "label": self.page_title},
        ]
        if self.language:
            items.append({"url": self.address("language"), "label": SHIPPED[self.language].name})
        found: list[dict[str, Any]] = items
        return found

    def get_page_subtitle(self) -> str:
        return SHIPPED[self.language].name if self.language else ""

    def address(self, name: str) -> str:
        return reverse(f"translations:{name}", args=[self.language])

    def rows(self, *only: State) -> Iterator[translations.Row]:
        return translations.rows(self.language, self.models, only)


class Overview(Screen):
    template_name = "directory/editing/translations.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        languages = []
        for code, _name in settings.LANGUAGES:
            found = Counter(row.state for row in translations.rows(code, self.models))
            url = reverse("translations:language", args=[code])
            languages.append(
                {"language": SHIPPED[code], "url": url, "counts": counts(found), "all": found.total()}
            )
        labels = [translations.state_label(state) for state in State]
        to_translate = [each for each in languages if each["all"]]  # not the one in which everything is written
        return super().get_context_data(**kwargs) | {"languages": to_translate, "labels": labels}


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Filled-in spreadsheet (.xlsx)"), widget=forms.FileInput(attrs={"accept": f".xlsx,{XLSX}"})
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > BIGGEST_FILE:
            raise ValidationError(_("This file is too big for a file of translations."))
        return file


class Language(Screen):
    template_name = "directory/editing/translations_language.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = self.request.GET.get("state", "")
        found = list(self.rows())
        listed = [row for row in found if row.state == chosen] if chosen in set(State) else found
        page = Paginator(listed, PER_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "language": SHIPPED[self.language],
            "url": self.address("language"),
            "counts": counts(Counter(row.state for row in found)),
            "chosen": chosen,
            "all": len(found),
            "rows": [self.shown(row) for row in page],
            "items": page,
            "elided_page_range": page.paginator.get_elided_page_range(page.number),
            "export_url": self.address("export"),
            "import_url": self.address("import"),
            "form": kwargs.get("form") or UploadForm(),
            "machine_url": self.address("machine") if self.may_ask_machine() else "",
        }

    def may_ask_machine(self) -> bool:
        return machine.is_on() and self.language in machine.languages()

    def shown(self, row: translations.Row) -> dict[str, Any]:
        source = source_language(row.piece.entry)
        return {
            "context": row.piece.context,
            "url": AdminURLFinder(self.request.user).get_edit_url(row.piece.entry),
            "source": row.piece.source,
            "source_language": source,
            "source_direction": direction(source),
            "translation": row.piece.text(self.language),
            "state": translations.state_label(row.state),
        }


class Export(Screen):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        only = [State(name) for name in request.GET.getlist("only") if name in set(State)]
        file = BytesIO()
        translations.write(file, self.language, self.rows(*only))
        name = f"translations-{self.language}.xlsx"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return HttpResponse(file.getvalue(), content_type=XLSX, headers=headers)


class Import(Language):
    """Shows what a file would change; it comes with the file, and leads to the confirmation."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form, **kwargs))
        token = uploads.keep(form.cleaned_data["file"].chunks(), owner=self.owner())
        path = uploads.find(token, owner=self.owner())
        if path is None:
            raise Http404
        return self.preview(path, token)

    def owner(self) -> str:
        return f"{self.request.user.pk} {self.language}"

    def preview(self, path: Path, token: str) -> HttpResponse:
        plan = importing.plan(path, language=self.language, by=self.request.user)  # type: ignore[arg-type]
        if plan.problems:
            path.unlink(missing_ok=True)
        self.template_name = "directory/editing/translations_preview.html"
        context = super(Language, self).get_context_data() | {
            "problems": plan.problems[:PER_PAGE],
            "more_problems": max(0, len(plan.problems) - PER_PAGE),
            "lines": list(importing.lines(plan)),
            "writes": plan.writes,
            "token": token,
            "url": self.address("language"),
            "confirm_url": self.address("confirm"),
        }
        return self.render_to_response(context)


class Confirm(Import):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        token = request.POST.get("token", "")
        path = uploads.find(token, owner=self.owner())
        if path is None:
            messages.error(request, gettext("The file is not here any more. Upload it once more."))
            return redirect(self.address("language"))
        plan = importing.plan(path, language=self.language, by=request.user)  # type: ignore[arg-type]
        if plan.problems:  # the entries have changed since the preview
            return self.preview(path, token)
        outcome = importing.carry_out(plan, by=request.user)  # type: ignore[arg-type]
        path.unlink(missing_ok=True)
        written = ngettext("%(count)d text written.", "%(count)d texts written.", plan.writes) % {
            "count": plan.writes
        }
        messages.success(request, " ".join((written, f"{', '.join(importing.told(outcome))}.")))
        return redirect(self.address("language"))


class Machine(Screen):
    template_name = "directory/editing/translations_machine.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not machine.is_on() or kwargs["language"] not in machine.languages():
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def service(self) -> str:
        try:
            return machine.translator().name
        except machine.TranslatorError as error:
            messages.error(self.request, str(error))
            return "?"

    def wanted(self) -> list[Any]:
        return [piece for model in self.models for piece in machine.missing(model, self.language)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        number = len(self.wanted())
        return super().get_context_data(**kwargs) | {
            "number": number,
            "at_once": min(number, AT_ONCE),
            "service": self.service(),
            "url": self.address("language"),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wanted = self.wanted()[:AT_ONCE]
        result = machine.translate_missing(wanted=wanted, language=self.language, by=request.user)  # type: ignore[arg-type]
        tell(request, result)
        return redirect(self.address("language"))


def tell(request: HttpRequest, result: machine.Result) -> None:
    words = ngettext(
        "%(count)d text translated by machine. Readers are told so until somebody checks it.",
        "%(count)d texts translated by machine. Readers are told so until somebody checks them.",
        result.texts,
    )
    messages.success(request, " ".join((words % {"count": result.texts}, *importing.told(result.outcome))))
    if result.refused:
        words = ngettext(
            "%(count)d answer of the service was refused, as %(first)s",
            "%(count)d answers of the service were refused, as %(first)s",
            len(result.refused),
        )
        messages.warning(request, words % {"count": len(result.refused), "first": result.refused[0]})
    if result.error:
        messages.error(request, result.error)
