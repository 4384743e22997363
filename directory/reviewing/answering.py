"""Tells whoever submitted a change what was decided: once for each decision, wherever staff clicked.

Staff who submit are told by Wagtail; the workflow does not know members and holders of mailed links.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, TaskState

from directory import mailing
from directory.languages import MAIN
from directory.mail_links import Purpose, issue
from directory.models import Listing, Membership, Upkeep
from directory.reviewing.submissions import submission_log
from directory.upkeep.asking import VALID_FOR

DECIDED = {TaskState.STATUS_APPROVED: "approved", TaskState.STATUS_REJECTED: "sent_back"}
LATEST = timedelta(days=1)  # a decision that is older than this is no news
ANSWERED = "wegweiser.answer"


@dataclass(frozen=True)
class Answer:
    to: str
    template: str
    language: str
    context: dict[str, Any]


def answer_after_commit(task: TaskState) -> None:
    transaction.on_commit(lambda: answer(task.pk))


def answer(key: int) -> bool:
    """Noted before it is sent: two processes never send it twice, and mailing keeps what fails."""
    with transaction.atomic():
        task = TaskState.objects.select_for_update(of=("self",)).get(pk=key)
        found = written(task)
        if found is None or _is_answered(task):
            return False
        log(instance=task.workflow_state.content_object, action=ANSWERED, data={"task": task.pk})
        links = {"correct": _link(task, found)} if task.status == TaskState.STATUS_REJECTED else {}
    mailing.send(found.to, found.template, found.context | links, found.language)
    return True


def _link(task: TaskState, found: Answer) -> str:
    """Whoever has no account corrects it by a link; the one that brought them here is used."""
    if found.context["has_account"]:
        return ""
    organisation = task.workflow_state.content_object.organisation
    return issue(purpose=Purpose.CORRECT, valid_for=VALID_FOR, organisation=organisation, email=found.to)


def answer_rest() -> int:
    """Decisions that were made in Wagtail's own forms."""
    fresh = TaskState.objects.filter(
        status__in=DECIDED, finished_at__gte=timezone.now() - LATEST, workflow_state__requested_by=None
    )
    return sum(answer(key) for key in fresh.values_list("pk", flat=True))


def written(task: TaskState) -> Answer | None:
    entry = task.workflow_state.content_object
    if task.status not in DECIDED or not isinstance(entry, Listing) or task.workflow_state.requested_by_id:
        return None
    submitted = submission_log(task)
    if submitted is None:
        return None
    user = submitted.user
    to = user.email if user else str(submitted.data.get("by", ""))
    context = {"listing": entry, "title": str(entry), "remark": task.comment, "has_account": user is not None}
    return Answer(to, DECIDED[task.status], _language(entry, user), context) if "@" in to else None


def _language(listing: Listing, user: Any) -> str:
    return next(_languages(listing, user), MAIN)


def _languages(listing: Listing, user: Any) -> Iterator[str]:
    organisation = listing.organisation_id
    if user:
        yield from Membership.objects.filter(organisation=organisation, user=user).values_list(
            "language", flat=True
        )
    else:
        yield from Upkeep.objects.filter(organisation=organisation).values_list("language", flat=True)


def _is_answered(task: TaskState) -> bool:
    answered = ModelLogEntry.objects.for_instance(task.workflow_state.content_object).filter(action=ANSWERED)
    return any(entry.data.get("task") == task.pk for entry in answered)
