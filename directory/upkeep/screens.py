"""The staff's screen of upkeep: who is to be asked, who was, who does not answer, and what did not get out."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from directory import mailing
from directory.editing import desk
from directory.editing.freshness import Strip, strip
from directory.models import Listing, Organisation, UnsentMail, Upkeep
from directory.reviewing.brakes import is_frozen
from directory.upkeep import asking
from directory.upkeep.addresses import addresses
from directory.upkeep.due import Standing, Step, standings
from directory.vocabulary import configuration

WRITING = frozenset({"add", "publish"})  # who only reads or translates writes to nobody
ON_A_PAGE = 50

SHOWN: dict[str, tuple[Any, tuple[Step, ...]]] = {
    "silent": (gettext_lazy("No answer: you decide"), (Step.SILENT,)),
    "due": (gettext_lazy("To be asked"), (Step.ASK, Step.REMIND)),
    "asked": (gettext_lazy("Asked"), (Step.ASKED, Step.REMINDED, Step.ANSWERED)),
    "fresh": (gettext_lazy("Confirmed"), (Step.FRESH,)),
    "not_asked": (gettext_lazy("Not asked by mail"), (Step.NOT_ASKED,)),
}
MAILS = {
    asking.ASK: gettext_lazy("Question whether the entries are still right"),
    asking.REMIND: gettext_lazy("Reminder"),
    asking.AGAIN: gettext_lazy("New links that somebody asked for"),
}


def may_keep_up(user: Any) -> bool:
    return bool(policy_registry.get_by_type(Listing).user_has_any_permission(user, WRITING))


class Permitted:
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_keep_up(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class Screen(Permitted, WagtailAdminTemplateMixin):
    request: HttpRequest
    header_icon = "time"
    page_title = gettext_lazy("Upkeep")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        own = {"url": reverse("upkeep:index"), "label": gettext_lazy("Upkeep")}
        return [*super().get_breadcrumbs_items(), own]


@dataclass(frozen=True)
class Row:
    standing: Standing
    address: str
    entries_url: str

    @property
    def can_be_written_to(self) -> bool:
        return bool(self.address) and self.standing.step not in (Step.FRESH, Step.NOT_ASKED)

    @property
    def is_silent(self) -> bool:
        return self.standing.step is Step.SILENT

    @property
    def call_url(self) -> str:
        """The call sheet, where a mail does not help."""
        helps = self.address and not self.is_silent
        sheet = reverse("collecting:call", args=[self.standing.organisation.pk])
        return "" if helps else f"{sheet}?list=due"

    @property
    def said(self) -> str:
        upkeep = self.standing.upkeep
        day = {
            Step.ASKED: upkeep.asked_on,
            Step.REMIND: upkeep.asked_on,
            Step.REMINDED: upkeep.reminded_on,
            Step.SILENT: upkeep.reminded_on,
            Step.ANSWERED: upkeep.answered_on,
            Step.FRESH: self.standing.due_on,
        }.get(self.standing.step)
        return str(SAID[self.standing.step]) % {"date": date_format(day, "SHORT_DATE_FORMAT") if day else ""}


SAID: dict[Step, Any] = {
    Step.NOT_ASKED: gettext_lazy("is not asked by mail"),
    Step.FRESH: gettext_lazy("is asked again on %(date)s"),
    Step.ASK: gettext_lazy("is to be asked"),
    Step.ASKED: gettext_lazy("asked on %(date)s"),
    Step.REMIND: gettext_lazy("asked on %(date)s, is to be reminded"),
    Step.REMINDED: gettext_lazy("reminded on %(date)s"),
    Step.SILENT: gettext_lazy("reminded on %(date)s, no answer"),
    Step.ANSWERED: gettext_lazy("answered on %(date)s, not confirmed yet"),
}


def rows(found: list[Standing]) -> Iterator[Row]:
    known = addresses([each.organisation.pk for each in found])
    entries = reverse(Listing.snippet_viewset.get_url_name("list"))
    for each in found:
        of_organisation = urlencode({"state": "live", "organisation": each.organisation.pk})
        to = next(iter(known[each.organisation.pk]), "")
        yield Row(each, to, f"{entries}?{of_organisation}")


def why_not() -> str:
    """Why nobody is written to; empty where nothing is in the way."""
    if configuration().demo:
        return _("These are demo data about bodies that exist: nobody is written to.")
    if not mailing.can_be_sent():
        return _("No mail server is set up yet: nobody is written to.")
    return _("Entries are frozen, so nobody is written to.") if is_frozen() else ""


class Index(Screen, TemplateView):
    template_name = "directory/upkeep/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = standings(timezone.localdate())
        counted = Counter(name for each in found for name, (_words, steps) in SHOWN.items() if each.step in steps)
        chosen = self.request.GET.get("show", "")
        if chosen not in SHOWN:
            chosen = next((name for name in SHOWN if counted[name]), "due")
        wanted = [each for each in found if each.step in SHOWN[chosen][1]]
        shown = Paginator(wanted, ON_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(**kwargs) | {
            "tabs": [(name, words, counted[name]) for name, (words, _steps) in SHOWN.items()],
            "chosen": chosen,
            "page": shown,
            "rows": list(rows(list(shown.object_list))),
            "why_not": why_not(),
            "unsent": [(each, MAILS.get(each.template, each.template)) for each in UnsentMail.objects.all()],
            "strip": _strip(self.request.user),
        }


def _strip(user: Any) -> Strip | None:
    return strip(desk.visible(user, Listing))


class Ask(Permitted, View):
    """Now, whatever the schedule says. Who has not answered is asked from the beginning."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, organisation: int) -> HttpResponse:
        found = get_object_or_404(Organisation, pk=organisation)
        today = timezone.localdate()
        standing = next(iter(standings(today, only=[found.pk])), None)
        to = next(iter(addresses([found.pk])[found.pk]), "")
        if standing is None or not to or why_not():
            messages.error(request, why_not() or _("There is no address to write to."))
            return redirect("upkeep:index")
        verb = asking.remind if standing.step is Step.REMIND else asking.ask
        if verb(found, to=to, today=today):
            messages.success(request, _("A mail has gone to %(address)s.") % {"address": to})
        else:
            messages.error(request, _("The mail server took no mail. It stands on the list below."))
        return redirect("upkeep:index")


