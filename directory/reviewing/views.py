"""The reviewers' pages: a queue with every difference on it, and one click for each decision."""

from collections.abc import Callable
from functools import partial
from itertools import islice
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.models import TaskState

from directory.listings import ConflictError
from directory.reviewing import brakes, deciding, submissions
from directory.reviewing.forms import CorrectionForm

QUEUE = "reviews:index"
MEANWHILE = gettext_lazy("“%(entry)s” has changed or was decided meanwhile. Nothing was done: please look again.")


class Screen(WagtailAdminTemplateMixin, PermissionCheckedMixin, TemplateView):
    permission_required = "publish"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse(QUEUE), "label": QueueView.page_title}
        own = {"url": "", "label": self.get_page_title()}
        path = [own] if isinstance(self, QueueView) else [above, own]
        return [*super().get_breadcrumbs_items(), *path]


class QueueView(Screen):
    page_title = gettext_lazy("Review")
    header_icon = "check"
    template_name = "directory/reviewing/queue.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        total = sum(submissions.is_ours(task) for task in submissions.waiting(self.request.user))
        found = list(islice(submissions.submissions(self.request), submissions.AT_ONCE))
        single = [each for each in found if not each.difference.is_harmless]
        following = [*(each.task.pk for each in single[1:]), ""]
        own = {
            "harmless": [each for each in found if each.difference.is_harmless],
            "single": list(zip(single, following, strict=False)),
            "total": total,
            "more": total - len(found),
            "elsewhere": submissions.elsewhere(self.request),
            "proposals": submissions.proposals(),
            "is_frozen": brakes.is_frozen(),
        }
        return super().get_context_data(**kwargs) | own


class Act(PermissionCheckedMixin, View):
    """Answers a post only; whatever cannot be done is said on the page that it came from."""

    permission_required = "publish"
    http_method_names = ["post"]
    back = QUEUE

    def attempt(self, act: Callable[[], None], entry: Any = "") -> bool:
        try:
            act()
        except ConflictError:
            messages.error(self.request, MEANWHILE % {"entry": entry})
        except ValidationError as problem:
            messages.error(self.request, " ".join(problem.messages))
        except PermissionDenied as problem:
            if not problem.args:
                raise
            messages.error(self.request, problem.args[0])
        else:
            return True
        return False


class Decide(Act):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        task = task_of(pk)
        if "send_back" in request.POST:
            self._send_back(task)
        else:
            self._approve(task)
        following = request.POST.get("next", "")
        anchor = f"#submission-{following}" if following.isdigit() else ""
        return redirect(reverse(self.back) + anchor)

    def _approve(self, task: TaskState) -> None:
        entry, user = task.workflow_state.content_object, self.request.user
        seen = version(self.request.POST.get("seen"))
        if self.attempt(lambda: deciding.approve(task, seen=seen, by=user), entry):  # type: ignore[arg-type]
            messages.success(self.request, _("“%(entry)s” is approved and public.") % {"entry": entry})

    def _send_back(self, task: TaskState) -> None:
        entry, user = task.workflow_state.content_object, self.request.user
        remark = self.request.POST.get("remark", "").strip()
        if not remark:
            messages.error(self.request, _("Write what should be changed; nothing was sent back."))
        elif self.attempt(lambda: deciding.send_back(task, by=user, remark=remark), entry):  # type: ignore[arg-type]
            messages.success(self.request, _("“%(entry)s” was sent back with your remark.") % {"entry": entry})


class ApproveHarmless(Act):
    """Each for itself: what has changed meanwhile, or is not harmless, stays in the queue."""

    def post(self, request: HttpRequest) -> HttpResponse:
        chosen = dict(each.partition(":")[::2] for each in request.POST.getlist("chosen"))
        user: Any = request.user
        done = 0
        for task in submissions.waiting(user).filter(pk__in=[key for key in chosen if key.isdigit()]):
            found = submissions.submission(task, request)
            if found is None or not found.difference.is_harmless:
                messages.error(request, MEANWHILE % {"entry": task.workflow_state.content_object})
                continue
            act = partial(deciding.approve, task, seen=version(chosen[str(task.pk)]), by=user)
            done += self.attempt(act, found.entry)
        words = ngettext("%(count)d change approved.", "%(count)d changes approved.", done)
        if done:
            messages.success(request, words % {"count": done})
        return redirect(self.back)


class CorrectView(Screen):
    page_title = gettext_lazy("Correct and approve")
    header_icon = "edit"
    template_name = "directory/reviewing/correct.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        task = TaskState.objects.reviewable_by(request.user).filter(pk=kwargs["pk"]).first()
        self.found = submissions.submission(task, request) if task else None
        if self.found is None:
            messages.info(request, _("This is decided already."))
            return redirect(QUEUE)
        return super().dispatch(request, *args, **kwargs)

    def form(self, data: Any = None) -> CorrectionForm:
        entry: Any = self.found.entry  # type: ignore[union-attr]
        return CorrectionForm(data, public=entry, draft=entry.get_latest_revision_as_object())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "submission": self.found,
            "form": kwargs.get("form", self.form()),
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form, user = self.form(request.POST), request.user
        found: Any = self.found
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        given = {"seen": version(request.POST.get("seen")), "remark": form.cleaned_data["remark"]}
        try:
            deciding.correct_and_approve(found.task, put=form.put, by=user, **given)  # type: ignore[arg-type]
        except ConflictError:
            messages.error(request, MEANWHILE % {"entry": found.entry})
            return redirect("reviews:correct", pk)
        except ValidationError as problem:
            form.add_error(None, problem.messages)
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(request, _("“%(entry)s” is approved and public.") % {"entry": found.entry})
        return redirect(QUEUE)


class Freeze(Act):
    def post(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        frozen = request.POST.get("frozen") == "1"
        if self.attempt(lambda: brakes.freeze(frozen=frozen, by=user)):
            done = _("Organisations change nothing until you let them again.")
            messages.success(request, done if frozen else _("Organisations can change their entries again."))
        return redirect("reviews:accounts")


def task_of(pk: int) -> TaskState:
    found: TaskState = get_object_or_404(TaskState.objects.select_related("workflow_state"), pk=pk)
    if not submissions.is_ours(found):
        raise Http404
    return found


def version(typed: str | None) -> int | None:
    return int(typed) if typed and typed.isdigit() else None
