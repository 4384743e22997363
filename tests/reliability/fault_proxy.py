"""A proxy on loopback before a real Elasticsearch, which does to its answers whatever may go wrong with them."""

import http.client
import json
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any, ClassVar, Self
from urllib.parse import urlsplit

JSON = "application/vnd.elasticsearch+json;compatible-with=9"
GENUINE = {"content-type": JSON, "x-elastic-product": "Elasticsearch"}
PASSED_ON = ("content-type", "x-elastic-product", "location")
LONGEST = 60  # seconds that a hung answer hangs, should nobody heal it


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes = b""

    @property
    def is_search(self) -> bool:
        return self.path.partition("?")[0].endswith("/_search")

    @property
    def writes(self) -> bool:
        read = self.method in ("GET", "HEAD") or self.path.partition("?")[0].endswith(("/_search", "/_refresh"))
        return not read


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=lambda: dict(GENUINE))


class Conversation(BaseHTTPRequestHandler):
    """One connection of the client."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body are two packets: the second would wait 40 ms for a delayed ACK
    proxy: ClassVar["FaultProxy"]

    def setup(self) -> None:
        super().setup()
        self.proxy.open.append(self.connection)

    def finish(self) -> None:
        with suppress(OSError):
            super().finish()

    def pass_on(self) -> None:
        length = int(self.headers.get("content-length") or 0)
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(self.command, self.path, headers, self.rfile.read(length))
        self.proxy.seen.append(asked)
        self.proxy.fault(self, asked)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = pass_on  # noqa: N815 - names of the standard library

    def ask(self, asked: Asked) -> Answer:
        """The real one."""
        there = http.client.HTTPConnection(self.proxy.host, self.proxy.upstream, timeout=LONGEST)
        try:
            kept = {name: value for name, value in asked.headers.items() if name not in ("host", "connection")}
            there.request(asked.method, asked.path, asked.body or None, kept)
            answer = there.getresponse()
            found = {name: answer.headers[name] for name in PASSED_ON if name in answer.headers}
            return Answer(answer.status, answer.read(), found)
        finally:
            there.close()

    def say(self, answer: Answer, *, share: float = 1) -> None:
        """All of it, or so much and then nothing more."""
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body[: int(len(answer.body) * share)])

    def hang(self) -> None:
        self.proxy.healed.wait(LONGEST)
        self.close_connection = True

    def log_message(self, *_words: Any) -> None:
        pass


Fault = Callable[[Conversation, Asked], None]


class FaultProxy:
    """`with FaultProxy(url) as proxy: proxy.become(hung)`; `proxy.seen` is what it was asked."""

    def __init__(self, url: str, tls: ssl.SSLContext | None = None) -> None:
        parts = urlsplit(url)
        self.host, self.upstream = parts.hostname or "", parts.port or 9200
        self.tls = tls
        self.port = 0
        self.server: ThreadingHTTPServer | None = None
        self.fault: Fault = well
        self.healed = Event()
        self.seen: list[Asked] = []
        self.open: list[socket.socket] = []

    @property
    def url(self) -> str:
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"

    @property
    def searches(self) -> int:
        return sum(asked.is_search for asked in list(self.seen))

    def become(self, fault: Fault) -> None:
        self.fault = fault
        self.healed.set()
        self.healed = Event()
        if fault is refused:
            self._close()
        elif self.server is None:
            self._listen()

    def __enter__(self) -> Self:
        self._listen()
        return self

    def __exit__(self, *_error: object) -> None:
        self.healed.set()
        self._close()

    def _listen(self) -> None:
        handler = type("Handler", (Conversation,), {"proxy": self})
        self.server = Quiet(("127.0.0.1", self.port), handler)
        self.port = self.server.server_address[1]
        if self.tls:
            self.server.socket = self.tls.wrap_socket(
                self.server.socket, server_side=True, do_handshake_on_connect=False
            )
        Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def _close(self) -> None:
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None
        while self.open:
            with suppress(OSError):
                self.open.pop().shutdown(socket.SHUT_RDWR)


class Quiet(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_who: Any) -> None:
        """Clients that hang up are what this is for."""


# --- what may go wrong ----------------------------------------------------------------------------------------


def well(talk: Conversation, asked: Asked) -> None:
    talk.say(talk.ask(asked))


def refused(talk: Conversation, _asked: Asked) -> None:
    """Nobody listens at all."""
    talk.close_connection = True


def hung(talk: Conversation, _asked: Asked) -> None:
    talk.hang()


def hung_within(talk: Conversation, asked: Asked) -> None:
    talk.say(talk.ask(asked), share=0.5)
    talk.hang()


def dripping(talk: Conversation, asked: Asked) -> None:
    """Each byte comes before a socket's timeout, and all of them never."""
    answer = talk.ask(asked)
    talk.say(answer, share=0)
    for at in range(len(answer.body)):
        if talk.proxy.healed.wait(0.1):
            break
        talk.wfile.write(answer.body[at : at + 1])
    talk.close_connection = True


