"""The adapter against a real server on this machine: one that works, and all kinds that do not."""

import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.utils import translation
from pytest_django import Settings

from directory import libretranslate
from directory.libretranslate import LibreTranslate
from directory.machine_translation import TranslatorError

TEXT, KEY = "Ich wurde angegriffen.", "s3cret-key"


class Answering(BaseHTTPRequestHandler):
    """What the test says, whatever is asked."""

    def __init__(self, told: "Server", *args: Any) -> None:
        self.told = told
        super().__init__(*args)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.told.asked.append((self.path, json.loads(body)))
        self.told.answer(self)

    def do_GET(self) -> None:
        self.told.asked.append((self.path, {}))

    def reply(self, body: bytes, code: int = 200, **headers: str) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """The test's output stays clean."""


class Server:
    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.answer: Callable[[Answering], None] = lambda reply: reply.reply(b"")
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Answering, self))
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def answers(self, answer: Callable[[Answering], None]) -> None:
        self.answer = answer


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """English messages, and no proxy of the developer's machine."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with translation.override("en"):
        yield


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


def ask(server: Server, seconds: float = 5, key: str = KEY) -> list[str]:
    return LibreTranslate(server.url, key, seconds).translate([TEXT, "Danke"], source="de", target="tr")


def test_it_asks_for_all_texts_at_once(server: Server) -> None:
    server.answers(
        lambda reply: reply.reply(json.dumps({"translatedText": ["Saldırıya uğradım.", "Sağ ol"]}).encode())
    )
    assert ask(server) == ["Saldırıya uğradım.", "Sağ ol"]
    asked = {"q": [TEXT, "Danke"], "source": "de", "target": "tr", "format": "text"}
    assert server.asked == [("/translate", asked | {"api_key": KEY})]


def test_without_a_key_none_is_sent(server: Server) -> None:
    server.answers(lambda reply: reply.reply(b'{"translatedText": []}'))
    LibreTranslate(server.url, "", 5).translate([], source="de", target="tr")
    assert "api_key" not in server.asked[0][1]


def test_an_address_with_a_path_is_kept(server: Server) -> None:
    server.answers(lambda reply: reply.reply(b'{"translatedText": []}'))
    LibreTranslate(f"{server.url}/mt/", "", 5).translate([], source="de", target="tr")
    assert server.asked[0][0] == "/mt/translate"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"x"',
        b"<html>",
        b'{"translatedText": "x"}',
        b'{"error": "no"}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_what_is_no_translation_is_refused_in_words(server: Server, body: bytes) -> None:
    server.answers(lambda reply: reply.reply(body))
    with pytest.raises(TranslatorError, match="no translation"):
        ask(server)


@pytest.mark.parametrize(
    ("code", "says"),
    [(400, "pair of languages"), (401, "KEY"), (403, "KEY"), (429, "wait"), (500, "HTTP 500"), (502, "HTTP 502")],
)
def test_a_refusal_says_what_to_do(server: Server, code: int, says: str) -> None:
    server.answers(lambda reply: reply.reply(TEXT.encode(), code))
    with pytest.raises(TranslatorError, match=says):
        ask(server)


def test_a_redirect_is_not_followed(server: Server) -> None:
    server.answers(lambda reply: reply.reply(b"", 302, Location=f"{server.url}/elsewhere"))
    with pytest.raises(TranslatorError, match="HTTP 302"):
        ask(server)
    assert len(server.asked) == 1


def test_too_much_is_not_read(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libretranslate, "BIGGEST_ANSWER", 1000)
    server.answers(lambda reply: reply.reply(b" " * 1001))
    with pytest.raises(TranslatorError, match="far too much"):
        ask(server)


def test_one_that_hangs_is_given_up(server: Server) -> None:
    server.answers(lambda reply: time.sleep(0.5))
    started = time.monotonic()
    with pytest.raises(TranslatorError, match="does not answer"):
        ask(server, seconds=0.1)
    assert time.monotonic() - started < 0.4


def test_so_is_one_that_drips(server: Server) -> None:
    def drip(reply: Answering) -> None:
        reply.send_response(200)
        reply.end_headers()
        for _number in range(20):
            try:
                reply.wfile.write(b" ")
                reply.wfile.flush()
            except OSError:
                return
            time.sleep(0.05)

    server.answers(drip)
    started = time.monotonic()
    with pytest.raises(TranslatorError, match="does not answer"):
        ask(server, seconds=0.2)
    assert time.monotonic() - started < 0.8


def test_one_that_hangs_up(server: Server) -> None:
    server.answers(lambda reply: reply.connection.close())
    with pytest.raises(TranslatorError, match="does not answer"):
        ask(server)


def test_one_that_is_not_there() -> None:
    with pytest.raises(TranslatorError, match="does not answer"):
        LibreTranslate("http://127.0.0.1:9", KEY, 1).translate([TEXT], source="de", target="tr")


@pytest.mark.parametrize("url", ["", "translate.example.org", "file:///etc/passwd", "ftp://127.0.0.1/"])
def test_another_address_than_of_the_web_is_refused(url: str, settings: Settings) -> None:
    settings.MACHINE_TRANSLATION_URL = ""
    with pytest.raises(TranslatorError, match="MACHINE_TRANSLATION_URL"):
        LibreTranslate(url, KEY)


@pytest.mark.parametrize("code", [200, 400, 403, 500])
def test_neither_text_nor_key_is_told_or_logged(
    server: Server, code: int, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    server.answers(lambda reply: reply.reply(f"{TEXT} {KEY}".encode(), code))
    with pytest.raises(TranslatorError) as raised:
        ask(server)
    told = f"{raised.value!r} {raised.value.__cause__!r} {caplog.text} {''.join(capfd.readouterr())}"
    assert TEXT not in told
    assert KEY not in told
