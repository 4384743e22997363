"""What is about the safety of an account asks who is there, unless that was asked a moment ago."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest
from django.http.response import HttpResponseBase

Answer = TypeVar("Answer", bound=HttpResponseBase)


def recently_signed_in(view: Callable[..., Answer]) -> Callable[..., Answer]:
    """allauth asks nobody who has neither a password nor an app; such a member gets another mailed link."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Answer:
        if is_long_ago(request):
            raise ReauthenticationRequired
        return view(request, *args, **kwargs)

    return answer


def is_long_ago(request: HttpRequest) -> bool:
    adapter = get_adapter()
    if not adapter.is_reauthentication_required(app="allauth.account"):
        return False
    return not (adapter.get_reauthentication_methods(request.user) and did_recently_reauthenticate(request))
