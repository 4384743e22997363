"""Wagtail's views, made to leave one change row per click, to find words and to refuse in words."""

from typing import Any

from django.contrib.admin.utils import quote
from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.views import snippets

from directory.editing.searching import matching
from directory.models import Configuration, Listing, Organisation
from directory.models.uses import StillUsed, refusal, refuse_if_used


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


class RefuseInWords:
    """What is still used stays, and the message names who uses it."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                if isinstance(self.object, Listing):  # type: ignore[attr-defined]
                    refuse_if_used(self.object, "listings")  # type: ignore[attr-defined]
                self.usage = None  # else Wagtail refuses without words what a foreign key protects
                response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
                return response
        except ProtectedError as problem:
            messages.error(self.request, in_words(self.object, problem))  # type: ignore[attr-defined]
            return redirect(
                reverse(self.edit_url_name, args=[quote(self.object.pk)])  # type: ignore[attr-defined]
            )


def in_words(item: Any, problem: ProtectedError) -> str:
    if isinstance(problem, StillUsed):
        return str(problem.args[0])
    return refusal(item, sorted(problem.protected_objects, key=str))


class EntryDelete(RefuseInWords, snippets.DeleteView):
    pass


class PlainDelete(RefuseInWords, generic.DeleteView):
    pass


class BulkDelete(DeleteBulkAction):
    """All or none; a listing that another one sends people to stays."""

    models = [Organisation, Listing]

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                response: HttpResponse = super().form_valid(form)
                return response
        except ProtectedError as problem:
            messages.error(self.request, in_words(problem.args[1], problem))
            return redirect(self.next_url)


class ConfigurationEdit(generic.EditView):
    """There is one, and it need not be stored yet."""

    def get_object(self, queryset: QuerySet[Any] | None = None) -> Configuration:
        return Configuration.load()
