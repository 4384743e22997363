from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldRowPanel, ObjectList, PublishingPanel, TabbedInterface
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from directory.editing.filters import EntryFilters, OneOf
from directory.editing.language_tabs import language_tabs
from directory.editing.panels import group, plain
from directory.editing.policy import SEEING
from directory.editing.viewsets import EntryViewSet
from directory.models import Listing
from referrals.coverage.views import CoverageViewSet
from referrals.due import period
from referrals.editing import columns
from referrals.editing.case_views import CaseViewSet
from referrals.editing.forms import DeadlineForm
from referrals.editing.guides import GuideViewSet
from referrals.editing.menu import item_for
from referrals.editing.notes import NoteViewSet
from referrals.editing.questions import QuestionViewSet
from referrals.editing.views import OverdueRules
from referrals.models import Deadline

DEADLINE = TabbedInterface(
    [
        ObjectList(
            [
                FieldRowPanel(plain("slug", "order")),
                FieldRowPanel(plain("period_iso", "weekend_extension")),
                *plain("written_required", "follows", "applies", "unless_ground"),
            ],
            heading=_("General"),
        ),
        *language_tabs(Deadline),
        ObjectList(
            [PublishingPanel(), group(_("Where this comes from"), "sources", "valid_from", "check_by")],
            heading=_("Sources and state"),
        ),
    ],
    base_form_class=DeadlineForm,
)


def in_words(deadline: Deadline) -> str:
    return period(deadline.period_iso)


class DeadlineFilters(EntryFilters):
    checked = OneOf(_("To be checked by"), [("overdue", _("Past the day"))])

    class Meta:
        model = Deadline
        fields = ["state", "review", "translation", "checked"]


class DeadlineViewSet(EntryViewSet):
    model = Deadline
    icon = "time"
    menu_label = _("Deadlines")
    edit_handler = DEADLINE
    list_display = [
        "__str__",
        Column("period_iso", label=_("period"), accessor=in_words),
        columns.valid_from(),
        columns.check_by(),
        UpdatedAtColumn(),
    ]
    filterset_class = DeadlineFilters


class RulesViewSet(ViewSet):
    """They are rows of listings, edited there: here is only the list."""

    name = "overdue-rules"
    icon = menu_icon = "history"
    menu_label = _("Overdue rules")
    menu_item_class = item_for(Listing, SEEING)

    @property
    def menu_url(self) -> str:
        return reverse(self.get_url_name("list"))

    def get_urlpatterns(self) -> list[URLPattern]:
        policy = policy_registry.get_by_type(Listing)
        return [path("", self.construct_view(OverdueRules, permission_policy=policy), name="list")]


class ReferralGroup(SnippetViewSetGroup):
    menu_label = _("Referral")
    menu_icon = "redirect"
    menu_order = 110
    items = (
        *(QuestionViewSet, GuideViewSet, NoteViewSet, DeadlineViewSet),
        *(RulesViewSet, CaseViewSet, CoverageViewSet),
    )