def truncated(talk: Conversation, asked: Asked) -> None:
    talk.say(talk.ask(asked), share=0.5)
    talk.close_connection = True


def error_500(talk: Conversation, _asked: Asked) -> None:
    talk.say(Answer(500, _error("search_phase_execution_exception", 500)))


def error_503(talk: Conversation, _asked: Asked) -> None:
    talk.say(Answer(503, _error("cluster_not_recovered_exception", 503)))


def failing(status: int) -> Fault:
    def answer(talk: Conversation, _asked: Asked) -> None:
        talk.say(Answer(status, _error("security_exception", status)))

    answer.__name__ = f"failing_{status}"
    return answer


def garbage(talk: Conversation, _asked: Asked) -> None:
    talk.say(Answer(200, b'{"hits": {"hits": [{"_id": "a", \xff\x00'))


def another_page(talk: Conversation, _asked: Asked) -> None:
    """Somebody else's server, or a sign-in before ours."""
    talk.say(Answer(200, b"<!DOCTYPE html><title>Sign in</title>", {"content-type": "text/html"}))


def no_header(talk: Conversation, asked: Asked) -> None:
    """What calls itself something else."""
    answer = talk.ask(asked)
    kept = {name: value for name, value in answer.headers.items() if name != "x-elastic-product"}
    talk.say(Answer(answer.status, answer.body, kept))


def another_index(talk: Conversation, asked: Asked) -> None:
    talk.say(talk.ask(Asked(asked.method, asked.path.replace("/test-", "/gone-"), asked.headers, asked.body)))


def disk_full(talk: Conversation, asked: Asked) -> None:
    """Elasticsearch lets nobody write any more, and answers searches."""
    if not asked.writes:
        well(talk, asked)
        return
    blocked = "cluster_block_exception"
    if asked.path.partition("?")[0].endswith("/_bulk"):
        lines = [json.loads(line) for line in asked.body.splitlines() if line]
        actions = [line for line in lines if len(line) == 1 and {*line} & {"index", "delete", "create"}]
        items = [
            {kind: {**said, "status": 429, "error": {"type": blocked, "reason": "disk usage exceeded"}}}
            for action in actions
            for kind, said in action.items()
        ]
        talk.say(Answer(200, json.dumps({"took": 1, "errors": True, "items": items}).encode()))
        return
    status = 429 if "/_doc/" in asked.path or "/_create/" in asked.path else 403
    talk.say(Answer(status, _error(blocked, status)))


def slow(seconds: float) -> Fault:
    def late(talk: Conversation, asked: Asked) -> None:
        began = time.monotonic()
        answer = talk.ask(asked)
        talk.proxy.healed.wait(max(0.0, seconds - (time.monotonic() - began)))
        talk.say(answer)

    late.__name__ = f"slow_{seconds}"
    return late


def saying(body: str) -> Fault:
    """JSON, and not what was asked for."""

    def answer(talk: Conversation, _asked: Asked) -> None:
        talk.say(Answer(200, body.encode()))

    answer.__name__ = f"saying_{body}"
    return answer


def _error(kind: str, status: int) -> bytes:
    reason = {"type": kind, "reason": "blocked or broken"}
    return json.dumps({"error": {"root_cause": [reason], **reason}, "status": status}).encode()
