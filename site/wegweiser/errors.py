"""The page for an error of ours: needs no database, and names a number under which the operator finds it."""

import re
import secrets

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template import loader
from django.views.debug import SafeExceptionReporterFilter


class WithoutCredentials(SafeExceptionReporterFilter):
    """For the page that DEBUG shows instead: the addresses of services carry passwords too."""

    hidden_settings = re.compile(
        f"{SafeExceptionReporterFilter.hidden_settings.pattern}|(SEARCH|DATABASE|EMAIL)_URL", re.IGNORECASE
    )


def server_error(request: HttpRequest) -> HttpResponse:
    number = secrets.token_hex(4)
    request.error_id = number  # type: ignore[attr-defined]  # for the log, which is written after this page
    context = {"error_id": number, "posted": request.method == "POST"}
    response = HttpResponseServerError(loader.get_template("500.html").render(context))
    response.headers["Cache-Control"] = "no-store"
    return response
