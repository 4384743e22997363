"""Who changed what and when, and how two versions differ."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name
from wagtail.admin.ui.tables import Column
from wagtail.models import Revision
from wagtail.snippets.views import snippets
from wagtail.utils.timestamps import render_timestamp

from directory.editing import comparing_rows
from directory.editing.wording import differences

NAMED_AT_MOST = 6


class ChangedColumn(Column):
    def __init__(self, name: str, *, before: dict[int, Any], **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.before = before

    def get_value(self, instance: Any) -> str:
        """Only beside the entry of the edit itself: its publishing would tell the same again."""
        before = self.before.get(instance.previous_revision_id)
        if not instance.content_changed or instance.revision is None or instance.action == "wagtail.publish":
            return ""
        if before is None:
            return _("first version")
        words = differences(instance.content_type.model_class(), before, instance.revision.content)
        return _few(words) or _("nothing")


def _few(words: list[str]) -> str:
    rest = len(words) - NAMED_AT_MOST
    named = ", ".join(words[:NAMED_AT_MOST])
    return _("%(names)s and %(number)d more") % {"names": named, "number": rest} if rest > 0 else named


class EntryHistory(snippets.HistoryView):
    @cached_property
    def before(self) -> dict[int, Any]:
        """Contents of the versions before those that the page names; filled when these are known."""
        return {}

    @cached_property
    def columns(self) -> list[Any]:
        action, *rest = super().columns
        return [action, ChangedColumn("changed", label=gettext_lazy("What changed"), before=self.before), *rest]

    def get_base_queryset(self) -> QuerySet[Any]:
        """One entry for each draft, the newest: Wagtail's page saves by itself, and each time makes an entry."""
        found: QuerySet[Any] = super().get_base_queryset()
        newer = found.model.objects.filter(
            revision=OuterRef("revision"), action="wagtail.edit", pk__gt=OuterRef("pk")
        )
        return found.exclude(Exists(newer), action="wagtail.edit")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        keys = {entry.previous_revision_id for entry in context["object_list"]}
        self.before.update(Revision.objects.filter(pk__in=keys - {None}).values_list("pk", "content"))
        return context


class EntryCompare(snippets.RevisionsCompareView):
    template_name = "directory/editing/compare.html"

    def _get_comparison(self, revision_a: Any, revision_b: Any) -> list[Any]:
        panel = self.get_edit_handler().get_bound_panel(instance=self.object, request=self.request, form=None)
        found = [comparing_rows.with_rows_of_ours(each)(revision_a, revision_b) for each in panel.get_comparison()]
        changed = [each for each in found if each.has_changed()]
        return [*changed, *comparing_rows.states(revision_a, revision_b)]

    def _get_revision_and_heading(self, revision_id: str) -> tuple[Any, Any]:
        """Wagtail would name a version by a bare number of the clock."""
        found, heading = super()._get_revision_and_heading(revision_id)
        if revision_id == "live":
            return found, _("what is public now") if found.live else _("what was saved first")
        versions = self.object.revisions.order_by("-created_at", "-id")
        revision = (versions.filter(pk=revision_id) if revision_id.isdigit() else versions).first()
        return found, _version(revision) if revision else heading


def _version(revision: Any) -> Any:
    who = user_display_name(revision.user) if revision.user else _("nobody signed in")
    return _("the version of %(time)s by %(name)s") % {"time": render_timestamp(revision.created_at), "name": who}
