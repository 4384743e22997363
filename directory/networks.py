"""Where requests come from, as numbers that mean something for an hour and in this process only."""

import hashlib
import hmac
import ipaddress
import secrets
import time

HOUR = 3600


class Networks:
    def __init__(self) -> None:
        self._hour, self._key = 0, b""

    def number(self, address: str) -> str:
        hour = int(time.time() // HOUR)
        if hour != self._hour:
            self._hour, self._key = hour, secrets.token_bytes(32)
        return hmac.new(self._key, network(address).encode(), hashlib.sha256).hexdigest()


networks = Networks()


def network(address: str) -> str:
    """The part of an address that a provider gives to many."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    mapped = getattr(found, "ipv4_mapped", None)
    if mapped:
        found = mapped
    prefix = 24 if found.version == 4 else 56
    return str(ipaddress.ip_network((found, prefix), strict=False))
