"""Stands before every view of the entries: also before those that a future Wagtail may add."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern
from wagtail.admin.panels import Panel, TabbedInterface
from wagtail.admin.views.generic.workflow import PreviewRevisionForTask
from wagtail.models import TaskState, WorkflowState
from wagtail.permissions import policy_registry
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import EditView, PreviewOnEditView

from directory.editing.language_tabs import LanguageTab, RowsTab
from directory.editing.policy import SEEING, EntryPolicy

View = Callable[..., HttpResponseBase]
NAMED_REVISIONS = frozenset({"live", "latest", "earliest"})


def policy_of(model: type[Any]) -> EntryPolicy:
    found = policy_registry.get_by_type(model)
    if not isinstance(found, EntryPolicy):
        raise TypeError(f"{model.__name__}: directory.editing.policy.register() was not called for it")
    return found


class Gated:
    """For viewsets of entries. An entry that somebody may not see does not exist for them."""

    model: type[Any]

    def construct_view(self, view_class: type[Any], **kwargs: Any) -> View:
        view: View = super().construct_view(view_class, **kwargs)  # type: ignore[misc]
        of_texts = self._of_texts(view_class, kwargs)

        def gated(request: HttpRequest, *args: Any, **arguments: Any) -> HttpResponseBase:
            policy = policy_of(self.model)
            asked = SEEING if _asks(view_class) else {"change"}
            if not policy.user_has_any_permission(request.user, asked):
                raise PermissionDenied
            if "pk" in arguments:
                entry = _seen(policy, request, arguments["pk"])
                check_belonging(entry, arguments)
                if issubclass(view_class, PreviewRevisionForTask) and not entry.is_previewable():
                    raise Http404
            if policy.only_texts(request.user):
                return of_texts(request, *args, **arguments)
            return view(request, *args, **arguments)

        gated.__dict__.update(view.__dict__)
        return gated

    def _of_texts(self, view_class: type[Any], kwargs: dict[str, Any]) -> View:
        """What a translator gets: forms that hold texts and nothing else, so nothing else can be posted."""
        if view_class.__name__ == "_RevisionsRevertView":
            return lambda *_args, **_kwargs: _refuse()  # an earlier version brings all its other fields back
        if issubclass(view_class, EditView | PreviewOnEditView):
            panel = texts_only(self._edit_handler, self.model)  # type: ignore[attr-defined]
            kwargs = {**kwargs, "panel": panel, "form_class": panel.get_form_class()}
        view: View = super().construct_view(view_class, **kwargs)  # type: ignore[misc]
        return view


def _asks(view_class: type[Any]) -> bool:
    """Wagtail's view asks for its permission itself; those of the workflow do not."""
    names = ("permission_required", "any_permission_required")
    return any(getattr(view_class, name, None) is not None for name in names)


def _refuse() -> HttpResponseBase:
    raise PermissionDenied


def _seen(policy: EntryPolicy, request: HttpRequest, key: str) -> Any:
    try:
        entry = policy.model._default_manager.get(pk=unquote(str(key)))
    except (policy.model.DoesNotExist, ValidationError, ValueError, OverflowError) as problem:
        raise Http404 from problem
    if not policy.user_has_any_permission_for_instance(request.user, SEEING, entry):
        raise Http404
    return entry


def check_belonging(entry: Any, arguments: dict[str, Any]) -> None:
    """Every version and every step of a workflow in the address is one of this entry."""
    states = WorkflowState.objects.for_instance(entry)
    for name, key in arguments.items():
        if name.startswith("revision_id") and key not in NAMED_REVISIONS:
            _one_of(entry.revisions, key)
        elif name == "workflow_state_id":
            _one_of(states, key)
        elif name == "task_state_id":
            _one_of(TaskState.objects.filter(workflow_state__in=states), key)


def _one_of(rows: QuerySet[Any], key: Any) -> None:
    try:
        found = rows.filter(pk=key).exists()
    except (ValidationError, ValueError, OverflowError):
        found = False
    if not found:
        raise Http404


def texts_only(layout: Panel, model: type[Any]) -> Panel:
    """The tabs of languages and of rows with texts, without the others."""
    tabs = [
        tab.texts.clone() if isinstance(tab, RowsTab) else tab.clone()
        for tab in getattr(layout, "children", ())
        if isinstance(tab, LanguageTab | RowsTab)
    ]
    found: Panel = TabbedInterface(tabs, base_form_class=layout.base_form_class).bind_to_model(model)
    return found


class SeenOnly:
    """For lists: what the reader may not open is not in them, and no title is that of a newer draft."""

    request: HttpRequest

    def get_base_queryset(self) -> QuerySet[Any]:
        found: QuerySet[Any] = super().get_base_queryset()  # type: ignore[misc]
        return found if policy_of(found.model).sees_drafts(self.request.user) else found.filter(live=True)

    def _get_title_column(self, field_name: str, *args: Any, **kwargs: Any) -> Any:
        if not policy_of(self.model).sees_drafts(self.request.user):  # type: ignore[attr-defined]
            kwargs["accessor"] = str
        return super()._get_title_column(field_name, *args, **kwargs)  # type: ignore[misc]


def visible(model: type[Any], request: HttpRequest | None) -> QuerySet[Any]:
    """What the reader may choose of in a filter."""
    found: QuerySet[Any] = model._default_manager.all()
    if request is None:
        return found
    seen: QuerySet[Any] = policy_of(model).instances_user_has_any_permission_for(request.user, SEEING)
    return seen


class GatedChooser(SnippetChooserViewSet):
    """Wagtail's choosers show every entry to everybody who may enter the admin."""

    def get_urlpatterns(self) -> list[URLPattern]:
        patterns: list[URLPattern] = super().get_urlpatterns()
        kept = [pattern for pattern in patterns if pattern.name != "create"]  # an entry has a form of its own
        for pattern in kept:
            pattern.callback = self._for_authors(pattern.callback)
        return kept

    def _for_authors(self, view: Any) -> View:
        def gated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            policy = policy_of(self.model)
            if policy.only_texts(request.user) or not policy.user_has_any_permission(
                request.user, {"add", "change"}
            ):
                raise PermissionDenied
            answer: HttpResponseBase = view(request, *args, **kwargs)
            return answer

        return gated
