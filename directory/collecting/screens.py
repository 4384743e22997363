"""The staff's screens of the first collection: who is missing, the call sheet, the letters."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from directory.collecting import calling, letters, missing
from directory.collecting.forms import NotHeardForm, SheetForm, seen_of
from directory.collecting.progress import progress
from directory.listings import ConflictError, InReviewError
from directory.models import Listing, PhoneCall
from directory.models.pause import PausedError
from directory.vocabulary import configuration

WRITING = frozenset({"add", "publish"})  # who only reads or translates calls nobody


def may_collect(user: Any) -> bool:
    return bool(policy_registry.get_by_type(Listing).user_has_any_permission(user, WRITING))


class Screen(WagtailAdminTemplateMixin, TemplateView):
    request: HttpRequest
    header_icon = "mail"
    page_title = gettext_lazy("Missing contacts")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_collect(request.user):
            raise PermissionDenied
        self.which = request.GET.get("list", missing.MISSING)
        if self.which not in missing.LISTS:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        own = {"url": address("index", self.which), "label": str(self.page_title)}
        return [*super().get_breadcrumbs_items(), own]


def address(name: str, which: str, *args: Any) -> str:
    own = reverse(f"collecting:{name}", args=args)
    return own if which == missing.MISSING else f"{own}?list={which}"


class Overview(Screen):
    template_name = "directory/collecting/overview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = missing.rows(self.which)
        waiting = missing.queue(rows, timezone.localdate())
        return super().get_context_data(**kwargs) | {
            "which": self.which,
            "lists": [
                {"name": label, "url": address("index", which), "chosen": which == self.which}
                for which, label in missing.LISTS.items()
            ],
            "rows": [(row, address("call", self.which, row.organisation.pk)) for row in rows],
            "listings": sum(len(row.listings) for row in rows),
            "waiting": len(waiting),
            "call_url": address("call", self.which, waiting[0].organisation.pk) if waiting else "",
            "letters_url": reverse("collecting:letters"),
            "progress": progress(rows if self.which == missing.MISSING else missing.rows(missing.MISSING)),
        }


class Letters(Screen):
    """By post only: each printing makes new codes."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        keys = [int(each) for each in request.POST.getlist("organisation") if each.isdecimal() and each.isascii()]
        rows = missing.rows(self.which, keys)
        if not rows:
            messages.warning(request, _("Choose at least one organisation to write to."))
            return redirect(address("index", self.which))
        context = {
            "letters": letters.write(rows=rows, by=request.user),  # type: ignore[arg-type]
            "publisher": configuration(),
            "today": timezone.localdate(),
            "back": address("index", self.which),
        }
        response = render(request, "directory/collecting/letters.html", context)
        response.headers["Cache-Control"] = "no-store"
        return response


class Call(Screen):
    """One organisation: what is known, what was heard, and the next one."""

    template_name = "directory/collecting/call.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.key = kwargs["organisation"]
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return _("Call sheet")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        row = self.row()
        if row is None:
            messages.info(request, _("Nothing is missing there any more."))
            return redirect(address("index", self.which))
        return self.render_to_response(self.get_context_data(row=row, form=self.form(row)))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        row = self.row()
        if row is None:
            messages.warning(request, _("Somebody else has entered the contacts meanwhile. Nothing was changed."))
            return redirect(address("index", self.which))
        return self.not_heard(row) if "outcome" in request.POST else self.heard(row)

    def row(self) -> missing.Row | None:
        found = missing.rows(self.which, [self.key])
        return found[0] if found else None

    def form(self, row: missing.Row, data: Any = None) -> SheetForm:
        told = calling.shared(row.listings)
        initial = dict(told.contacts()) | {"seen": seen_of(row.listings)}
        needs_contact = self.which == missing.MISSING
        return SheetForm(data, listings=row.listings, initial=initial, needs_contact=needs_contact)

    def heard(self, row: missing.Row) -> HttpResponse:
        form = self.form(row, self.request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(row=row, form=form))
        try:
            entered = calling.heard(
                organisation=row.organisation,
                chosen=form.chosen(),
                told=form.told(),
                seen=form.seen_revisions(),
                on=form.cleaned_data["on"],
                by=self.request.user,  # type: ignore[arg-type]
            )
        except ConflictError:
            return self.again(row, form, CHANGED)
        except InReviewError:
            return self.again(row, form, IN_REVIEW)
        except PausedError as problem:
            return self.again(row, form, problem)
        messages.success(self.request, _said(row, entered))
        return self.to_the_next(row)

    def again(self, row: missing.Row, form: SheetForm, words: Any) -> HttpResponse:
        """With what was typed, on top of the entries as they are now."""
        data = self.request.POST.copy()
        data["seen"] = seen_of(row.listings)
        form.data = data
        form.add_error(None, str(words))
        return self.render_to_response(self.get_context_data(row=row, form=form))

    def not_heard(self, row: missing.Row) -> HttpResponse:
        form = NotHeardForm(self.request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(row=row, form=self.form(row), other=form))
        call = calling.not_heard(
            organisation=row.organisation,
            found=row.listings,
            outcome=form.cleaned_data["outcome"],
            again_on=form.cleaned_data["again_on"],
            by=self.request.user,  # type: ignore[arg-type]
        )
        words = _("%(name)s: %(what)s.") % {"name": row.organisation, "what": call.get_outcome_display()}
        messages.success(self.request, words)
        return self.to_the_next(row)

    def to_the_next(self, row: missing.Row) -> HttpResponse:
        following = missing.following(self.waiting(), row.organisation.pk)
        if following is None:
            messages.success(self.request, _("That was the last one for today."))
            return redirect(address("index", self.which))
        return redirect(address("call", self.which, following.organisation.pk))

    def waiting(self) -> list[missing.Row]:
        return missing.queue(missing.rows(self.which), timezone.localdate())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row, waiting = kwargs["row"], self.waiting()
        following = missing.following(waiting, row.organisation.pk)
        return super().get_context_data(**kwargs) | {
            "other": kwargs.get("other") or NotHeardForm(),
            "sources": _sources(row.listings, row.organisation.sources),
            "address": letters.address(row.organisation, row.listings),
            "left": len(waiting),
            "next_url": address("call", self.which, following.organisation.pk) if following else "",
            "back": address("index", self.which),
            "buttons": [(each.value, each.label) for each in NOT_HEARD],
        }


NOT_HEARD = (PhoneCall.Outcome.NOBODY, PhoneCall.Outcome.NO_NUMBER, PhoneCall.Outcome.GONE)
CHANGED = gettext_lazy(
    "Somebody has changed an entry since you opened this sheet. What you typed is still here: look at the entries "
    "and save again."
)
IN_REVIEW = gettext_lazy(
    "One of the entries is in review just now. Decide on it first, or leave it out here and enter it later."
)


def _sources(listings: Iterable[Listing], more: Iterable[str]) -> list[str]:
    """Where a number may stand."""
    return list(dict.fromkeys([*(source for each in listings for source in each.sources), *more]))


def _said(row: missing.Row, entered: calling.Entered) -> str:
    parts = []
    if entered.public:
        words = ngettext("%(number)d entry is public", "%(number)d entries are public", entered.public)
        parts.append(words % {"number": entered.public})
    if entered.in_review:
        words = ngettext(
            "%(number)d entry waits for review", "%(number)d entries wait for review", entered.in_review
        )
        parts.append(words % {"number": entered.in_review})
    return _("%(name)s: confirmed by phone, %(what)s.") % {"name": row.organisation, "what": ", ".join(parts)}
