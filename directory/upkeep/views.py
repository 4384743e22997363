"""The pages behind mailed links. Opening one changes nothing, because mail scanners do; its button does."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from directory import mail_links
from directory.anonymous import FORM, SEND, anonymous_form, typed_so_far
from directory.budget import Budget
from directory.listings import ConflictError, draft_of
from directory.mail_links import ExpiredError, Purpose, UnusableError, UsedError
from directory.models import MailLink, Organisation
from directory.reviewing.brakes import FrozenError
from directory.upkeep import addresses, answering, asking
from directory.upkeep.forms import AddressForm, CorrectionForm, HandOnForm, RestForm
from directory.upkeep.shown import shown

LinkView = Callable[[HttpRequest, str], HttpResponse]
STATUS = {UsedError: 410, ExpiredError: 410}  # gone; what was never ours is not found

budget = Budget(each=3, total=60)


def mailed(view: LinkView) -> LinkView:
    """Nothing of these pages is kept, and a link that no longer works says how to get another."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @sensitive_post_parameters()
    @anonymous_form
    @wraps(view)
    def answered(request: HttpRequest, token: str) -> HttpResponse:
        try:
            response = view(request, token)
        except UnusableError as error:
            why = {UsedError: "used", ExpiredError: "expired"}.get(type(error), "unknown")
            status = STATUS.get(type(error), 404)
            form = AddressForm(initial=_so_far(request, AddressForm()))
            response = page(request, "unusable", {"why": why, "form": form, "repost": FORM}, status=status)
        except FrozenError as error:
            response = page(request, "stopped", {"words": str(error)}, status=503)
        return response

    return cast("LinkView", answered)


def page(request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    response = render(request, f"upkeep/{name}.html", {"noindex": True, **context}, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _organisation(token: str, purpose: Purpose) -> tuple[Organisation, MailLink]:
    link = mail_links.look(token, purpose=purpose)
    organisation, _by = answering.holder(link)
    return organisation, link


@mailed
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    organisation, _link = _organisation(token, Purpose.STILL_CORRECT)
    if request.method != "POST":
        return page(request, "confirm", {"organisation": organisation, "entries": shown(organisation)})
    answer = answering.confirm(token)
    return _thanks(request, organisation, answer)


@mailed
def correct(request: HttpRequest, token: str) -> HttpResponse:
    organisation, _link = _organisation(token, Purpose.CORRECT)
    data = _sent(request)
    entries = _forms(organisation, data)
    rest = RestForm(data)
    context = {"organisation": organisation, "forms": entries, "rest": rest, "repost": FORM if entries else ""}
    if data is None:
        return page(request, "correct", context | _as_typed(request, entries))
    if not all([*(each.is_valid() for each in entries), rest.is_valid()]):
        return page(request, "correct", context | {"trouble": "wrong"})
    try:
        answer = answering.correct(token, entries, **rest.cleaned_data)
    except ConflictError:
        again = [form.once_more() for form in entries]
        return page(request, "correct", context | {"forms": again, "trouble": "changed"}, status=409)
    except answering.NothingSaidError:
        return page(request, "correct", context | {"trouble": "nothing"})
    except ValidationError as error:  # of what the form does not show
        return page(request, "correct", context | {"trouble": "refused", "refused": error.messages})
    return _thanks(request, organisation, answer)


def _as_typed(request: HttpRequest, entries: list[CorrectionForm]) -> dict[str, Any]:
    """In another language, before anybody has sent it. The version that was read stays the one that counts."""
    if request.method != "POST":
        return {}
    begun = [CorrectionForm(form.draft, initial=_so_far(request, form)) for form in entries]
    return {"forms": begun, "rest": RestForm(initial=_so_far(request, RestForm()))}


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if SEND in request.POST else None


def _so_far(request: HttpRequest, form: forms.Form) -> dict[str, Any]:
    return typed_so_far(form, request.POST) if request.method == "POST" else {}


def _thanks(request: HttpRequest, organisation: Organisation, answer: answering.Answer) -> HttpResponse:
    months = asking.upkeep_of(organisation).every_months if answer.confirmed else 0
    return page(request, "thanks", {"answer": answer, "months": months})


def _forms(organisation: Organisation, data: Any) -> list[CorrectionForm]:
    return [CorrectionForm(draft_of(each), data) for each in asking.entries_of(organisation)]


@mailed
def hand_on(request: HttpRequest, token: str) -> HttpResponse:
    organisation, link = _organisation(token, Purpose.HAND_ON)
    known = addresses.others(organisation, link.email)
    form = HandOnForm(known, _sent(request))
    if not form.is_bound:
        form.initial.update(_so_far(request, form))
    if not form.is_bound or not form.is_valid():
        return page(request, "hand_on", {"organisation": organisation, "form": form, "repost": FORM})
    done = answering.hand_on(token, to=form.address)
    if done:
        answering.ask_the_next(organisation, form.address)
    return page(request, "handed_on", {"organisation": organisation, "to": form.address, "done": done})


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@anonymous_form
def new_link(request: HttpRequest) -> HttpResponse:
    """The same answer for every address."""
    form = AddressForm(_sent(request), initial=_so_far(request, AddressForm()))
    asked = {"form": form, "repost": FORM}
    if not form.is_bound or not form.is_valid():
        return page(request, "new_link", asked)
    address = form.cleaned_data["email"]
    if not budget.take(address.casefold()):
        return page(request, "new_link", asked | {"many": True}, status=429)
    asking.want_links(address)
    return page(request, "new_link", {"sent": True})
