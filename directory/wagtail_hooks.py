from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from directory.collecting.link_screens import of_links
from directory.editing import bulk, comparing, desk, hours, reading_back, translating_hooks  # noqa: F401 - registers itself
from directory.editing.confirming import Confirm
from directory.editing.history_log import register_log_actions
from directory.editing.views import BulkDelete
from directory.editing.viewsets import DirectoryGroup
from directory.exchange import exchange_hooks  # noqa: F401 - registers itself
from directory.proposals.staff import ProposalViewSet, of_proposals
from directory.reviewing.viewsets import ReviewViewSet
from directory.upkeep.screens import of_upkeep

comparing.register()
register_snippet(DirectoryGroup)

hooks.register("register_bulk_action", Confirm)
for action in bulk.ACTIONS:
    hooks.register("register_bulk_action", action)
hooks.register("register_bulk_action", BulkDelete, order=100)  # after Wagtail's own, which it replaces


def style() -> SafeString:
    sheets = ((static(f"directory/{name}.css"),) for name in ("editing", "editing/desk"))
    return format_html_join("", '<link rel="stylesheet" href="{}">', sheets)


hooks.register("register_log_actions", register_log_actions)
hooks.register("register_admin_viewset", ReviewViewSet)
hooks.register("register_admin_viewset", ProposalViewSet)
hooks.register("register_admin_urls", hours.urls)
hooks.register("register_admin_urls", reading_back.urls)
hooks.register("insert_global_admin_css", style)


def put_desk(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(desk.Desk())


hooks.register("construct_homepage_panels", put_desk)
hooks.register("count_for_desk", desk.of_directory)
hooks.register("count_for_desk", of_upkeep)
hooks.register("count_for_desk", of_links)
hooks.register("count_for_desk", of_proposals)
