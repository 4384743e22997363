from collections.abc import Iterable
from typing import Any

from wagtail.admin.menu import MenuItem
from wagtail.permissions import policy_registry


def item_for(model: type[Any], actions: Iterable[str]) -> type[MenuItem]:
    """Shown to whoever may do one of these with the model's entries."""

    class PermittedItem(MenuItem):
        def is_shown(self, request: Any) -> bool:
            return bool(policy_registry.get_by_type(model).user_has_any_permission(request.user, set(actions)))

    return PermittedItem
