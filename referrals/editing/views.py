from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from directory.editing.desk import visible
from directory.editing.policy import SEEING
from directory.models import Listing
from referrals.editing import rules


def _form(rule: rules.Rule) -> str:
    return reverse(Listing.snippet_viewset.get_url_name("edit"), args=[rule.listing.pk])


class OverdueRules(PermissionCheckedMixin, BaseListingView):
    page_title = _("Rules past their check-by date")
    header_icon = "history"
    verbose_name_plural = _("rules")
    any_permission_required = SEEING
    is_searchable = False
    paginate_by = 50
    columns = [
        TitleColumn("listing", label=_("Listing"), get_url=_form),
        Column("sentence", label=_("Rule")),
        Column("links", label=_("Sources")),
        DateColumn("check_by", label=_("To be checked by")),
    ]

    def get_queryset(self) -> rules.Overdue:
        return rules.Overdue(visible(self.request.user, Listing))
