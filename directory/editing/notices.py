"""What an editor or reviewer has to know before touching the form: said at its top."""

from typing import Any

from django.contrib.admin.utils import quote
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import TaskState, WorkflowState


class Notices:
    """For the form of an entry."""

    request: HttpRequest
    object: Any
    workflow_state: Any
    current_workflow_task: Any
    revisions_compare_url_name: str

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.hydrate_create_view and self.view_name == "edit":  # type: ignore[attr-defined]
            self._tell_of_review()
        self._tell_of_lost()
        response: HttpResponseBase = super().get(request, *args, **kwargs)  # type: ignore[misc]
        return response

    def _tell_of_review(self) -> None:
        state = self.workflow_state
        if state is None:
            return
        if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
            messages.warning(self.request, _asks_for_changes(state), buttons=self._differences())
        elif state.status == WorkflowState.STATUS_IN_PROGRESS and self._is_reviewer():
            messages.info(self.request, _("This waits for your review."), buttons=self._differences())

    def _is_reviewer(self) -> bool:
        task = self.current_workflow_task
        return bool(task and task.get_actions(self.object, self.request.user))

    def _differences(self) -> list[Any]:
        """Nothing to compare with, where nothing is public yet."""
        if not self.object.live:
            return []
        url = reverse(self.revisions_compare_url_name, args=[quote(self.object.pk), "live", "latest"])
        return [messages.button(url, _("What changes"))]

    def _tell_of_lost(self) -> None:
        for name in getattr(self.object, "lost", ()):
            field = capfirst(self.object._meta.get_field(name).verbose_name)
            words = _("%(field)s: what this version named has been deleted. What is saved now stands there again.")
            messages.warning(self.request, words % {"field": field})


def _asks_for_changes(state: Any) -> str:
    rejected = TaskState.objects.filter(workflow_state=state, status=TaskState.STATUS_REJECTED)
    last = rejected.order_by("-finished_at", "-id").first()
    who = last.finished_by.get_username() if last and last.finished_by else ""
    if last is None or not last.comment:
        return _("%(name)s asks for changes.") % {"name": who or _("The reviewer")}
    return _("%(name)s asks for changes: “%(comment)s”") % {
        "name": who or _("The reviewer"),
        "comment": last.comment,
    }
