from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.permissions import policy_registry
from wagtail.snippets.models import register_snippet

from directory.editing import desk
from directory.editing.views import BulkDelete
from directory.models import Listing
from referrals.editing import previewing, previews, refusing, rules
from referrals.editing.viewsets import ReferralGroup
from referrals.models import Deadline, Note, Question
from referrals.professionals.urls import signed_in

register_snippet(ReferralGroup)
previews.register()

DATED = [Question, Note, Deadline]  # with a day by which somebody looks again
OF_DATED = {**desk.OF_ALL, "check_by": {**desk.PUBLIC, "checked": "overdue"}}


def of_referrals(request: HttpRequest) -> Iterator[desk.Part]:
    user: Any = request.user
    for model in DATED:
        yield from desk.counted(user, model, OF_DATED)
        yield from desk.untranslated(user, model)
    if policy_registry.get_by_type(Listing).user_has_any_permission(user, {"add", "publish"}):
        number = sum(found.count() for found in rules.overdue(desk.visible(user, Listing)))
        things = ngettext("rule of a listing", "rules of listings", number)
        yield desk.Part("check_by", number, things, reverse("overdue-rules:list"))


class BulkDeleteTexts(BulkDelete):
    models = DATED


hooks.register("count_for_desk", of_referrals)
hooks.register("register_admin_urls", lambda: signed_in)
hooks.register("register_bulk_action", BulkDeleteTexts, order=100)  # after Wagtail's own, which it replaces
hooks.register("check_listing_form", refusing.check_listing)
hooks.register("register_admin_urls", previewing.urls)
hooks.register("register_snippet_action_menu_item", previewing.menu_item)
hooks.register("before_edit_snippet", previewing.before_edit)
hooks.register("after_edit_snippet", previewing.after_edit)
hooks.register("read_row_back", rules.read_back)
