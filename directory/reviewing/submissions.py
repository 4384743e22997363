"""What waits for a decision, the oldest first: entries of every kind, and how much waits elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import capfirst
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import ModelLogEntry, TaskState

from directory.editing import desk
from directory.models import Listing, Proposal, Published
from directory.permissions import may_publish_entries
from directory.reviewing.difference import Difference, difference

AT_ONCE = 25


@dataclass(frozen=True)
class Submission:
    task: TaskState
    entry: Any
    seen: int | None  # the version that stands here; another one is not approved by this page
    difference: Difference
    kind: str
    organisation: str
    by: str
    since: datetime
    form_url: str


def waiting(user: Any) -> QuerySet[TaskState]:
    states: QuerySet[TaskState] = TaskState.objects.reviewable_by(user)
    known = ("workflow_state__base_content_type", "workflow_state__requested_by", "revision__user")
    return states.select_related(*known).order_by("started_at", "pk")


def is_ours(task: TaskState) -> bool:
    """Pages have a review of their own, in Wagtail."""
    model = task.workflow_state.base_content_type.model_class()
    return model is not None and issubclass(model, Published)


def submission(task: TaskState, request: HttpRequest) -> Submission | None:
    """None where the entry is gone, or the reviewer may not publish its kind."""
    entry = task.workflow_state.content_object
    if not isinstance(entry, Published) or not may_publish_entries(request.user, type(entry)):  # type: ignore[arg-type]
        return None
    found: Any = entry
    return Submission(
        task=task,
        entry=found,
        seen=found.latest_revision_id,
        difference=difference(found, found.get_latest_revision_as_object(), request),
        kind=str(capfirst(found.get_kind_display() if isinstance(found, Listing) else found._meta.verbose_name)),
        organisation=str(found.organisation) if isinstance(found, Listing) else "",
        by=submitted_by(task),
        since=task.started_at,
        form_url=AdminURLFinder(request.user).get_edit_url(found) or "",
    )


def submissions(request: HttpRequest) -> Iterator[Submission]:
    for task in waiting(request.user):
        if is_ours(task) and (found := submission(task, request)):
            yield found


def submission_log(task: TaskState) -> ModelLogEntry | None:
    """That our own verb wrote: it knows the address of who came by a mailed link."""
    entry = task.workflow_state.content_object
    logs = ModelLogEntry.objects.for_instance(entry).filter(action="wegweiser.submit")
    until = task.finished_at or timezone.now()
    return logs.filter(timestamp__lte=until).order_by("-timestamp", "-pk").first()


def submitted_by(task: TaskState) -> str:
    state = task.workflow_state
    if state.requested_by:
        return str(state.requested_by)
    if found := submission_log(task):
        return str(found.data.get("by") or found.user or "")
    return str(task.revision.user or "")


def elsewhere(request: HttpRequest) -> list[desk.Task]:
    """What is reviewed in forms of its own."""
    finder = AdminURLFinder(request.user)
    others = [task for task in waiting(request.user) if not is_ours(task)]
    return [desk.task_of(task, finder) for task in others if task.revision.content_object]


def proposals() -> int:
    return Proposal.objects.filter(state=Proposal.State.WAITING).count()
