"""Reads a row of conditions back as a sentence above its fields. The words are another room's: `read_row_back`."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail import hooks
from wagtail.admin.panels import Panel
from wagtail.admin.panels.base import get_form_for_model
from wagtail.permissions import policy_registry

from directory.editing.forms import ConditionsForm
from directory.models import CompetenceRow, Exclusion, Listing
from directory.models.competence import Conditions

MODELS: dict[str, type[Conditions]] = {"competence_rows": CompetenceRow, "exclusions": Exclusion}


def sentence(row: Any, listing: Any) -> str:
    return next((words for read in hooks.get_hooks("read_row_back") if (words := read(row, listing))), "")


class ReadBack(Panel):
    def __init__(self, relation: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.relation = relation

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "relation": self.relation}

    class BoundPanel(Panel.BoundPanel):
        template_name = "directory/editing/read_back.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            listing = getattr(self.instance, "listing", None) if self.instance.listing_id else None
            context["sentence"] = sentence(self.instance, listing or Listing())
            context["address"] = reverse(f"wegweiser_read_back_{self.panel.relation}")
            return context


@never_cache
@require_POST
def answer(request: HttpRequest, relation: str) -> JsonResponse:
    """What the row would say as it stands in the form. Nothing is stored, and what is wrong is left out."""
    policy = policy_registry.get_by_type(Listing)
    if not policy.user_has_permission(request.user, "change") or policy.only_texts(request.user):
        raise PermissionDenied
    form = get_form_for_model(MODELS[relation], form_class=ConditionsForm, exclude=["listing"])(request.POST)
    form.is_valid()
    return JsonResponse({"sentence": sentence(form.instance, Listing())})


def urls() -> list[Any]:
    return [
        path(f"read-back/{relation}/", answer, {"relation": relation}, name=f"wegweiser_read_back_{relation}")
        for relation in MODELS
    ]