class Seen(Permitted, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, mail: int) -> HttpResponse:
        UnsentMail.objects.filter(pk=mail).delete()  # it may have got out meanwhile
        return redirect("upkeep:index")


class UpkeepForm(forms.ModelForm):  # type: ignore[type-arg]
    every_months = forms.TypedChoiceField(
        label=gettext_lazy("Asked by mail"),
        coerce=int,
        choices=[
            (0, gettext_lazy("never: we look after these entries ourselves")),
            (1, gettext_lazy("every month")),
            (3, gettext_lazy("every 3 months")),
            (6, gettext_lazy("every 6 months")),
            (12, gettext_lazy("once a year")),
        ],
    )

    class Meta:
        model = Upkeep
        fields = ["email", "language", "every_months"]
        labels = {"language": gettext_lazy("Language of the mails")}
        help_texts = {
            "email": gettext_lazy(
                "A role’s address (info@ …) outlives a person’s. Empty: a public one of the organisation."
            ),
            "language": gettext_lazy("German comes first in every mail; this language stands below it."),
        }


class Settings(Screen, FormView):  # type: ignore[type-arg]
    template_name = "directory/upkeep/settings.html"
    form_class = UpkeepForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.organisation = get_object_or_404(Organisation, pk=kwargs["organisation"])

    def get_form_kwargs(self) -> dict[str, Any]:
        own = Upkeep.objects.filter(organisation=self.organisation).first()
        return super().get_form_kwargs() | {"instance": own or Upkeep(organisation=self.organisation)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known = addresses([self.organisation.pk])[self.organisation.pk]
        return super().get_context_data(**kwargs) | {"organisation": self.organisation, "known": known}

    def form_valid(self, form: Any) -> HttpResponse:
        form.save()
        messages.success(self.request, _("Saved."))
        return redirect("upkeep:index")


def of_upkeep(request: HttpRequest) -> Iterator[desk.Part]:
    """For the staff's start page."""
    if not may_keep_up(request.user):
        return
    address = reverse("upkeep:index")
    silent = sum(each.step is Step.SILENT for each in standings(timezone.localdate()))
    yield desk.Part("silent", silent, str(Organisation._meta.verbose_name_plural), f"{address}?show=silent")
    unsent = UnsentMail.objects.count()
    yield desk.Part("unsent", unsent, str(UnsentMail._meta.verbose_name_plural), f"{address}#unsent")
