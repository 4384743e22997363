from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from directory.editing.confirming import Confirm
from directory.editing.views import BulkDelete
from directory.editing.viewsets import DirectoryGroup

register_snippet(DirectoryGroup)

hooks.register("register_bulk_action", Confirm)
hooks.register("register_bulk_action", BulkDelete, order=100)  # after Wagtail's own, which it replaces


def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("wegweiser.confirm", _("Confirm"), _("Confirmed that the listing is still correct"))


hooks.register("register_log_actions", register_log_actions)
