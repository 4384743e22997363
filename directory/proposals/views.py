"""Public forms without account, cookie or token: what is typed travels in the body and is not public."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from directory import mailing
from directory.anonymous import SEND, anonymous_form
from directory.cards import card
from directory.languages import MAIN
from directory.mail_links import ExpiredError, UnusableError, UsedError
from directory.models import Listing, Organisation, Proposal
from directory.proposals import budgets, entries, forms, policies, sending
from directory.proposals.correcting import public_contacts
from directory.proposals.sending import NotSentError, Sender
from directory.showing import CARD_ROWS, public_listings, with_rows
from directory.vocabulary import configuration

FORM = "proposal"  # its id, for buttons outside of it
CODE_LENGTH = 10  # of the answers that a result carries along (referrals/codes.py)
CARRIED_AT_MOST = 100
READ_OR_SENT = ["GET", "HEAD", "POST"]


def page(request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    shown = {"noindex": True, "policy": policies.current(), **context}
    response = render(request, f"directory/proposals/{name}.html", shown, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


# --- something is wrong ---------------------------------------------------------------------------------------


@require_http_methods(READ_OR_SENT)
@sensitive_post_parameters()
@anonymous_form
def report(request: HttpRequest, slug: str = "") -> HttpResponse:
    """From a result by code and by post, else by the listing's own address, which its page has too."""
    code = request.POST.get("entry", "")
    wanted = slug or entries.named(code)
    if not wanted and not code:
        return redirect("home")
    (listing,) = with_rows([get_object_or_404(public_listings(), slug=wanted)], *CARD_ROWS)
    form = forms.ReportForm(public_contacts(listing), request.POST if SEND in request.POST else None)
    if not mailing.can_be_sent():
        del form.fields["email"]
    about = {
        "listing": listing,
        "card": card(listing, at=localtime()),
        "entry": "" if slug else code,
        "hidden": list(carried(request.POST)),
        "has_exit": listing.kind != Listing.Kind.TRAINING,
    }
    if not form.is_bound:
        forms.opened(form, request.POST)
    elif form.is_valid():
        return _reported(request, listing, form, about)
    return page(request, "report", about | {"form": form, "repost": FORM})


def _reported(
    request: HttpRequest, listing: Listing, form: forms.ReportForm, about: dict[str, Any]
) -> HttpResponse:
    sender = _sender(form)
    if not budgets.take(request, listing=listing.slug, email=sender.email):
        return page(request, "report", about | {"form": form, "repost": FORM, "trouble": "many"}, status=429)
    remark = form.cleaned_data["remark"]
    sending.report(listing=listing, fields=form.told(), remark=remark, sender=sender)
    return page(request, "reported", about | {"mailed": sender.email})


def carried(data: QueryDict) -> list[tuple[str, str]]:
    """The answers of a result, so that the way back leads to it: codes only, nothing that anybody typed."""
    both = ((name, str(value)) for name, value in data.items())
    return [(name, value) for name, value in both if _is_code(name) and _is_code(value)][:CARRIED_AT_MOST]


def _is_code(text: str) -> bool:
    return len(text) == CODE_LENGTH and set(text) <= set("0123456789abcdef")


# --- claims and suggestions -----------------------------------------------------------------------------------


@require_http_methods(READ_OR_SENT)
@sensitive_post_parameters()
@anonymous_form
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = _organisation(slug)
    if organisation.memberships.exists():
        return page(request, "claimed", {"organisation": organisation})
    return _asked(request, Proposal.Kind.CLAIM, forms.ClaimForm(_sent(request)), organisation)


@require_http_methods(READ_OR_SENT)
@sensitive_post_parameters()
@anonymous_form
def suggest_organisation(request: HttpRequest) -> HttpResponse:
    return _asked(request, Proposal.Kind.ORGANISATION, forms.OrganisationForm(_sent(request)))


@require_http_methods(READ_OR_SENT)
@sensitive_post_parameters()
@anonymous_form
def suggest_listing(request: HttpRequest, slug: str = "") -> HttpResponse:
    organisation = _organisation(slug) if slug else None
    form = forms.ListingForm(_sent(request), of=organisation)
    return _asked(request, Proposal.Kind.LISTING, form, organisation)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    return page(request, "suggest", {"noindex": False})


def _asked(
    request: HttpRequest, kind: str, form: forms.FewLinks, organisation: Organisation | None = None
) -> HttpResponse:
    about = {
        "kind": kind,
        "form": form,
        "organisation": organisation,
        "repost": FORM,
        "publisher": configuration(),
    }
    if not mailing.can_be_sent():
        return page(request, "no_mail", about, status=503)
    if not form.is_bound:
        forms.opened(form, request.POST)
        return page(request, "ask", about)
    if not form.is_valid():
        return page(request, "ask", about)
    sender, remark = _sender(form), form.cleaned_data["remark"]
    if not budgets.take(request, email=sender.email):
        return page(request, "ask", about | {"trouble": "many"}, status=429)
    try:
        sending.ask(kind, fields=form.told(), remark=remark, sender=sender, organisation=organisation)
    except NotSentError:
        budgets.mails.give_back(sender.email.casefold())
        return page(request, "ask", about | {"trouble": "failed"})
    return page(request, "asked", {"email": sender.email, "days": sending.VALID_FOR.days})


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if SEND in request.POST else None


def _sender(form: forms.FewLinks) -> Sender:
    return Sender(form.cleaned_data.get("email", ""), get_language() or MAIN)


def _organisation(slug: str) -> Organisation:
    found: Organisation = get_object_or_404(Organisation.objects.all(), slug=slug, live=True)
    return found


# --- the mailed link ------------------------------------------------------------------------------------------


@require_http_methods(READ_OR_SENT)
@sensitive_post_parameters()
@anonymous_form
def verify(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it changes nothing, for mail scanners open every address; its button does."""
    try:
        if request.method != "POST":
            return page(request, "verify", {"proposal": sending.looked_up(token)})
        return page(request, "verified", {"proposal": sending.verify(token)})
    except UnusableError as error:
        why = {UsedError: "used", ExpiredError: "expired"}.get(type(error), "unknown")
        form = forms.AddressForm()
        forms.opened(form, QueryDict())
        return page(request, "unusable", {"why": why, "form": form}, status=404 if why == "unknown" else 410)


@require_http_methods(READ_OR_SENT)
@sensitive_post_parameters()
@anonymous_form
def new_link(request: HttpRequest) -> HttpResponse:
    """The same answer for every address."""
    form = forms.AddressForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        forms.opened(form, request.POST)
        return page(request, "new_link", {"form": form})
    if not form.is_valid():
        return page(request, "new_link", {"form": form})
    address = form.cleaned_data["email"]
    if not budgets.take(request, email=address):
        return page(request, "new_link", {"form": form, "trouble": "many"}, status=429)
    sending.links_again(address)
    return page(request, "new_link", {"sent": True})


# --- what is listed -------------------------------------------------------------------------------------------


@require_safe
def policy(request: HttpRequest, version: str = "") -> HttpResponse:
    found = policies.versions().get(version) if version else policies.current()
    if found is None:
        raise Http404
    context = {"policy": found, "is_old": found != policies.current(), "versions": policies.versions()}
    return render(request, "directory/proposals/policy.html", context)
