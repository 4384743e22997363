"""Staff's screen of who keeps which organisation's entries: the first owner is invited here."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import policy_registry

from directory import memberships
from directory.models import Organisation, Role
from wegweiser.members.forms import InviteForm, role_names
from wegweiser.members.people import invites, open_invitations, told_invited
from wegweiser.staff.forms import sends_mail

MAY = {"change"}  # of organisations, as `may_invite` asks


class OrganisationsView(WagtailAdminTemplateMixin, PermissionCheckedMixin, TemplateView):
    page_title = gettext_lazy("Members")
    header_icon = "group"
    template_name = "members/staff/organisations.html"
    any_permission_required = MAY

    def get_breadcrumbs_items(self) -> list[Any]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": _("Members")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Those without an owner first: nobody there can invite anybody."""
        owners = Count("memberships", filter=Q(memberships__role=Role.OWNER), distinct=True)
        editors = Count("memberships", filter=Q(memberships__role=Role.EDITOR), distinct=True)
        invited = Count("invitations", filter=Q(invitations__accepted_at=None), distinct=True)
        rows: Any = Organisation.objects.annotate(owners=owners, editors=editors, invited=invited)
        found = sorted(rows, key=lambda each: (bool(each.owners), bool(each.invited), str(each).casefold()))
        own = {"organisations": found, "with_owner": sum(bool(each.owners) for each in found)}
        return super().get_context_data(**kwargs) | own


class MembersView(WagtailAdminTemplateMixin, PermissionCheckedMixin, TemplateView):
    header_icon = "group"
    template_name = "members/staff/members.html"
    any_permission_required = MAY

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.organisation: Organisation = get_object_or_404(Organisation, pk=kwargs["pk"])
        self.form = InviteForm(initial={"role": Role.OWNER}, prefix="invite")

    def get_page_title(self) -> str:
        return _("Members of %(name)s") % {"name": self.organisation}

    def get_breadcrumbs_items(self) -> list[Any]:
        up = {"url": reverse("organisation_members:index"), "label": _("Members")}
        return [*super().get_breadcrumbs_items(), up, {"url": "", "label": str(self.organisation)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = {
            "organisation": self.organisation,
            "people": self.organisation.memberships.select_related("user").order_by("-role", "user__email"),
            "invitations": open_invitations(self.organisation),
            "roles": role_names(),
            "invite": self.form if sends_mail() else None,
        }
        return super().get_context_data(**kwargs) | own

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        acts = {"invite": self._invite, "role": self._role, "remove": self._remove, "take_back": self._take_back}
        chosen = next((acts[name] for name in acts if name in request.POST), None)
        if chosen is None:
            raise Http404
        done = chosen(request)
        if done is None:
            return self.render_to_response(self.get_context_data(**kwargs), status=422)
        messages.success(request, done)
        return redirect(request.path)

    def _invite(self, request: HttpRequest) -> str | None:
        self.form = InviteForm(request.POST, prefix="invite")
        went = invites(self.form, self.organisation, cast("User", request.user))
        return told_invited(self.form) if went else None

    def _role(self, request: HttpRequest) -> str:
        role = request.POST["role"]
        if role not in Role.values:
            raise Http404
        memberships.change_role(membership=self._membership(request), role=role, by=cast("User", request.user))
        return _("The role is changed.")

    def _remove(self, request: HttpRequest) -> str:
        memberships.remove(membership=self._membership(request), by=cast("User", request.user))
        return _("The member is removed.")

    def _take_back(self, request: HttpRequest) -> str:
        rows = self.organisation.invitations.filter(accepted_at=None)
        found = get_object_or_404(rows, pk=_number(request, "take_back"))
        memberships.take_back(invitation=found, by=cast("User", request.user))
        return _("The invitation is taken back.")

    def _membership(self, request: HttpRequest) -> Any:
        return get_object_or_404(self.organisation.memberships, pk=_number(request, "member"))


def _number(request: HttpRequest, name: str) -> int:
    value = request.POST.get(name, "")
    return int(value) if value.isdecimal() else 0


class Item(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        policy = policy_registry.get_by_type(Organisation)
        return bool(policy.user_has_any_permission(request.user, MAY))


class MembersViewSet(ViewSet):
    name = "members"
    url_namespace = "organisation_members"  # `members` leads below /konto/
    icon = menu_icon = "group"
    menu_label = gettext_lazy("Members")
    menu_item_class = Item
    menu_order = 150
    add_to_admin_menu = True

    @property
    def menu_url(self) -> str:
        return reverse(self.get_url_name("index"))

    def get_urlpatterns(self) -> list[URLPattern]:
        policy = policy_registry.get_by_type(Organisation)
        return [
            path("", self.construct_view(OrganisationsView, permission_policy=policy), name="index"),
            path("<int:pk>/", self.construct_view(MembersView, permission_policy=policy), name="organisation"),
        ]
