from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from directory.upkeep import screens


class UpkeepItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return screens.may_keep_up(request.user)


class UpkeepViewSet(ViewSet):
    name = "upkeep"
    icon = menu_icon = "time"
    menu_label = _("Upkeep")
    menu_item_class = UpkeepItem

    @property
    def menu_url(self) -> Any:
        return reverse(self.get_url_name("index"))

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", screens.Index.as_view(), name="index"),
            path("ask/<int:organisation>/", screens.Ask.as_view(), name="ask"),
            path("settings/<int:organisation>/", screens.Settings.as_view(), name="settings"),
            path("seen/<int:mail>/", screens.Seen.as_view(), name="seen"),
        ]
