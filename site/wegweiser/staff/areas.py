"""Wagtail's own screens by address: some ask for no permission, and some that we do not use are closed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wagtail.images import get_permission_policy
from wagtail.models import Page, Workflow
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import policy_registry

from directory.models import Listing

Asks = Callable[[Any], bool]


def nobody(user: Any) -> bool:
    return False


def _may_any(model: type[Any], *actions: str) -> Asks:
    def asks(user: Any) -> bool:
        policy: BasePermissionPolicy = policy_registry.get_by_type(model)
        return bool(policy.user_has_any_permission(user, actions))

    return asks


def _may(permission: str) -> Asks:
    return lambda user: bool(user.has_perm(permission))


def _images(user: Any) -> bool:
    return bool(get_permission_policy().user_has_any_permission(user, ("add", "change", "delete", "choose")))


@dataclass(frozen=True)
class Area:
    start: str
    asks: Asks


# The first that fits counts. Below them, Wagtail's screens ask for their own permissions as well.
AREAS = (
    Area("/admin/failwhale/", nobody),
    Area("/admin/test404/", nobody),
    Area("/admin/documents/", nobody),
    Area("/admin/api/main/documents/", nobody),
    Area("/admin/api/main/images/", _images),
    Area("/admin/api/", _may_any(Page, "add", "change", "publish")),
    Area("/admin/pages/", _may_any(Page, "add", "change", "publish")),
    Area("/admin/choose-", _may_any(Page, "add", "change", "publish")),
    Area("/admin/images/", _images),
    Area("/admin/tag-autocomplete/", _images),
    Area("/admin/reports/", _may_any(Listing, "add", "publish")),
    Area("/admin/overdue-rules/", _may_any(Listing, "add", "publish")),
    Area("/admin/collecting/", _may_any(Listing, "add", "publish")),
    Area("/admin/dead-links/", _may_any(Listing, "add", "publish")),
    Area("/admin/upkeep/", _may_any(Listing, "add", "publish")),
    Area("/admin/coverage/", _may_any(Listing, "add", "publish")),
    Area("/admin/proposals/", _may_any(Listing, "add", "publish")),
    Area("/admin/reviews/", _may("directory.publish_listing")),
    Area("/admin/members/", _may("directory.change_organisation")),
    Area("/admin/workflows/", _may_any(Workflow, "add", "change", "delete")),
    Area("/admin/configuration/", _may("directory.change_configuration")),
    Area("/admin/collections/", _may("wagtailcore.change_collection")),
    Area("/admin/settings/", _may("wagtailcore.change_site")),
)


def may_enter(user: Any, path: str) -> bool:
    area = next((area for area in AREAS if path.startswith(area.start)), None)
    return area is None or area.asks(user)
