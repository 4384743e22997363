"""Staff's page for bad days: freeze, paused accounts, and taking back what one account did."""

from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from directory.models import Pause
from directory.reviewing import brakes, undoing
from directory.reviewing.forms import SpanForm
from directory.reviewing.undoing import Does
from directory.reviewing.views import Act, Screen

WORDS = {
    Does.RESTORE: gettext_lazy("becomes public again as it was before"),
    Does.DRAFT: gettext_lazy("the draft becomes what it was before"),
    Does.TAKE_OFF: gettext_lazy("is taken off the site: it was not public before"),
    Does.CHECK: gettext_lazy("is marked as to be checked"),
    Does.WITHDRAW: gettext_lazy("is taken out of the review"),
    Does.LEAVE: gettext_lazy("stays: somebody else has changed it since. Compare the versions in its history"),
}


class AccountsView(Screen):
    page_title = gettext_lazy("Stop and undo")
    header_icon = "warning"
    template_name = "directory/reviewing/accounts.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = SpanForm(self.request.GET if "account" in self.request.GET else None)
        own = {
            "form": form,
            "is_frozen": brakes.is_frozen(),
            "pauses": Pause.objects.filter(lifted_at=None).select_related("account"),
            "preview": _preview(form) if form.is_bound and form.is_valid() else None,
        }
        return super().get_context_data(**kwargs) | own


def _preview(form: SpanForm) -> dict[str, Any]:
    span = form.span()
    found = [(step.entry, WORDS[step.does], step.does is not Does.LEAVE) for step in undoing.steps(span)]
    return {
        "account": span.account,
        "steps": found,
        "number": sum(does for _entry, _words, does in found),
        "deleted": undoing.deleted(span),
    }


class Lift(Act):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        found, user = get_object_or_404(Pause, pk=pk), request.user
        if self.attempt(lambda: brakes.lift(pause=found, by=user)):  # type: ignore[arg-type]
            messages.success(request, _("The account “%(account)s” may go on.") % {"account": found.account})
        return redirect("reviews:accounts")


class PauseAccount(Act):
    def post(self, request: HttpRequest) -> HttpResponse:
        key = request.POST.get("account", "")
        found: Any = get_object_or_404(get_user_model(), pk=key if key.isdigit() else None)
        if self.attempt(lambda: brakes.pause_by_hand(account=found, by=request.user)):  # type: ignore[arg-type]
            messages.success(request, _("The account “%(account)s” is paused.") % {"account": found})
        return redirect("reviews:accounts")


class Undo(Act):
    def post(self, request: HttpRequest) -> HttpResponse:
        form, user = SpanForm(request.POST), request.user
        if not form.is_valid():
            messages.error(request, _("Choose an account and a time first."))
            return redirect("reviews:accounts")
        done: list[Any] = []
        if self.attempt(lambda: done.extend(undoing.undo(form.span(), by=user))):  # type: ignore[arg-type]
            words = ngettext("%(count)d entry is as it was.", "%(count)d entries are as they were.", len(done))
            messages.success(request, words % {"count": len(done)})
        return redirect("reviews:accounts")
