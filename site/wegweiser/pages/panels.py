"""How the forms of pages are laid out: as the directory's, one tab for each language."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import CommentPanel, FieldPanel, ObjectList, Panel, PublishingPanel, TabbedInterface

from directory.editing.language_tabs import language_tabs
from directory.editing.panels import group
from wegweiser.pages.forms import PageForm

LINKED = (
    FieldPanel("slug", help_text=_("Part of the address; it never changes. Empty: made out of the heading.")),
    FieldPanel("show_in_menus", heading=_("Linked at the foot of every page"), help_text=_("Once published.")),
    FieldPanel("on_first_page"),
)
VIDEO = group(_("Video"), "video", "video_url", "video_megabytes", "video_seconds")


def handler(model: type[Any], *general: Panel, form: type[PageForm] = PageForm) -> Any:
    tabs = [
        *language_tabs(model),
        *([ObjectList(general, heading=_("General"))] if general else []),
        ObjectList([PublishingPanel(), CommentPanel()], heading=_("State")),
    ]
    return TabbedInterface(tabs, base_form_class=form)
