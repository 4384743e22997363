from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import policy_registry

from directory.models import Listing
from directory.permissions import may_publish_everywhere
from directory.reviewing import accounts, views


class ForReviewers(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return may_publish_everywhere(request.user)


class ReviewViewSet(ViewSet):
    name = "reviews"
    icon = menu_icon = "check"
    menu_label = _("Review")
    menu_order = 90
    menu_item_class = ForReviewers
    add_to_admin_menu = True

    @property
    def menu_url(self) -> str:
        return reverse(self.get_url_name("index"))

    def get_urlpatterns(self) -> list[URLPattern]:
        given = {"permission_policy": policy_registry.get_by_type(Listing)}
        screens = {
            "index": ("", views.QueueView),
            "decide": ("<int:pk>/decide/", views.Decide),
            "correct": ("<int:pk>/correct/", views.CorrectView),
            "harmless": ("harmless/", views.ApproveHarmless),
            "freeze": ("freeze/", views.Freeze),
            "accounts": ("accounts/", accounts.AccountsView),
            "pause": ("accounts/pause/", accounts.PauseAccount),
            "lift": ("accounts/<int:pk>/lift/", accounts.Lift),
            "undo": ("accounts/undo/", accounts.Undo),
        }
        return [
            path(route, self.construct_view(view, **given), name=name) for name, (route, view) in screens.items()
        ]
