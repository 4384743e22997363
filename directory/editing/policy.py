"""Who may do what with an entry in Wagtail's admin: its views, choosers and editing sessions all ask here."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import QuerySet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

User = AbstractBaseUser | AnonymousUser
SEEING = frozenset({"view", "add", "change", "delete", "publish"})


class EntryPolicy(ModelPermissionPolicy):
    """Translators open the form that editors change; who may only view sees what is published."""

    def user_has_permission(self, user: User, action: str) -> bool:
        return self._has(user, action) or (action == "change" and self._has(user, "translate"))

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        asked = {*actions, *(["translate"] if "change" in actions else [])}
        found: QuerySet[Any] = super().users_with_any_permission(asked)
        return found

    def user_has_permission_for_instance(self, user: User, action: str, instance: Any) -> bool:
        return self.user_has_permission(user, action) and (instance.live or self.sees_drafts(user))

    def instances_user_has_any_permission_for(self, user: User, actions: Iterable[str]) -> QuerySet[Any]:
        found: QuerySet[Any] = super().instances_user_has_any_permission_for(user, actions)
        return found if self.sees_drafts(user) else found.filter(live=True)

    def sees_drafts(self, user: User) -> bool:
        return bool(self.user_has_any_permission(user, SEEING - {"view"}))

    def only_texts(self, user: User) -> bool:
        return self._has(user, "translate") and not self._has(user, "change")

    def _has(self, user: User, action: str) -> bool:
        return bool(user.has_perm(self._get_permission_name(action)))  # type: ignore[union-attr]


def register(*models: type[Any]) -> None:
    """Before anything looks a policy up: from the ready() of the app that has the models."""
    for model in models:
        register_permission_policy(model, EntryPolicy(model))
