"""What the history of an organisation says of its members."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter

# Action → label, sentence about whom it was done to.
ACTIONS = {
    "invite": (_("Invite"), _("Invited %(who)s")),
    "take_back": (_("Take an invitation back"), _("Took back the invitation of %(who)s")),
    "join": (_("Join"), _("%(who)s accepted the invitation")),
    "change_role": (_("Change a role"), _("Gave another role to %(who)s")),
    "remove": (_("Remove a member"), _("%(who)s is no longer a member")),
}


def register_log_actions(actions: LogActionRegistry) -> None:
    for name, (label, sentence) in ACTIONS.items():
        actions.register_action(f"wegweiser.{name}")(_formatter(label, sentence))


def _formatter(named: Any, sentence: Any) -> type[LogFormatter]:
    class Formatter(LogFormatter):
        label = named

        def format_message(self, log_entry: Any) -> Any:
            return sentence % {"who": log_entry.data.get("who", "")}

    return Formatter


hooks.register("register_log_actions", register_log_actions)
