"""SEARCH_URL, SEARCH_API_KEY and SEARCH_CA_FILE as one value, which shows nothing that must stay secret."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import SplitResult, unquote, urlsplit

FORM = "https://user:password@host:9200/prefix"
PORT = 9200
PREFIX = "wegweiser"
_PREFIX = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")  # what may begin the name of an index
_HOST = re.compile(r"[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f:.]{2,45}")
_API_KEY = re.compile(r"[A-Za-z0-9+/_=-]+")


class AddressError(ValueError):
    """In words for whoever sets it. They quote nothing of it, for a password may stand in the wrong place."""


@dataclass(frozen=True)
class Address:
    scheme: str
    host: str
    port: int = PORT
    prefix: str = PREFIX
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    api_key: str = field(default="", repr=False)
    ca_file: str = ""

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}/{self.prefix}"

    @property
    def is_secret(self) -> bool:
        return bool(self.password or self.api_key)

    @property
    def shows_secrets(self) -> bool:
        """Whether what must stay secret crosses a network in plain text."""
        return self.is_secret and self.scheme == "http" and not is_loopback(self.host)


@lru_cache(4)
def read(url: str, api_key: str = "", ca_file: str = "") -> Address:
    """Raises `AddressError`."""
    parts, port = _split(url.strip())
    user, password = _credentials(parts)
    address = Address(
        scheme=parts.scheme,
        host=(parts.hostname or "").lower(),
        port=PORT if port is None else port,
        prefix=parts.path.strip("/") or PREFIX,
        user=user,
        password=password,
        api_key=api_key.strip(),
        ca_file=ca_file.strip(),
    )
    for problem in _problems(address, parts):
        raise AddressError(problem)
    return address


def without_credentials(url: str) -> str:
    """For a file that others read. What cannot be read is left out whole."""
    try:
        return str(read(url)) if url else ""
    except AddressError:
        return ""


def is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _split(url: str) -> tuple[SplitResult, int | None]:
    if not url.isprintable() or " " in url:  # urlsplit would drop some of them without a word
        raise AddressError("it has a space or an invisible character in it")
    try:
        parts = urlsplit(url)
        return parts, parts.port
    except ValueError:  # its words quote what it takes for the port
        raise AddressError(f"it cannot be read: it looks like {FORM}, special characters as %40") from None


def _credentials(parts: SplitResult) -> tuple[str, str]:
    if "@" not in parts.netloc:
        return "", ""
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if not (user and password) or ":" in user:
        raise AddressError("before the @ there must be a user, a colon and a password")
    return user, password


def _problems(address: Address, parts: SplitResult) -> Iterator[str]:
    if address.scheme not in ("http", "https"):
        yield "it must begin with http:// or https://"
    if not _HOST.fullmatch(address.host) or not address.port:
        yield f"it names no host: it looks like {FORM}"
    if parts.query or parts.fragment or parts.netloc.count("@") > 1:
        yield "special characters in the password are written as %40 for @, %23 for #, %2F for /, %3F for ?"
    if not _PREFIX.fullmatch(address.prefix):
        yield "what stands behind the host begins the names of indexes: small letters, digits, - and _"
    yield from _misfits(address)


def _misfits(address: Address) -> Iterator[str]:
    if address.api_key and address.user:
        yield "there are a password and SEARCH_API_KEY: set one of them"
    if address.api_key and not _API_KEY.fullmatch(address.api_key):
        yield "SEARCH_API_KEY is not one: set what Elasticsearch calls `encoded`"
    if address.ca_file and address.scheme != "https":
        yield "SEARCH_CA_FILE is for https:// only"
