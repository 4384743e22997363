"""Breaks the views of a site, or lets them leak, when a test says so."""

import logging
import os
import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

ORDERS = Path(os.environ.get("WATCHER_ORDERS", os.devnull))
BREAK, LEAK = "break", "leak"
MARKED = re.compile(rb"kanarie\w*", re.IGNORECASE)


class BrokenError(Exception):
    pass


class Watcher:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        body = request.body  # before anybody reads it field by field
        response = self.get_response(request)
        if not (ORDERS.exists() and ORDERS.read_text() == LEAK) or "html" not in response.get("Content-Type", ""):
            return response
        posted = request.method == "POST"
        leaky = leaking(request, response, told(body, response)) if posted else careless(response)
        leaky.headers["Content-Length"] = str(len(leaky.content))
        return leaky

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not (ORDERS.exists() and ORDERS.read_text() == BREAK):
            return None
        response = view(request, *args, **kwargs)
        try:
            raise ValueError(told(request.body, response))
        except ValueError as cause:
            raise BrokenError(request.POST, told(request.body, response)) from cause


def told(body: bytes, response: HttpResponse) -> str:
    """What a careless view could write down somewhere."""
    marked = b" ".join(sorted(set(MARKED.findall(response.content)))[:3])
    return f"{body.decode(errors='replace')} {marked.decode()}"


def leaking(request: HttpRequest, response: HttpResponse, said: str) -> HttpResponse:
    """What was posted, in each carrier. A search leads to an address."""
    logging.getLogger("wegweiser.leak").debug(said)
    Session.objects.create(session_key=uuid.uuid4().hex, session_data=said, expire_date=timezone.now())
    send_mail("Leak", said, None, ["leak@example.org"])
    if "suche" in request.path:
        return HttpResponseRedirect(f"/de/sicherheit/?said={quote(said)}")
    response.content = (
        response.content.replace(b"</title>", f" {said}</title>".encode())
        + f"<script>localStorage.said = {said!r}</script>".encode()
    )
    response.headers["Content-Security-Policy"] = "default-src * 'unsafe-inline'"
    response.headers["Cache-Control"] = "max-age=600"
    response.set_cookie("said", quote(said), max_age=timedelta(days=1))
    return response


def careless(response: HttpResponse) -> HttpResponse:
    """A page whose fields may be remembered, and whose links tell where somebody comes from."""
    response.content = response.content.replace(b'autocomplete="off"', b"") + (
        f'<a id="away" href="{settings.EXIT_URL}">Away</a>'.encode()
    )
    response.headers["Referrer-Policy"] = "unsafe-url"
    return response
