"""How often somebody may try: without an address that could be found again, in memory or on the disk."""

import os
import secrets
import time
from pathlib import Path

from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac

HOUR = 3600
TRIES_PER_HOUR = 9
DEVICE_COOKIE = "wegweiser-device"
DEVICE_DAYS = 180
_SALT = "wegweiser.staff.tries"


def take(account: str) -> Path | None:
    """One of the account's tries of this hour, or None. All processes of the machine share them."""
    folder = Path(settings.DATA_DIR) / "tries"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Few digits: so many names that a stranger may think up, so few files.
    name = salted_hmac(_SALT, account).hexdigest()[:4]
    for number in range(TRIES_PER_HOUR):
        slot = folder / f"{name}-{number}"
        if _is_old(slot):
            slot.unlink(missing_ok=True)
        try:
            os.close(os.open(slot, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            continue
        return slot
    return None


def give_back(slot: Path) -> None:
    """Whoever got in has not tried in vain."""
    slot.unlink(missing_ok=True)


def _is_old(slot: Path) -> bool:
    try:
        return slot.stat().st_mtime < time.time() - HOUR
    except FileNotFoundError:
        return False


def new_device(account: str) -> str:
    """For a browser in which the owner has signed in: it has tries of its own (OWASP: device cookies)."""
    return signing.dumps([account, secrets.token_urlsafe(12)], salt=_SALT)


def counted_as(account: str, device: str) -> str:
    try:
        owner, number = signing.loads(device, salt=_SALT, max_age=DEVICE_DAYS * 24 * HOUR)
    except (signing.BadSignature, ValueError, TypeError):
        return account
    return f"{account} {number}" if owner == account else account
