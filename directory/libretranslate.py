"""A service that speaks the interface of LibreTranslate, which a city can run itself (docs.libretranslate.com)."""

import json
import time
from collections.abc import Sequence
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.utils.translation import gettext as _

from directory.machine_translation import TranslatorError

SECONDS = 30
BIGGEST_ANSWER = 2_000_000


class _NoRedirect(HTTPRedirectHandler):
    """The key and the texts go to the address that the operator named, and nowhere else."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


class LibreTranslate:
    name = "LibreTranslate"

    def __init__(self, url: str = "", key: str = "", seconds: float = SECONDS) -> None:
        self.url = (url or settings.MACHINE_TRANSLATION_URL).rstrip("/")
        self.key = key or settings.MACHINE_TRANSLATION_KEY
        self.seconds = seconds
        if urlsplit(self.url).scheme not in ("http", "https"):
            raise TranslatorError(_("Set MACHINE_TRANSLATION_URL to the address of the service (https://…)."))

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[str]:
        question = {"q": list(texts), "source": source, "target": target, "format": "text"}
        answer = self._post(question | ({"api_key": self.key} if self.key else {}))
        found = answer.get("translatedText") if isinstance(answer, dict) else None
        if not isinstance(found, list):
            raise TranslatorError(_("The translation service answered something that is no translation."))
        return found

    def _post(self, question: dict[str, Any]) -> Any:
        # Neither texts nor key appear in a message: messages reach logs and screens.
        request = Request(  # noqa: S310 - http and https only, see above
            f"{self.url}/translate",
            data=json.dumps(question).encode(),
            headers={"Content-Type": "application/json", "Accept": "application/json"},
        )
        try:
            with build_opener(_NoRedirect).open(request, timeout=self.seconds) as response:
                body = self._body(response)
        except HTTPError as error:
            error.close()
            raise TranslatorError(_refusal(error.code)) from None
        except (URLError, OSError, HTTPException):
            raise TranslatorError(_("The translation service does not answer. Is it running?")) from None
        try:
            return json.loads(body)
        except (ValueError, RecursionError):
            return None

    def _body(self, response: HTTPResponse) -> bytes:
        """The time limit of a socket holds for each piece only, and a service could drip for hours."""
        until, body = time.monotonic() + self.seconds, b""
        while piece := response.read1(65_536):
            body += piece
            if len(body) > BIGGEST_ANSWER:
                raise TranslatorError(_("The translation service answered far too much."))
            if time.monotonic() > until:
                raise TimeoutError
        return body


def _refusal(code: int) -> str:
    if code in (401, 403):
        return _("The translation service refuses the key. Check MACHINE_TRANSLATION_KEY.")
    if code == 429:
        return _("The translation service asks to wait. Try again later.")
    if code == 400:
        return _("The translation service does not know this pair of languages, or refuses these texts.")
    return _("The translation service failed (HTTP %(code)d). Try again later.") % {"code": code}
