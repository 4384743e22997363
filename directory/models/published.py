from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from directory.models.change import Followed
from directory.models.drafting import Drafting
from directory.models.pause import Braked
from directory.models.translated import TranslatedRevisions


class Published(
    TranslatedRevisions,
    Braked,
    Drafting,
    Followed,
    PreviewableMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    ClusterableModel,
):
    """What the public sees only after somebody has published it; one revision holds all languages."""

    # {language: {"state": machine|human|checked, "source": hash of the source text, "by", "at", "public"}};
    # missing and outdated are computed: directory/translation_state.py. Part of the revision: revert restores it.
    translation_state = models.JSONField(_("state of translations"), default=dict, blank=True, editable=False)

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="%(class)s")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="%(class)s",
        for_concrete_model=False,
    )

    class Meta:
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "translate")

    @property
    def revisions(self) -> Any:
        return self._revisions

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        from directory.editing.previews import modes  # above the models, but this hook of Wagtail is down here

        return modes(type(self))

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        from directory.editing.previews import preview  # above, too

        return preview(request, self, mode_name)
