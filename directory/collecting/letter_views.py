"""The page that the code of a letter leads to: public, without a cookie; opening it changes nothing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from directory.anonymous import anonymous_form
from directory.collecting import claiming
from directory.collecting.forms import LetterForm
from directory.languages import MAIN
from directory.mail_links import ExpiredError, UnusableError, UsedError
from directory.reviewing.brakes import FrozenError
from directory.vocabulary import configuration

SEND = "send"  # the button that sends; without it the post comes from the form that asks for the code
_kept_nowhere = cache_control(no_store=True, private=True)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@sensitive_variables()
@_kept_nowhere
@anonymous_form
def letter(request: HttpRequest, code: str = "") -> HttpResponse:
    code = request.POST.get("code", "") if request.method == "POST" else code
    if request.method != "POST" and not code:
        return _shown(request, trouble="")
    try:
        return _answered(request, code) if SEND in request.POST else _opened(request, code)
    except UnusableError as problem:
        return _shown(
            request, trouble=_trouble(problem), letter_code=code, status=410 if _was_ours(problem) else 404
        )


def _opened(request: HttpRequest, code: str) -> HttpResponse:
    found = claiming.opened(code)
    typed = {name: request.POST[name] for name in LetterForm.base_fields if name in request.POST}
    if typed:  # a change of language posts the form without the button
        typed["entries"] = request.POST.getlist("entries")  # type: ignore[assignment]
    form = LetterForm(listings=found.listings, initial=typed)
    return _shown(request, letter_code=code, opened=found, form=form)


def _answered(request: HttpRequest, code: str) -> HttpResponse:
    found = claiming.opened(code)
    form = LetterForm(request.POST, listings=found.listings)
    if not form.is_valid():
        return _shown(request, letter_code=code, opened=found, form=form)
    try:
        claiming.answer(code=code, form=form, language=get_language() or MAIN)
    except FrozenError as problem:
        form.add_error(None, str(problem))
        return _shown(request, letter_code=code, opened=found, form=form, status=503)
    return _shown(request, opened=found, sent=form.cleaned_data)


def _was_ours(problem: UnusableError) -> bool:
    return isinstance(problem, ExpiredError | UsedError)


def _trouble(problem: UnusableError) -> str:
    if isinstance(problem, UsedError):
        return "used"
    return "expired" if isinstance(problem, ExpiredError) else "unknown"


def _shown(request: HttpRequest, *, status: int = 200, **context: Any) -> HttpResponse:
    shown = {  # never a `code`: so the base template calls the language
        "noindex": True,
        "repost": "" if context.get("sent") else "letter",
        "publisher": configuration(),
        **context,
    }
    return render(request, "directory/collecting/letter_page.html", shown, status=status)
