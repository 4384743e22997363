"""What a reviewer does with a submission: the verb, and afterwards a mail to whoever submitted it."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import TaskState

from directory import listings
from directory.models import acting
from directory.permissions import may_publish_entries
from directory.reviewing.answering import answer_after_commit


@transaction.atomic
def approve(task: TaskState, *, seen: int | None, by: AbstractBaseUser, remark: str = "") -> None:
    listings.approve(listing=entry_of(task), seen=seen, by=by, remark=remark)
    answer_after_commit(task)


@transaction.atomic
def send_back(task: TaskState, *, by: AbstractBaseUser, remark: str) -> None:
    listings.send_back(listing=entry_of(task), by=by, remark=remark)
    answer_after_commit(task)


@transaction.atomic
def correct_and_approve(
    task: TaskState, *, seen: int | None, put: Callable[[Any], None], by: AbstractBaseUser, remark: str = ""
) -> None:
    """The reviewer's words on top of the submission, as a version of its own: the history tells both apart."""
    entry = listings.locked(entry_of(task))
    if not may_publish_entries(by, type(entry)):
        raise PermissionDenied
    if entry.latest_revision_id != seen:
        raise listings.ConflictError
    draft: Any = entry.get_latest_revision_as_object()
    put(draft)
    draft.full_clean()
    with acting(by):
        revision = draft.save_revision(user=by, clean=False)
    approve(task, seen=revision.pk, by=by, remark=remark)


def entry_of(task: TaskState) -> Any:
    """Raises ConflictError where it was deleted meanwhile."""
    entry = task.workflow_state.content_object
    if entry is None:
        raise listings.ConflictError
    return entry
