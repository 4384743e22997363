"""Registers the screens of translations with Wagtail's admin; imported by directory/wagtail_hooks.py."""

from typing import Any

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from directory import machine_translation
from directory.editing import translating_urls
from directory.editing.translating import TranslationsMenuItem
from directory.editing.translating_bulk import TranslateByMachine


def urls() -> list[Any]:
    return [path("translations/", include(translating_urls))]


def menu() -> TranslationsMenuItem:
    url = reverse_lazy("translations:overview")
    return TranslationsMenuItem(_("Translations"), url, name="translations", icon_name="globe", order=150)


def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("wegweiser.translate", _("Translate"), _("Translated by spreadsheet or machine"))


hooks.register("register_admin_urls", urls)
hooks.register("register_admin_menu_item", menu)
hooks.register("register_log_actions", log_actions)
if machine_translation.is_on():
    hooks.register("register_bulk_action", TranslateByMachine)
