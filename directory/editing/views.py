"""Wagtail's views, made to leave one change row per click, to find words and to refuse in words."""

from collections.abc import Collection
from typing import Any

from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.log_actions import log
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.views import snippets

from directory import slugs
from directory.editing import rewriting
from directory.editing.gate import SeenOnly
from directory.editing.notices import Notices
from directory.editing.searching import search
from directory.models import Area, Configuration, Listing, Organisation, Term
from directory.models.uses import StillUsed, refuse_if_used


class OneTransaction:
    """Wagtail saves and publishes in two transactions; one click should be one change."""

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        if not self.expects_json_response:  # type: ignore[attr-defined]
            rewriting.tell(self.request, form)  # type: ignore[attr-defined]
        return response


class EntryCreate(OneTransaction, snippets.CreateView):
    """Wagtail's page saves by itself: the same new entry may come twice at once, and is made once."""

    def save_instance(self) -> Any:
        return slugs.insert(self.form.instance, super().save_instance)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except slugs.TakenError as problem:
            form.add_error(None, problem.words)
            response: HttpResponse = self.form_invalid(form)
            return response


class EntryEdit(OneTransaction, Notices, snippets.EditView):
    pass


class EntryCopy(OneTransaction, snippets.CopyView):
    pass


class WordSearch:
    """In names and texts, without Wagtail's index: no character can break a query."""

    is_searchable = True

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.is_searching:  # type: ignore[attr-defined]
            return queryset
        best_first = not self.is_explicitly_ordered  # type: ignore[attr-defined]
        return search(queryset, self.search_query, best_first=best_first)  # type: ignore[attr-defined]


class EntryIndex(SeenOnly, WordSearch, snippets.IndexView):
    pass


def delete_or_tell(entry: Any, leaving: Collection[Any] = ()) -> None:
    """Raises StillUsed, whatever protects the entry; those that leave with it do not."""
    if isinstance(entry, Listing):
        refuse_if_used(entry, "listings", leaving)
    try:
        entry.delete()
    except StillUsed:
        raise
    except ProtectedError as problem:
        raise StillUsed(entry, sorted(problem.protected_objects, key=str)) from problem


class RefuseInWords:
    """What is still used stays, and the message names who uses it."""

    def delete_action(self) -> None:
        with transaction.atomic():
            log(instance=self.object, action="wagtail.delete", user=self.request.user, deleted=True)  # type: ignore[attr-defined]
            delete_or_tell(self.object)  # type: ignore[attr-defined]

    def form_valid(self, form: Any) -> HttpResponse:
        self.usage = None  # else Wagtail refuses without words what a foreign key protects
        try:
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
            return response
        except StillUsed as problem:
            messages.error(self.request, problem.args[0])  # type: ignore[attr-defined]
            return redirect(self.edit_url_name, quote(self.object.pk))  # type: ignore[attr-defined]


class EntryDelete(RefuseInWords, snippets.DeleteView):
    pass


class OwnOnly:
    """Wagtail would list the titles of entries that the user may not see."""

    def get_actionable_objects(self) -> tuple[list[Any], dict[str, list[Any]]]:
        objects, _others = super().get_actionable_objects()  # type: ignore[misc]
        if not objects:
            raise PermissionDenied
        return objects, {"items_with_no_access": []}


class BulkDelete(OwnOnly, DeleteBulkAction):
    """All or none."""

    models = [Organisation, Listing, Term, Area]

    def prepare_action(self, objects: list[Any], objects_without_access: dict[str, list[Any]]) -> None:
        """Not Wagtail's refusal of what a foreign key protects: it has no words."""

    @classmethod
    def execute_action(cls, objects: list[Any], user: Any = None, **context: Any) -> tuple[int, int]:
        for entry in objects:
            delete_or_tell(entry, leaving=objects)
        return len(objects), 0

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                response: HttpResponse = super().form_valid(form)
                return response
        except StillUsed as problem:
            messages.error(self.request, problem.args[0])
            return redirect(self.next_url)


class ConfigurationEdit(generic.EditView):
    """There is one, and it need not be stored yet."""

    def get_object(self, queryset: QuerySet[Any] | None = None) -> Configuration:
        return Configuration.load()
