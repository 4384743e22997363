"""What would change, were a draft public: a page beside its form, and a warning where a case would fail."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.snippets.action_menu import ActionMenuItem

from directory.editing.gate import policy_of
from directory.models import Listing, Organisation
from directory.vocabulary import area_tree, home_area
from referrals import rule_words
from referrals.drafting import Effect, World, effects, public, turns, with_draft
from referrals.editing.cases import Names, faults
from referrals.models import Deadline, Note, Question
from referrals.stored_cases import stored_cases

KINDS: Mapping[str, type[Any]] = {
    "listing": Listing,
    "organisation": Organisation,
    "deadline": Deadline,
    "note": Note,
    "question": Question,
}
MOVING_CASES = (Listing, Organisation, Deadline)  # a case states facts: no question is asked, and no note moves it
NAMED_AT_MOST = 3


def address(entry: Any) -> str:
    return reverse(f"referral_preview_{entry._meta.model_name}", args=[entry.pk])


def may_see(user: Any, entry: Any) -> bool:
    policy = policy_of(type(entry))
    may: bool = policy.user_has_permission_for_instance(user, "change", entry) and not policy.only_texts(user)
    return may


class WhatWouldChange(WagtailAdminTemplateMixin, TemplateView):
    page_title = gettext_lazy("What would change")
    header_icon = "resubmit"
    template_name = "referrals/editing/would_change.html"
    model: type[Any] = Listing

    @cached_property
    def entry(self) -> Any:
        found = get_object_or_404(self.model, pk=self.kwargs["pk"])
        if not may_see(self.request.user, found):
            raise PermissionDenied
        return found

    def get_page_subtitle(self) -> str:
        return str(self.entry.get_latest_revision_as_object())

    @property
    def form(self) -> str:
        return reverse(self.model.snippet_viewset.get_url_name("edit"), args=[quote(self.entry.pk)])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": self.form, "label": self.get_page_subtitle()}
        return [*super().get_breadcrumbs_items(), above, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        before, names = public(), Names()
        after = with_draft(before, self.entry.get_latest_revision_as_object())
        tree, home, tried = area_tree(), home_area(), stored_cases()
        found = effects(tried, before, after, tree, home)
        return super().get_context_data(**kwargs) | {
            "form": self.form,
            "number": len(tried),
            "effects": [_effect(each, names) for each in found],
            "turns": [
                {
                    "said": rule_words.situation(each.said),
                    "before": [names.body(slug) for slug in each.before],
                    "after": [names.body(slug) for slug in each.after],
                }
                for each in turns(before, after, tree, home)
            ],
        }


def _effect(effect: Effect, names: Names) -> dict[str, Any]:
    return {
        "case": names.case(effect.case),
        "moves": effect.moves,
        "before": names.body(effect.before.first),
        "after": names.body(effect.after.first),
        "begins_to_fail": effect.begins_to_fail,
        "passes_now": effect.passes_now,
        "faults": list(faults(effect.after, names)) if effect.begins_to_fail else [],
        "said": names.said(effect.said),
        "no_longer_said": names.said(effect.no_longer_said),
    }


def urls() -> list[URLPattern]:
    return [
        path(
            f"what-would-change/{kind}/<int:pk>/",
            WhatWouldChange.as_view(model=model),
            name=f"referral_preview_{kind}",
        )
        for kind, model in KINDS.items()
    ]


class WouldChangeItem(ActionMenuItem):
    name = "would-change"
    label = gettext_lazy("What would change (last saved draft)")
    icon_name = "resubmit"
    order = 90

    def is_shown(self, context: Any) -> bool:
        entry = context.get("instance")
        return bool(context["view"] == "edit" and entry and may_see(context["request"].user, entry))

    def get_url(self, parent_context: Any) -> str:
        return address(parent_context["instance"])


def menu_item(model: type[Any]) -> WouldChangeItem | None:
    return WouldChangeItem() if model in KINDS.values() else None


PUBLISHING = frozenset({"action-publish", "action-workflow-action"})


def before_edit(request: HttpRequest, entry: Any) -> None:
    """Whoever opens a draft is warned before it is published; whoever publishes it, afterwards."""
    if type(entry) not in MOVING_CASES:
        return
    if request.method == "POST" and PUBLISHING & request.POST.keys():
        request.referral_before = public()  # type: ignore[attr-defined]
    elif request.method == "GET" and entry.has_unpublished_changes and may_see(request.user, entry):
        broken = _broken(public(), entry.get_latest_revision_as_object())
        _warn(request, entry, broken, _("If this draft is published, %(what)s"))


def after_edit(request: HttpRequest, entry: Any) -> None:
    before: World | None = getattr(request, "referral_before", None)
    stored = type(entry).objects.get(pk=entry.pk) if before else None  # what the view has may be older
    if before and stored and stored.live and not stored.has_unpublished_changes:
        _warn(request, stored, _broken(before, stored), _("Published. But now %(what)s"))


def _broken(before: World, draft: Any) -> list[Effect]:
    found = effects(stored_cases(), before, with_draft(before, draft), area_tree(), home_area())
    return [each for each in found if each.begins_to_fail]


def _warn(request: HttpRequest, entry: Any, broken: Iterable[Effect], words: str) -> None:
    broken = list(broken)
    if not broken:
        return
    names = Names()
    told = [
        _("“%(case)s”: %(before)s → %(after)s")
        % {
            "case": names.case(each.case).name,
            "before": names.body(each.before.first).name,
            "after": names.body(each.after.first).name,
        }
        for each in broken[:NAMED_AT_MOST]
    ]
    what = ngettext(
        "%(number)d case no longer leads where it must.",
        "%(number)d cases no longer lead where they must.",
        len(broken),
    )
    text = " ".join((words % {"what": what % {"number": len(broken)}}, *told))
    url = address(entry) if entry.has_unpublished_changes else reverse("referral-cases:run")
    messages.warning(request, text, buttons=[messages.button(url, _("Which ones"))])
