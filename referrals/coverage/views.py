from typing import Any

from django.conf import settings
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import policy_registry

from directory.editing.policy import SEEING
from directory.models import Listing
from referrals.coverage import ledger
from referrals.coverage.showing import counted, shown
from referrals.editing.menu import item_for


class CoverageView(WagtailAdminTemplateMixin, PermissionCheckedMixin, TemplateView):
    page_title = _("Coverage")
    header_icon = "table"
    template_name = "referrals/coverage/page.html"
    any_permission_required = SEEING

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        months = [counted(month) for month in ledger.months(timezone.localdate())]
        own = {"coverage": shown(), "months": months, "counts_gaps": settings.COUNT_GAPS}
        return super().get_context_data(**kwargs) | own


class CoverageViewSet(ViewSet):
    """For staff: where nobody looks is of use to others, too. Who wants to publish it prints the page."""

    name = "coverage"
    icon = menu_icon = "table"
    menu_label = _("Coverage")
    menu_item_class = item_for(Listing, SEEING)

    @property
    def menu_url(self) -> str:
        return reverse(self.get_url_name("index"))

    def get_urlpatterns(self) -> list[URLPattern]:
        policy = policy_registry.get_by_type(Listing)
        return [path("", self.construct_view(CoverageView, permission_policy=policy), name="index")]
