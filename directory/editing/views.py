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

from directory.editing.searching import matching
from directory.models import Configuration, Listing, Organisation
from directory.models.uses import StillUsed, refuse_if_used


class OneTransaction:
    """Wagtail saves and publishes in two transactions; one click should be one change."""

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        return response


class EntryCreate(OneTransaction, snippets.CreateView):
    pass


class EntryEdit(OneTransaction, snippets.EditView):
    pass


class EntryCopy(OneTransaction, snippets.CopyView):
    pass


class WordSearch:
    """Plain search in names: no index to keep, no character that could break a query."""

    is_searchable = True

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.is_searching:  # type: ignore[attr-defined]
            return queryset
        return queryset.filter(pk__in=matching(queryset.model, self.search_query))  # type: ignore[attr-defined]


class EntryIndex(WordSearch, snippets.IndexView):
    pass


class PlainIndex(WordSearch, generic.IndexView):
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


class PlainDelete(RefuseInWords, generic.DeleteView):
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

    models = [Organisation, Listing]

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
