"""The list of cases, and the page that runs all of them through what is public now."""

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permissions import policy_registry

from directory.vocabulary import area_tree, home_area
from referrals import queries
from referrals.editing import cases
from referrals.editing.case_form import CASE
from referrals.editing.menu import item_for
from referrals.evaluation import evaluate
from referrals.models import Case
from referrals.stored_cases import stored_cases


def _form(case: Case) -> str:
    return reverse("referral-cases:edit", args=[case.pk])


class CaseIndex(generic.IndexView):
    page_title = _("Cases")

    @cached_property
    def header_buttons(self) -> list[Any]:
        run = HeaderButton(_("Run all cases"), url=reverse("referral-cases:run"), icon_name="success")
        return [*super().header_buttons, run]


class RunCases(WagtailAdminTemplateMixin, PermissionCheckedMixin, TemplateView):
    page_title = _("All cases")
    header_icon = "success"
    permission_required = "change"
    template_name = "referrals/editing/cases.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse("referral-cases:index"), "label": _("Cases")}
        return [*super().get_breadcrumbs_items(), above, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names, bodies, rules = cases.Names(), queries.bodies(), queries.rules()
        verdicts = evaluate(stored_cases(), bodies, rules, area_tree(), home_area())
        rows = [
            {
                "case": names.case(each.case),
                "passes": each.passes,
                "first": names.body(each.first),
                "faults": list(cases.faults(each, names)),
            }
            for each in sorted(verdicts, key=lambda each: (each.passes, each.case.id))
        ]
        passing = sum(each.passes for each in verdicts)
        return super().get_context_data(**kwargs) | {"rows": rows, "passing": passing, "number": len(rows)}


class CaseViewSet(ModelViewSet):
    """Not public, and without drafts: what a case expects counts as soon as it is saved."""

    model = Case
    name = "referral-cases"
    icon = menu_icon = "tick-inverse"
    menu_label = _("Cases")
    menu_item_class = item_for(Case, {"change"})
    edit_handler = CASE
    index_view_class = CaseIndex
    copy_view_enabled = False
    list_per_page = 50
    search_fields = ["title", "slug"]
    list_display = [
        TitleColumn("title", label=_("What happens"), get_url=_form),
        Column("slug", label=_("slug"), sort_key="slug"),
        Column("source", label=_("Source")),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        policy = policy_registry.get_by_type(Case)
        run = path("run/", self.construct_view(RunCases, permission_policy=policy), name="run")
        return [run, *super().get_urlpatterns()]
