"""Which listing a report is about, posted as a code: its name would tell what somebody needs."""

from functools import lru_cache

from django.conf import settings
from django.utils.crypto import salted_hmac

from directory.showing import public_listings

LENGTH = 12
_SALT = "directory.proposals.entries"


def code_of(slug: str) -> str:
    return _code(settings.SECRET_KEY, slug)


def named(code: str) -> str:
    """The slug; empty where the listing is not public (any more)."""
    if len(code) != LENGTH:
        return ""
    slugs = public_listings().order_by().values_list("slug", flat=True)
    return next((slug for slug in slugs if code_of(slug) == code), "")


@lru_cache(16_384)
def _code(secret: str, slug: str) -> str:
    return salted_hmac(_SALT, slug, secret=secret, algorithm="sha256").hexdigest()[:LENGTH]
