"""Who keeps the cases: whoever writes the rules that they judge."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from wagtail.permission_policies.base import BasePermissionPolicy

from directory.editing.policy import EntryPolicy, User
from directory.models import Listing


class CasePolicy(BasePermissionPolicy):
    rules = EntryPolicy(Listing)

    def user_has_permission(self, user: User, action: str) -> bool:
        return self.rules.user_has_permission(user, "add")

    def user_has_permission_for_instance(self, user: User, action: str, instance: Any) -> bool:
        return self.user_has_permission(user, action)

    def instances_user_has_any_permission_for(self, user: User, actions: Iterable[str]) -> QuerySet[Any]:
        cases: QuerySet[Any] = self.model._default_manager.all()
        return cases if self.user_has_any_permission(user, actions) else cases.none()

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        return self.rules.users_with_any_permission({"add"})
