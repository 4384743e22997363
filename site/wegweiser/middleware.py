"""What every answer carries: who may frame, run, store or remember it."""

from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware

from directory.vocabulary import configuration

GetResponse = Callable[[HttpRequest], HttpResponseBase]

ADMIN = "/admin/"
MEMBERS = "/konto/"
# Files that editors uploaded get Wagtail's own, stricter policy.
STAFF_PATHS = (ADMIN, "/documents/")

PUBLIC_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Wagtail's admin has inline scripts (wagtail/roadmap#92) and shows previews in a frame of its own.
ADMIN_POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; frame-src 'self'; "
    "worker-src 'self' blob:; form-action 'self'; base-uri 'self'; frame-ancestors 'self'"
)
# A member's page saves a draft while somebody writes, and draws the key of a second factor.
MEMBERS_POLICY = f"{PUBLIC_POLICY}; connect-src 'self'"
HEADERS = {
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    "X-Content-Type-Options": "nosniff",
}
STAFF_HEADERS = {
    "Content-Security-Policy": ADMIN_POLICY,
    # `no-referrer` makes a browser post "Origin: null" (Fetch standard, § 3.2), which Django's CSRF check refuses.
    "Referrer-Policy": "same-origin",
}
MEMBERS_HEADERS = STAFF_HEADERS | {"Content-Security-Policy": MEMBERS_POLICY}


def is_demo() -> bool:
    try:
        return configuration().demo
    except DatabaseError:  # the error page must still get out
        return False


class SecurityHeaders:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in self.headers(request).items():
            response.headers.setdefault(name, value)
        if response.headers.get("Content-Type", "").startswith("text/html") and is_demo():
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    def headers(self, request: HttpRequest) -> dict[str, str]:
        if request.path.startswith(MEMBERS):
            return HEADERS | MEMBERS_HEADERS
        staff = request.path.startswith(STAFF_PATHS)
        found = HEADERS | (STAFF_HEADERS if staff else {"Content-Security-Policy": PUBLIC_POLICY})
        if request.method == "POST" and not staff:
            found["Cache-Control"] = "no-store"  # search words and answers never reach a disk
        return found


class Locale(LocaleMiddleware):
    """Django would send what is missing below /admin/ on to /de/admin/, and a script gets a page for its JSON."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path.startswith((*STAFF_PATHS, MEMBERS)):
            return response
        return super().process_response(request, response)
