"""Asks one web address whether it still works.

Members write these addresses: they lead to public servers, or nothing is sent.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from requests.utils import DEFAULT_CA_BUNDLE_PATH

from directory.models import LinkCheck

Outcome = LinkCheck.Outcome
SECONDS = 8  # for one step of a connection
AT_MOST_SECONDS = 20  # for one answer, however slowly its lines trickle in
HOPS = 6
LONGEST = 2000
PORTS = frozenset({80, 443, 8080, 8443})
AGENT = "Mozilla/5.0 (compatible; Wegweiser link check)"
_AS_IT_IS = "/%:@!$&'()*+,;=~-._?[]"
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Allows = Callable[[str, int], bool]  # an IP address and a port


@dataclass(frozen=True)
class Answer:
    outcome: str
    status: int | None = None
    wait: int = 0  # seconds that the server asks for


class _StopError(Exception):
    def __init__(self, outcome: str) -> None:
        self.outcome = outcome


@dataclass(frozen=True)
class _Reply:
    status: int
    location: str
    wait: str
    sets_cookie: bool


def is_public(address: str, port: int) -> bool:
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    return port in PORTS and all(each.is_global and not each.is_multicast for each in (ip, *_within(ip)))


def _within(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> Iterator[ipaddress.IPv4Address]:
    """The older address that a newer one stands for."""
    if isinstance(ip, ipaddress.IPv4Address):
        return
    yield from filter(None, (ip.ipv4_mapped, ip.sixtofour))
    if ip in _NAT64:
        yield ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)


def ask(url: str, *, allows: Allows = is_public) -> Answer:
    """HEAD, and GET where that is refused; of what comes, nothing but the first lines is read."""
    seen: set[str] = set()
    try:
        while True:
            reply = _reply(url, allows)
            following = _following(url, reply)
            if not following:
                return _judged(reply)
            seen.add(url)
            if following in seen or len(seen) > HOPS:
                return Answer(Outcome.BUSY if reply.sets_cookie else Outcome.LOOP, reply.status)
            url = following
    except _StopError as stop:
        return Answer(stop.outcome)


def _reply(url: str, allows: Allows) -> _Reply:
    reply = _send("HEAD", url, allows)
    # Many servers answer HEAD with an error of their own (RFC 9110, 9.3.2 has it optional).
    return _send("GET", url, allows) if reply.status >= 400 and reply.status != 429 else reply


def _following(url: str, reply: _Reply) -> str:
    if reply.status not in (301, 302, 303, 307, 308) or not reply.location:
        return ""
    with suppress(ValueError):
        return urljoin(url, reply.location).partition("#")[0]
    raise _StopError(Outcome.BROKEN)


def _judged(reply: _Reply) -> Answer:
    if reply.status < 400:
        return Answer(Outcome.WORKS, reply.status)
    if reply.status in (404, 410):
        return Answer(Outcome.MISSING, reply.status)
    if reply.status >= 500 and reply.status != 503:
        return Answer(Outcome.BROKEN, reply.status)
    wait = int(reply.wait) if reply.wait.isdecimal() and reply.wait.isascii() and len(reply.wait) < 9 else 0
    return Answer(Outcome.BUSY, reply.status, wait)


def _send(method: str, url: str, allows: Allows) -> _Reply:
    parts, port = _parts(url)
    with _connected(parts, port, allows) as connection:
        try:
            connection.request(method, _target(parts), headers=_headers(parts))
            response = connection.getresponse()
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise _StopError(Outcome.NO_ANSWER) from error
        location, wait = (_text(response.getheader(name)) for name in ("Location", "Retry-After"))
        return _Reply(response.status, location, wait, response.getheader("Set-Cookie") is not None)


def _text(header: str | None) -> str:
    return (header or "")[:LONGEST].strip()


def _headers(parts: SplitResult) -> dict[str, str]:
    return {"User-Agent": AGENT, "Accept": "text/html,*/*;q=0.8", "Connection": "close"}


def _parts(url: str) -> tuple[SplitResult, int]:
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise _StopError(Outcome.REFUSED) from error
    if parts.scheme not in ("http", "https") or not parts.hostname or len(url) > LONGEST:
        raise _StopError(Outcome.REFUSED)
    return parts, port


def _target(parts: SplitResult) -> str:
    """What people write with umlauts or blanks, as it goes over the line."""
    path = quote(parts.path or "/", safe=_AS_IT_IS)
    return f"{path}?{quote(parts.query, safe=_AS_IT_IS)}" if parts.query else path


def addresses(host: str, port: int) -> list[str]:
    try:
        name = host.encode("idna").decode("ascii") if not host.isascii() else host
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise _StopError(Outcome.NO_NAME) from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@contextmanager
def _connected(parts: SplitResult, port: int, allows: Allows) -> Iterator[http.client.HTTPConnection]:
    """To the very address that was judged: a name could lead elsewhere when it is looked up again."""
    host = str(parts.hostname)
    found = addresses(host, port)
    if not all(allows(each, port) for each in found):
        raise _StopError(Outcome.REFUSED)
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
    connection.sock = _socket(found, port)
    with _limited(connection):
        if parts.scheme == "https":
            connection.default_port = 443  # what the header Host leaves out
            _encrypt(connection, host)
        yield connection


def _socket(found: list[str], port: int) -> socket.socket:
    for address in found[:2]:
        with suppress(OSError):
            return socket.create_connection((address, port), timeout=SECONDS)
    raise _StopError(Outcome.NO_ANSWER)


@contextmanager
def _limited(connection: http.client.HTTPConnection) -> Iterator[None]:
    """The limit of each step would let a server send one letter every seven seconds."""
    is_over = threading.Event()

    def hang_up() -> None:
        is_over.set()
        with suppress(OSError):
            socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)  # not TLS's own, which waits for an answer

    clock = threading.Timer(AT_MOST_SECONDS, hang_up)
    clock.daemon = True
    clock.start()
    try:
        yield
        if is_over.is_set():  # lines that were cut off look like an answer
            raise _StopError(Outcome.NO_ANSWER)
    finally:
        clock.cancel()
        connection.close()


@cache
def _context() -> ssl.SSLContext:
    """Those of the machine, and those of the library where the machine has none."""
    context = ssl.create_default_context()
    context.load_verify_locations(DEFAULT_CA_BUNDLE_PATH)
    return context


def _encrypt(connection: http.client.HTTPConnection, host: str) -> None:
    try:
        wrapped = _context().wrap_socket(connection.sock, server_hostname=host, do_handshake_on_connect=False)
        connection.sock = wrapped
        wrapped.do_handshake()
    except ssl.SSLCertVerificationError as error:
        raise _StopError(Outcome.CERTIFICATE) from error
    except (OSError, ValueError) as error:
        raise _StopError(Outcome.NO_ANSWER) from error
