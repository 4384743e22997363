"""Registers the table of entries with Wagtail's admin; imported by directory/wagtail_hooks.py."""

from collections.abc import Iterator
from typing import Any

from django.urls import include, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry

from directory.exchange import screens_urls
from directory.exchange.table_screens import ExchangeMenuItem
from directory.models import Organisation


def urls() -> list[Any]:
    return [path("exchange/", include(screens_urls))]


def menu() -> ExchangeMenuItem:
    url = reverse_lazy("exchange:overview")
    return ExchangeMenuItem(_("Import and export"), url, name="exchange", icon_name="table", order=160)


def everything_of(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    if isinstance(snippet, Organisation) and user.has_perm("directory.change_organisation"):
        url = reverse("exchange:belongings", args=[snippet.slug])
        yield Button(_("Export everything"), url, icon_name="download", priority=60)


def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("wegweiser.import", _("Import"), _("Changed by a table"))


hooks.register("register_admin_urls", urls)
hooks.register("register_admin_menu_item", menu)
hooks.register("register_snippet_listing_buttons", everything_of)
hooks.register("register_log_actions", log_actions)
