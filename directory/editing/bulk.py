"""What staff do with many entries at once: all of them or none, and the reason in words."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import classproperty
from django.utils.translation import gettext, gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction
from wagtail.snippets.models import get_snippet_models

from directory import listings
from directory.drafts import waiting_draft
from directory.editing.views import OwnOnly
from directory.models import Listing, Published
from directory.models.uses import StillUsed


class RefusedError(Exception):
    """With a message for the person who clicked."""


class AllOrNone(OwnOnly, SnippetBulkAction):
    template_name = "directory/editing/bulk.html"
    permission: ClassVar[str] = "publish"
    question: ClassVar[Any]
    explanation: ClassVar[Any]
    button: ClassVar[Any]
    icon: ClassVar[str] = "check"

    @classproperty
    def models(cls) -> list[Any]:  # noqa: N805 - a property of the class
        return [model for model in get_snippet_models() if issubclass(model, Published)]

    def check_perm(self, snippet: Any) -> bool:
        policy, user = self.permission_policy, self.request.user
        may = policy.user_has_permission_for_instance(user, self.permission, snippet)
        return bool(may) and not policy.only_texts(user)

    @classmethod
    def execute_action(cls, objects: Sequence[Any], **context: Any) -> tuple[int, int]:
        user = context["self"].request.user
        for entry in objects:
            refuse_if_locked(entry, user)
            cls.act(entry, user)
        return len(objects), 0

    @classmethod
    def act(cls, entry: Any, user: Any) -> None:
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                response: HttpResponse = super().form_valid(form)
                return response
        except (StillUsed, RefusedError) as problem:
            messages.error(self.request, problem.args[0])
            return redirect(self.next_url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"question": self.question, "explanation": self.explanation, "button": self.button}
        return {**super().get_context_data(**kwargs), **words, "icon": self.icon}


def refuse_if_locked(entry: Any, user: Any) -> None:
    lock = entry.get_lock()
    if lock is not None and lock.for_user(user):
        words = gettext("“%(entry)s” is locked. Nothing was changed.")
        raise RefusedError(words % {"entry": entry})


class Publish(AllOrNone):
    display_name = gettext_lazy("Publish")
    aria_label = gettext_lazy("Publish the chosen entries")
    action_type = "publish"
    action_priority = 40
    question = gettext_lazy("Publish these entries?")
    explanation = gettext_lazy("The newest draft of each is shown to the public, in all its languages at once.")
    button = gettext_lazy("Yes, publish")
    icon = "upload"

    @classmethod
    def act(cls, entry: Any, user: Any) -> None:
        draft = waiting_draft(entry)
        if entry.live and draft is None:
            return
        try:
            (draft or entry).full_clean()
        except ValidationError as problem:
            words = gettext("“%(entry)s” cannot be published yet: %(problem)s Nothing was changed.")
            found = {"entry": entry, "problem": " ".join(problem.messages)}
            raise RefusedError(words % found) from problem
        revision = entry.latest_revision if draft else entry.save_revision(user=user)
        revision.publish(user=user)

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        words = ngettext("%(count)d entry published.", "%(count)d entries published.", num_parent_objects)
        return words % {"count": num_parent_objects}


class Unpublish(AllOrNone):
    display_name = gettext_lazy("Take off the site")
    aria_label = gettext_lazy("Take the chosen entries off the site")
    action_type = "unpublish"
    action_priority = 50
    classes = {"serious"}
    question = gettext_lazy("Take these entries off the site?")
    explanation = gettext_lazy("The public no longer sees them. Nothing of them is lost.")
    button = gettext_lazy("Yes, take off the site")
    icon = "download"

    @classmethod
    def act(cls, entry: Any, user: Any) -> None:
        entry.unpublish(user=user)

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        words = ngettext(
            "%(count)d entry taken off the site.", "%(count)d entries taken off the site.", num_parent_objects
        )
        return words % {"count": num_parent_objects}


class AskToCheck(AllOrNone):
    display_name = gettext_lazy("To be checked")
    aria_label = gettext_lazy("Note that the chosen listings must be checked")
    action_type = "needs_check"
    action_priority = 20
    permission = "change"
    question = gettext_lazy("Must these listings be checked?")
    explanation = gettext_lazy("They are put on the list of what is to be checked with the organisations.")
    button = gettext_lazy("Yes, to be checked")
    icon = "help"
    models = [Listing]

    @classmethod
    def act(cls, entry: Any, user: Any) -> None:
        listings.ask_to_check(listing=entry, by=user)

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        words = ngettext(
            "%(count)d listing to be checked.", "%(count)d listings to be checked.", num_parent_objects
        )
        return words % {"count": num_parent_objects}


ACTIONS = (Publish, Unpublish, AskToCheck)
