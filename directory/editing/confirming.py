"""One click for many listings: we checked them, they are still correct."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from directory import listings
from directory.editing.views import OwnOnly
from directory.models import Listing
from directory.permissions import may_confirm


class Confirm(OwnOnly, SnippetBulkAction):
    display_name = _("Still correct")
    aria_label = _("Note that the chosen listings were checked and are still correct")
    action_type = "confirm"
    action_priority = 10
    template_name = "directory/editing/confirm.html"
    models = [Listing]

    def check_perm(self, snippet: Listing) -> bool:
        return may_confirm(self.request.user, snippet)

    @classmethod
    def execute_action(cls, objects: Sequence[Listing], **context: Any) -> tuple[int, int]:
        for listing in objects:
            listings.confirm(listing=listing, by=context["self"].request.user)
        return len(objects), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        words = ngettext("%(count)d listing confirmed.", "%(count)d listings confirmed.", num_parent_objects)
        return words % {"count": num_parent_objects}
