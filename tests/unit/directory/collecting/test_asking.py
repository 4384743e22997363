"""One address is asked politely, for a limited time, and never one within somebody's own network."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.collecting.links import asking
from directory.collecting.links.asking import Outcome, addresses, ask, is_public
from tests.reliability.certificates import Authority

Answering = Callable[[BaseHTTPRequestHandler], None]


def anywhere(address: str, port: int) -> bool:
    """The server of the tests is at home, where the product asks nobody."""
    return True


@dataclass
class Server:
    url: str
    answers: dict[str, Answering] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def says(self, path: str, status: int, **headers: str) -> str:
        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in headers.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.send_header("Content-Length", "0")
            handler.end_headers()

        self.answers[path] = answer
        return self.url + path


@pytest.fixture
def server() -> Iterator[Server]:
    yield from serving()


def serving(tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    found = Server("")

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            found.asked.append((self.command, self.path))
            found.headers.append(dict(self.headers))
            answering = found.answers.get(self.path)
            answering(self) if answering else self.send_error(404)

        do_HEAD = do_GET = answer  # noqa: N815 - as the library asks

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        found.url = f"http{'s' if tls else ''}://127.0.0.1:{listening.server_port}"
        if tls:
            listening.socket = tls.wrap_socket(listening.socket, server_side=True, do_handshake_on_connect=False)
        thread = threading.Thread(target=listening.serve_forever, args=[0.01], daemon=True)
        thread.start()
        yield found
        listening.shutdown()
        thread.join()


class TestWhatAServerSays:
    @pytest.mark.parametrize(
        ("status", "outcome"),
        [
            (200, Outcome.WORKS),
            (204, Outcome.WORKS),
            (304, Outcome.WORKS),
            (404, Outcome.MISSING),
            (410, Outcome.MISSING),
            (500, Outcome.BROKEN),
            (502, Outcome.BROKEN),
            (503, Outcome.BUSY),
            (401, Outcome.BUSY),
            (403, Outcome.BUSY),
            (429, Outcome.BUSY),
            (451, Outcome.BUSY),
        ],
    )
    def test_each_status(self, server: Server, status: int, outcome: str) -> None:
        answer = ask(server.says("/", status), allows=anywhere)
        assert (answer.outcome, answer.status) == (outcome, status)

    def test_head_first_and_get_where_that_is_refused(self, server: Server) -> None:
        def only_get(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(200 if handler.command == "GET" else 405)
            handler.end_headers()

        server.answers["/"] = only_get
        assert ask(f"{server.url}/", allows=anywhere).outcome == Outcome.WORKS
        assert server.asked == [("HEAD", "/"), ("GET", "/")]

    def test_who_asks_for_patience_is_not_asked_twice(self, server: Server) -> None:
        answer = ask(server.says("/", 429, Retry_After="120"), allows=anywhere)
        assert (answer.wait, len(server.asked)) == (120, 1)

    @pytest.mark.parametrize("said", ["Wed, 21 Oct 2026 07:28:00 GMT", "-5", "²", "9" * 40, ""])
    def test_patience_that_is_no_number_of_seconds(self, server: Server, said: str) -> None:
        assert (
            ask(server.says("/", 503, Retry_After=said.encode("ascii", "ignore").decode()), allows=anywhere).wait
            == 0
        )

    def test_it_says_who_asks_and_nothing_of_anybody(self, server: Server) -> None:
        ask(server.says("/", 200), allows=anywhere)
        assert "Wegweiser" in server.headers[0]["User-Agent"]
        assert not {"Cookie", "Referer", "From", "Authorization"} & set(server.headers[0])

    def test_umlauts_and_blanks_in_an_address(self, server: Server) -> None:
        server.says("/%C3%BCber%20uns?q=%C3%A4", 200)
        assert ask(f"{server.url}/über uns?q=ä#oben", allows=anywhere).outcome == Outcome.WORKS


class TestSendingOn:
    def test_it_follows(self, server: Server) -> None:
        server.says("/new", 200)
        url = server.says("/old", 301, Location="/new#part")
        assert ask(url, allows=anywhere).outcome == Outcome.WORKS

    def test_to_what_is_gone(self, server: Server) -> None:
        assert ask(server.says("/old", 302, Location="/gone"), allows=anywhere).outcome == Outcome.MISSING

    def test_round_in_circles(self, server: Server) -> None:
        server.says("/a", 302, Location="/b")
        server.says("/b", 302, Location="/a")
        assert ask(f"{server.url}/a", allows=anywhere).outcome == Outcome.LOOP
        assert len(server.asked) == 2

    def test_without_end(self, server: Server) -> None:
        for number in range(20):
            server.says(f"/{number}", 302, Location=f"/{number + 1}")
        assert ask(f"{server.url}/0", allows=anywhere).outcome == Outcome.LOOP
        assert len(server.asked) <= asking.HOPS + 1

    def test_who_wants_a_cookie_first_is_no_dead_link(self, server: Server) -> None:
        url = server.says("/", 302, Location="/", Set_Cookie="seen=1")
        assert ask(url, allows=anywhere).outcome == Outcome.BUSY

    @pytest.mark.parametrize("target", ["ftp://example.org/", "file:///etc/passwd", "http://[::1", "javascript:0"])
    def test_only_to_the_web(self, server: Server, target: str) -> None:
        answer = ask(server.says("/", 302, Location=target), allows=anywhere)
        assert answer.outcome in (Outcome.REFUSED, Outcome.BROKEN)

    def test_never_from_outside_to_the_inside(self, server: Server) -> None:
        """The first server may be judged public; where it sends on to is judged again."""
        inside = server.says("/inside", 200).replace("127.0.0.1", "127.0.0.2")
        url = server.says("/", 302, Location=inside)
        answer = ask(url, allows=lambda address, port: address == "127.0.0.1")
        assert answer.outcome == Outcome.REFUSED
        assert server.asked == [("HEAD", "/")]


class TestWhoIsNotAsked:
    @pytest.mark.parametrize(
        "address",
        [
            "127.0.0.1", "10.0.0.8", "172.16.3.4", "192.168.178.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
            "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
            "64:ff9b::7f00:1", "2002:7f00:1::", "no address", "",
        ],
    )  # fmt: skip
    def test_addresses_within_a_network(self, address: str) -> None:
        assert not is_public(address, 443)

    @pytest.mark.parametrize("address", ["193.99.144.80", "2a02:2e0:3fe:1001:302::", "64:ff9b::c163:9050"])
    def test_servers_of_the_world_are_asked(self, address: str) -> None:
        assert is_public(address, 443)

    @pytest.mark.parametrize("port", [22, 25, 3306, 6379, 0, 65536])
    def test_other_services_than_the_web(self, port: int) -> None:
        assert not is_public("193.99.144.80", port)

    @given(st.ip_addresses(v=4, network="10.0.0.0/8") | st.ip_addresses(v=4, network="127.0.0.0/8"))
    def test_no_way_of_writing_it_helps(self, ip: object) -> None:
        assert not is_public(f"::ffff:{ip}", 80)

    def test_the_server_at_home_gets_no_question(self, server: Server) -> None:
        assert ask(server.says("/", 200)).outcome == Outcome.REFUSED
        assert server.asked == []

    def test_one_inner_address_among_outer_ones_is_enough(
        self, server: Server, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(asking, "addresses", lambda host, port: ["193.99.144.80", "127.0.0.1"])
        assert ask("http://example.org/").outcome == Outcome.REFUSED

    def test_a_name_that_leads_elsewhere_when_asked_again_does_not_help(
        self, server: Server, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        port = int(server.url.rpartition(":")[2])
        names = iter([["127.0.0.1"], ["203.0.113.1"]])
        monkeypatch.setattr(asking, "addresses", lambda host, port: next(names))
        server.says("/", 200)
        assert ask(f"http://rebinding.test:{port}/", allows=anywhere).outcome == Outcome.WORKS
        assert server.headers[0]["Host"] == f"rebinding.test:{port}"

    @pytest.mark.parametrize(
        "url", ["", "example.org", "ftp://example.org", "http://", "http://[::1", "http://e.org:99999", "\0"]
    )
    def test_what_is_no_web_address(self, url: str) -> None:
        assert ask(url).outcome == Outcome.REFUSED

    @given(st.text(max_size=60))
    def test_no_text_is_an_error(self, text: str) -> None:
        assert ask(f"http://127.0.0.1/{text}").outcome == Outcome.REFUSED


class TestTrouble:
    def test_no_such_name(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def unknown(*args: object, **kwargs: object) -> None:
            raise socket.gaierror(-2, "Name or service not known")

        monkeypatch.setattr(socket, "getaddrinfo", unknown)
        assert ask("https://gone.example.org/").outcome == Outcome.NO_NAME

    @pytest.mark.parametrize("host", ["a" * 64 + ".org", "..", "xn--" + "ü" * 70])
    def test_what_cannot_be_a_name(self, host: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(socket, "getaddrinfo", lambda name, *args, **kwargs: name.encode("idna") and [])
        with pytest.raises(asking._StopError):
            addresses(host, 80)

    def test_nobody_listens(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        assert ask(f"http://127.0.0.1:{port}/", allows=anywhere).outcome == Outcome.NO_ANSWER

    def test_what_is_no_http(self, server: Server) -> None:
        def greet(handler: BaseHTTPRequestHandler) -> None:
            handler.wfile.write(b"SSH-2.0-OpenSSH\r\n")

        server.answers["/"] = greet
        assert ask(f"{server.url}/", allows=anywhere).outcome == Outcome.NO_ANSWER

    def test_no_tls_where_tls_was_asked_for(self, server: Server) -> None:
        answer = ask(server.says("/", 200).replace("http:", "https:"), allows=anywhere)
        assert answer.outcome == Outcome.NO_ANSWER

    def test_lines_that_trickle_in_for_ever_are_cut_off(
        self, server: Server, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(asking, "AT_MOST_SECONDS", 0.4)
        ended = threading.Event()

        def trickle(handler: BaseHTTPRequestHandler) -> None:
            try:
                handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
                for number in range(200):
                    handler.wfile.write(f"X-{number}: slow\r\n".encode())
                    time.sleep(0.05)
            except OSError:
                ended.set()

        server.answers["/"] = trickle
        begun = time.monotonic()
        assert ask(f"{server.url}/", allows=anywhere).outcome == Outcome.NO_ANSWER
        assert time.monotonic() - begun < 5
        ended.wait(10)

    def test_of_a_film_of_many_gigabytes_nothing_is_read(self, server: Server) -> None:
        sent: list[int] = []

        def film(handler: BaseHTTPRequestHandler) -> None:
            if handler.command == "HEAD":
                handler.send_error(405)
                return
            handler.send_response(200)
            handler.send_header("Content-Length", str(10**12))
            handler.end_headers()
            try:
                while len(sent) < 1000:
                    handler.wfile.write(b"0" * 65536)
                    sent.append(1)
            except OSError:
                pass

        server.answers["/"] = film
        assert ask(f"{server.url}/", allows=anywhere).outcome == Outcome.WORKS
        assert len(sent) < 500  # what fits into the buffers on the way


class TestEncrypted:
    @pytest.fixture
    def authority(self, tmp_path: Path) -> Authority:
        return Authority(tmp_path)

    @pytest.fixture
    def safe(self, authority: Authority) -> Iterator[Server]:
        yield from serving(authority.server())

    def test_a_certificate_of_an_authority_that_is_known(
        self, safe: Server, authority: Authority, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(asking, "_context", lambda: ssl.create_default_context(cafile=str(authority.file)))
        assert ask(safe.says("/", 200), allows=anywhere).outcome == Outcome.WORKS

    def test_one_of_nobody_known(self, safe: Server) -> None:
        assert ask(safe.says("/", 200), allows=anywhere).outcome == Outcome.CERTIFICATE

    def test_one_for_another_name(
        self, safe: Server, authority: Authority, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(asking, "_context", lambda: ssl.create_default_context(cafile=str(authority.file)))
        monkeypatch.setattr(asking, "addresses", lambda host, port: ["127.0.0.1"])
        url = safe.says("/", 200).replace("127.0.0.1", "other.example.org")
        assert ask(url, allows=anywhere).outcome == Outcome.CERTIFICATE

    def test_who_never_shakes_hands_is_left(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(asking, "AT_MOST_SECONDS", 0.3)
        with socket.create_server(("127.0.0.1", 0)) as silent:
            begun = time.monotonic()
            url = f"https://127.0.0.1:{silent.getsockname()[1]}/"
            assert ask(url, allows=anywhere).outcome == Outcome.NO_ANSWER
        assert time.monotonic() - begun < 5
