"""What the guide assumes of people who told neither what happened nor what they wish for."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies.base import BasePermissionPolicy

from directory.editing.forms import EntryForm
from directory.editing.policy import EntryPolicy, User
from referrals.editing.drafts import faults_of_assumed
from referrals.editing.grouped import GroupedField, of_facts
from referrals.editing.menu import item_for
from referrals.models import Guide, Question


class GuidePolicy(BasePermissionPolicy):
    """There are no drafts of it, so it is for those who may publish; nobody adds or deletes one here."""

    questions = EntryPolicy(Question)

    def user_has_permission(self, user: User, action: str) -> bool:
        return action == "change" and self.questions.user_has_permission(user, "publish")

    def user_has_permission_for_instance(self, user: User, action: str, instance: Any) -> bool:
        return self.user_has_permission(user, action)

    def instances_user_has_any_permission_for(self, user: User, actions: Iterable[str]) -> QuerySet[Any]:
        guides: QuerySet[Any] = self.model._default_manager.all()
        return guides if self.user_has_any_permission(user, actions) else guides.none()

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        return self.questions.users_with_any_permission({"publish"})


class GuideForm(EntryForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.fields["assumed"]
        known.help_text = _("It orders bodies, excludes none and starts no deadline.")
        self.fields["assumed"] = GroupedField(groups=of_facts(), stored=self.instance.assumed, like=known, size=16)

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.errors:
            for fault in faults_of_assumed(self.instance):
                self.add_error("assumed", fault)


class GuideViewSet(ModelViewSet):
    model = Guide
    name = "referral-guides"
    icon = menu_icon = "help"
    menu_label = _("Assumptions of the guide")
    menu_item_class = item_for(Guide, {"change"})
    edit_handler = ObjectList([FieldPanel("assumed")], base_form_class=GuideForm)
    copy_view_enabled = False
    inspect_view_enabled = False
