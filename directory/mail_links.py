"""Links that do one thing once, for whoever holds them: mailed to an organisation or printed on a letter.

The database keeps a digest of the secret only, and the purpose is part of the signature: a link that confirms an
entry can neither sign anybody in nor be made from a stolen backup.
"""

import hashlib
import secrets
from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from directory.models import MailLink, Organisation

# Of codes that people type from paper: without letters that look like digits (Crockford's base 32).
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOK_ALIKE = str.maketrans("OIL", "011")


class Purpose(StrEnum):
    STILL_CORRECT = "still_correct"
    CORRECT = "correct"  # a limited edit without an account
    HAND_ON = "hand_on"  # to another address of the same organisation
    CLAIM = "claim"
    VERIFY = "verify"  # the address of a proposal
    INVITATION = "invitation"
    SIGN_IN = "sign_in"


class UnusableError(Exception):
    """The link is not one of ours, of another purpose, expired or used."""


class ExpiredError(UnusableError):
    pass


class UsedError(UnusableError):
    pass


def issue(
    *,
    purpose: Purpose,
    valid_for: timedelta,
    organisation: Organisation | None = None,
    email: str = "",
    about: dict[str, Any] | None = None,
    typed: bool = False,
) -> str:
    """The token for the address; it cannot be read back later.

    `typed`: short enough to be typed from a letter. Its 60 bits hold because nobody guesses in the database: the
    digest of a code takes the secret key.
    """
    secret = _code() if typed else secrets.token_urlsafe(24)
    MailLink.objects.create(
        purpose=purpose,
        digest=_digest_of_code(secret, purpose) if typed else _digest(secret),
        organisation=organisation,
        email=email,
        about=about or {},
        expires_at=timezone.now() + valid_for,
    )
    return secret if typed else _signer(purpose).sign(secret)


def look(token: str, *, purpose: Purpose) -> MailLink:
    """Without using it: a mail scanner that opens every address changes nothing. Raises UnusableError."""
    return _found(token, purpose, MailLink.objects.all())


@transaction.atomic
def use(token: str, *, purpose: Purpose) -> MailLink:
    """Inside the transaction of what it is used for, so that a failure leaves it unused. Raises UnusableError."""
    link = _found(token, purpose, MailLink.objects.select_for_update())
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])
    return link


def forget_old(*, days: int = 30) -> int:
    """Addresses are not kept longer than somebody may ask about them."""
    return MailLink.objects.filter(expires_at__lt=timezone.now() - timedelta(days=days)).delete()[0]


def _found(token: str, purpose: Purpose, links: Any) -> MailLink:
    link: MailLink | None = links.filter(purpose=purpose, digest=_digest_in(token, purpose)).first()
    if link is None:
        raise UnusableError
    if link.used_at:
        raise UsedError
    if link.expires_at < timezone.now():
        raise ExpiredError
    return link


def _digest_in(token: str, purpose: Purpose) -> str:
    if ":" not in token:
        return _digest_of_code(token, purpose)
    try:
        return _digest(_signer(purpose).unsign(token))
    except signing.BadSignature as error:
        raise UnusableError from error


def _code() -> str:
    drawn = "".join(secrets.choice(_LETTERS) for _ in range(12))
    return "-".join(drawn[at : at + 4] for at in (0, 4, 8))


def _digest_of_code(typed: str, purpose: Purpose) -> str:
    """However somebody wrote it."""
    code = "".join(each for each in typed.upper().translate(_LOOK_ALIKE) if each in _LETTERS)
    return salted_hmac(f"wegweiser.mail_links.{purpose}", code, algorithm="sha256").hexdigest()


def _signer(purpose: Purpose) -> signing.Signer:
    return signing.Signer(salt=f"wegweiser.mail_links.{purpose}")


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
