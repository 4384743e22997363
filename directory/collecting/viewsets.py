from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from directory.collecting import link_screens, screens


class CollectingItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return screens.may_collect(request.user)


class _Screens(ViewSet):
    menu_item_class = CollectingItem

    @property
    def menu_url(self) -> Any:
        return reverse(self.get_url_name("index"))


class CollectingViewSet(_Screens):
    name = "collecting"
    icon = menu_icon = "mail"
    menu_label = _("Missing contacts")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", screens.Overview.as_view(), name="index"),
            path("call/<int:organisation>/", screens.Call.as_view(), name="call"),
            path("letters/", screens.Letters.as_view(), name="letters"),
        ]


class LinksViewSet(_Screens):
    name = "dead-links"
    icon = menu_icon = "link-external"
    menu_label = _("Dead links")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", link_screens.DeadLinks.as_view(), name="index"),
            path("again/", link_screens.Again.as_view(), name="again"),
        ]
