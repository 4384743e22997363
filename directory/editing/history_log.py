"""What the history says of the project's own actions."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, LogFormatter


def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("wegweiser.confirm", _("Confirm"), _("Confirmed that the listing is still correct"))
    actions.register_action("wegweiser.submit", _("Submit"), _("Submitted for review"))
    actions.register_action("wegweiser.withdraw", _("Withdraw"), _("Taken back out of the review"))
    actions.register_action("wegweiser.capacity", _("Capacity"), _("Changed capacity or waiting time"))
    actions.register_action("wegweiser.removal", _("Removal"), _("Asked for the entry to be removed"))
    actions.register_action("wegweiser.hide_contact", _("Hide"), _("Hid a contact that is wrong"))
    actions.register_action("wegweiser.show_contact", _("Show"), _("Showed a hidden contact again"))
    actions.register_action("wegweiser.letter", _("Letter"), _("Printed a letter with a code"))
    actions.register_action("wegweiser.answer", _("Answer"), _("The decision was mailed to whoever submitted it"))
    actions.register_action("wegweiser.undo", _("Undo"), _("What an account did was taken back"))
    actions.register_action("wegweiser.freeze", _("Freeze"), _("Organisations change nothing for now"))
    actions.register_action("wegweiser.thaw", _("Unfreeze"), _("Organisations change their entries again"))
    to_check = _("To be checked")
    actions.register_action("wegweiser.needs_check", to_check, _("Noted that the listing must be checked"))

    @actions.register_action("wegweiser.still_used")
    class StillUsedFormatter(LogFormatter):
        label = _("Still used")

        def format_message(self, log_entry: Any) -> str:
            words = _("Stays on the site past its last day, because it is still used by: %(users)s")
            return words % {"users": log_entry.data.get("users", "")}
