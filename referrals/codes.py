"""Opaque codes: what a form sends tells nobody but this server what was chosen."""

from functools import lru_cache

from django.conf import settings
from django.utils.crypto import salted_hmac

LENGTH = 10
_SALT = "referrals.codes"


def code(*parts: str) -> str:
    """The same until the installation's secret key changes; a page from before then is out of date."""
    return _code(settings.SECRET_KEY, parts)


def of_question(question: str) -> str:
    return code("question", question)


def of_option(question: str, option: str) -> str:
    return code("question", question, option)


def is_code(text: str) -> bool:
    return len(text) == LENGTH and set(text) <= set("0123456789abcdef")


@lru_cache(16_384)
def _code(secret: str, parts: tuple[str, ...]) -> str:
    return salted_hmac(_SALT, "\n".join(parts), secret=secret, algorithm="sha256").hexdigest()[:LENGTH]
