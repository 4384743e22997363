"""The staff's queue of what came from outside: read it, look whether it is here already, decide with one click."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from directory.editing import desk
from directory.models import ContactPoint, Organisation, Proposal
from directory.permissions import may_publish_everywhere
from directory.proposals import correcting, deciding, policies
from directory.proposals.similar import organisations_like, similar
from directory.proposals.words import told
from directory.upkeep.addresses import is_at_home, known_at

AT_ONCE, DECIDED_AT_ONCE = 100, 20
Kind, State = Proposal.Kind, Proposal.State


def may_read(user: Any) -> bool:
    return any(user.has_perm(f"directory.{action}_listing") for action in ("add", "publish"))


def proposals() -> Any:
    return Proposal.objects.select_related("listing", "organisation", "listing__organisation", "decided_by")


class Screen(WagtailAdminTemplateMixin, TemplateView):
    header_icon = "mail"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_read(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class Queue(Screen):
    page_title = gettext_lazy("Proposals and reports")
    template_name = "directory/proposals/staff/queue.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = proposals().filter(state=State.WAITING)
        decided = proposals().exclude(decided_at=None).order_by("-decided_at")
        return super().get_context_data(**kwargs) | {
            "waiting": waiting[:AT_ONCE],
            "number": waiting.count(),
            "decided": decided[:DECIDED_AT_ONCE],
            "unverified": Proposal.objects.filter(state=State.UNVERIFIED).count(),
        }


class DecisionForm(forms.Form):
    answer = forms.CharField(
        label=gettext_lazy("Remark"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Stands in the mail, if there is an address."),
    )
    reason = forms.ChoiceField(label=gettext_lazy("Not listed, because it is about"), required=False)
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Organisation of the new offer"), queryset=Organisation.objects.all(), required=False
    )

    def __init__(self, proposal: Proposal, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons: Any = self.fields["reason"]
        points = policies.current().not_listed
        reasons.choices = [("", _("no point of the rules")), *((each.id, str(each.text)) for each in points)]
        if proposal.kind in (Kind.ERROR, Kind.REMOVAL):
            del self.fields["reason"]
        if proposal.kind != Kind.LISTING or proposal.organisation:
            del self.fields["organisation"]
        else:
            like = organisations_like(str(proposal.fields.get("organisation", "")))
            self.fields["organisation"].initial = like[0] if like else None


class Decide(Screen):
    template_name = "directory/proposals/staff/proposal.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.proposal: Proposal = get_object_or_404(proposals(), pk=kwargs["pk"])

    def get_page_title(self) -> str:
        return str(self.proposal)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse("proposals:index"), "label": Queue.page_title}
        return [*super().get_breadcrumbs_items(), above, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        proposal, finder = self.proposal, AdminURLFinder(user)
        found = [*similar(proposal), *filter(None, (proposal.listing, proposal.organisation))]
        return super().get_context_data(**kwargs) | {
            "proposal": proposal,
            "told": list(told(proposal)),
            "entries": [(each, finder.get_edit_url(each)) for each in dict.fromkeys(found)],
            "signs": list(signs(proposal)),
            "form": DecisionForm(proposal),
            "may_decide": may_publish_everywhere(user) and proposal.state == State.WAITING,
            "may_hide": bool(reported(proposal)),
            "policy_version": policies.current().version,
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not may_publish_everywhere(request.user):  # type: ignore[arg-type]
            raise PermissionDenied
        form = DecisionForm(self.proposal, request.POST)
        chosen = next((each for each in ACTIONS if each in request.POST), "")
        if not chosen or not form.is_valid():
            messages.error(request, _("Nothing was decided: please look at the form again."))
            return redirect("proposals:decide", pk)
        try:
            return ACTIONS[chosen](self, form.cleaned_data)
        except deciding.DecidedError:
            messages.error(request, _("Somebody else has decided this in the meantime."))
        except deciding.IncompleteError:
            messages.error(request, _("Choose the organisation of the new offer, or make it first."))
        return redirect("proposals:decide", pk)

    def accept(self, given: Mapping[str, Any]) -> HttpResponse:
        user: Any = self.request.user
        organisation = given.get("organisation")
        made = deciding.accept(proposal=self.proposal, by=user, answer=given["answer"], organisation=organisation)
        messages.success(self.request, _("Accepted."))
        draft = made if self.proposal.kind in (Kind.ORGANISATION, Kind.LISTING, Kind.ERROR) else None
        edit = AdminURLFinder(user).get_edit_url(draft) if draft else None
        return redirect(edit or "proposals:index")

    def refuse(self, given: Mapping[str, Any]) -> HttpResponse:
        user: Any = self.request.user
        reason = given.get("reason", "")
        deciding.refuse(proposal=self.proposal, by=user, answer=given["answer"], reason=reason)
        messages.success(self.request, _("Refused."))
        return redirect("proposals:index")

    def hide(self, given: Mapping[str, Any]) -> HttpResponse:
        user: Any = self.request.user
        listing = self.proposal.listing
        if listing:
            wrong = [row.pk for row in reported(self.proposal)]
            number = correcting.hide(listing=listing, wrong=wrong, by=user)
            words = ngettext("%(count)d contact is hidden.", "%(count)d contacts are hidden.", number)
            messages.success(self.request, words % {"count": number})
        return redirect("proposals:decide", self.proposal.pk)


ACTIONS = {"accept": Decide.accept, "refuse": Decide.refuse, "hide": Decide.hide}


def reported(proposal: Proposal) -> list[ContactPoint]:
    """The contacts that the report calls wrong, and that visitors still see."""
    values = {each["id"]: each["value"] for each in proposal.fields.get("contacts", ())}
    rows = correcting.public_contacts(proposal.listing) if proposal.listing and values else []
    return [row for row in rows if values.get(row.pk) == row.value]


def signs(proposal: Proposal) -> Iterator[str]:
    """Who might be behind it."""
    organisation = proposal.organisation
    if not proposal.email:
        yield _("Came without an e-mail address.")
        return
    if proposal.kind == Kind.ERROR and not proposal.fields.get("verified"):
        yield _("The e-mail address has not been confirmed.")
    if organisation and organisation in known_at(proposal.email):
        yield _("The address is one that we know of the organisation.")
    elif organisation and is_at_home(proposal.email, organisation):
        yield _("The address is at the organisation's own website.")
    elif organisation:
        yield _("We do not know this address of the organisation: call it at a number that you know.")


class ForReaders(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_read(request.user)


class ProposalViewSet(ViewSet):
    name = "proposals"
    icon = menu_icon = "mail"
    menu_label = gettext_lazy("Proposals")
    menu_order = 95
    menu_item_class = ForReaders
    add_to_admin_menu = True

    @property
    def menu_url(self) -> str:
        return reverse(self.get_url_name("index"))

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", Queue.as_view(), name="index"), path("<int:pk>/", Decide.as_view(), name="decide")]


def of_proposals(request: HttpRequest) -> Iterator[desk.Part]:
    if may_read(request.user):
        number = Proposal.objects.filter(state=State.WAITING).count()
        words = ngettext("proposal or report", "proposals and reports", number)
        yield desk.Part("proposals", number, words, reverse("proposals:index"))
