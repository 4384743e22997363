"""The production server: what it serves, and that no word of a visitor is left anywhere."""

import re
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.reliability.starting import Server, environment, serving, wegweiser

CANARY = "kanarienvogel"
PASSWORD = "ein langes Kennwort"
STAFF = {"USERNAME": "chris", "EMAIL": "chris@example.org", "PASSWORD": PASSWORD}
HEADERS = {
    "User_Agent": CANARY,
    "Referer": f"https://{CANARY}.example/",
    "Cookie": f"sessionid={CANARY}",
    "Accept_Language": f"de, {CANARY}",
    "X_Forwarded_For": f"203.0.113.77, {CANARY}",
    "X_Real_IP": "203.0.113.77",
}
FAILING = """
class Failing:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if "HTTP_X_FAIL" in request.META:
            everything = [request.get_full_path(), dict(request.POST), kwargs, request.META]
            raise ValueError(str(everything))
"""
SETTINGS = """
from wegweiser.settings.production import *
MIDDLEWARE = [*MIDDLEWARE, "failing.Failing"]
"""


def addresses(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    """Every public one, with the canary in the place of each part that a visitor chooses."""
    for pattern in patterns:
        written = prefix + re.sub(r"<[^>]+>", CANARY, str(pattern.pattern).replace("^", "").replace("$", ""))
        if isinstance(pattern, URLPattern):
            yield "/" + written
        elif not written.startswith(("admin", "accounts", "documents")):
            yield from addresses(pattern.url_patterns, written)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("production") / "data"
    staff = {f"DJANGO_SUPERUSER_{name}": value for name, value in STAFF.items()}
    for arguments in (["demo", "--no-serve"], ["createsuperuser", "--noinput"]):
        made = wegweiser(*arguments, env=environment(folder, **staff))
        assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture(scope="module")
def collected(request: pytest.FixtureRequest) -> str:
    """Static files are the same in every run."""
    return str(request.config.cache.mkdir("collected"))


@pytest.fixture(scope="module")
def server(folder: Path, collected: str) -> Iterator[Server]:
    code = folder.parent / "code"
    code.mkdir()
    (code / "failing.py").write_text(FAILING)
    (code / "failing_settings.py").write_text(SETTINGS)
    mail = folder.parent / "mail"
    env = environment(
        folder,
        DJANGO_SETTINGS_MODULE="failing_settings",
        PYTHONPATH=str(code),
        LOG_LEVEL="DEBUG",
        STATIC_ROOT=collected,
        EMAIL_URL=f"filemail:///{mail}",
    )
    with serving(folder, env) as server:
        yield server


def test_pages_say_that_they_stay_on_https(server: Server) -> None:
    status, headers, _text = server.ask("/de/")
    assert status == 200
    assert "max-age=63072000" in headers["strict-transport-security"]
    status, headers, _text = server.ask("/de/", X_Forwarded_Proto="http")
    assert (status, headers["location"]) == (301, "https://wegweiser.example.org/de/")


def test_static_files_have_names_that_are_kept_for_ever(server: Server) -> None:
    _status, _headers, page = server.ask("/de/")
    for name in re.findall(r'"(/static/[^"]+|/style\.[^"]+)"', page):
        status, headers, _text = server.ask(name, Accept_Encoding="br")
        assert (status, "immutable" in headers["cache-control"]) == (200, True), name
        assert headers["content-encoding"] == "br"
        assert "access-control-allow-origin" not in headers


def test_another_host_is_refused(server: Server) -> None:
    assert server.ask("/de/", Host="evil.example")[0] == 400


def test_there_are_many_public_addresses() -> None:
    assert len(set(addresses(get_resolver().url_patterns))) > 12


def test_no_word_of_a_visitor_is_left_anywhere(server: Server, folder: Path) -> None:
    """At the most talkative level, with an error in every view: process output, mails, database, index, files."""
    word, numbers, failed = quote(f"Straße {CANARY}"), set(), 0
    for path in sorted(set(addresses(get_resolver().url_patterns))):
        for method, body in (("GET", ""), ("POST", f"text={word}&q-what={word}&place={word}&csrf={word}")):
            server.ask(f"{path}?q={word}&kind={word}", method=method, body=body, **HEADERS)
            status, _headers, text = server.ask(
                f"{path}?q={word}", method=method, body=body, X_Fail=CANARY, **HEADERS
            )
            if status == 500:
                failed += 1
                numbers |= set(re.findall(r"<code[^>]*>([0-9a-f]{8})</code>", text))
    server.ask("/de/", method=CANARY.upper(), **HEADERS)
    server.ask("/de/", Host=f"{CANARY}.example")
    server.ask(f"/{CANARY}/", X_Fail=CANARY)
    log = server.log.read_text()
    assert failed > 20
    assert len(numbers) == failed
    assert all(f"[{number}]" in log for number in numbers)
    assert "failing.process_view" in log or "ValueError" in log
    for file in (server.log, *folder.rglob("*"), *folder.parent.glob("mail/*")):
        if file.is_file():
            content = file.read_bytes().lower()
            assert CANARY.encode() not in content, file
            assert b"203.0.113.77" not in content, file
    assert "127.0.0.1 " not in log.partition("Stop with")[2]


def cookies(headers: Mapping[str, str]) -> str:
    return "; ".join(re.findall(r"(?:^|, )([\w-]+=[^;]+);", headers.get("set-cookie", "")))


def test_staff_sign_in_behind_the_proxy_with_cookies_of_their_own(server: Server, folder: Path) -> None:
    """Origin, secure cookies and the token agree, although the program itself speaks plain http."""
    _status, headers, page = server.ask("/admin/login/")
    for path in re.findall(r'"(/static/[^"]+)"', page):
        assert server.ask(path)[0] == 200, path
    [token] = set(re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page))
    before = cookies(headers)
    assert before.startswith("__Secure-csrftoken=")
    body = urlencode({"csrfmiddlewaretoken": token, "login": "chris", "password": PASSWORD})
    same = {"Cookie": before, "Origin": "https://wegweiser.example.org", "X_Forwarded_For": "203.0.113.77"}
    status, headers, page = server.ask("/admin/login/", method="POST", body=body, **same)
    assert status == 302, page
    assert "__Secure-sessionid=" in headers["set-cookie"]
    each = re.split(
        r", (?=[\w-]+=)", re.sub(r"(expires=\w{3}), ", r"\1 ", headers["set-cookie"], flags=re.IGNORECASE)
    )
    assert all("; Path=/admin/" in cookie and "Secure" in cookie for cookie in each), each
    status, headers, _page = server.ask("/admin/", Cookie=f"{before}; {cookies(headers)}")
    assert (status, "second-factor" in headers["location"]) == (302, True)
    assert b"203.0.113.77" not in b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


def test_another_sites_form_signs_nobody_in(server: Server) -> None:
    _status, headers, page = server.ask("/admin/login/")
    [token] = set(re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page))
    body = urlencode({"csrfmiddlewaretoken": token, "login": "chris", "password": PASSWORD})
    foreign = {"Cookie": cookies(headers), "Origin": "https://evil.example"}
    assert server.ask("/admin/login/", method="POST", body=body, **foreign)[0] == 403


def test_it_is_stopped_without_a_word_and_serves_from_a_socket(folder: Path, collected: str) -> None:
    place = folder.parent / "wegweiser.sock"
    server = Server(folder, environment(folder, STATIC_ROOT=collected), "--socket", str(place))
    try:
        assert b"200 OK" in ask_socket(place, server)
        assert place.stat().st_mode & 0o007 == 0
    finally:
        code = server.stop()
    assert code == 0
    assert "Traceback" not in server.log.read_text()


def ask_socket(place: Path, server: Server) -> bytes:
    """The file is there a moment before somebody listens."""
    until = time.monotonic() + 200
    while time.monotonic() < until and server.process.poll() is None:
        with socket.socket(socket.AF_UNIX) as client, suppress(OSError):
            client.settimeout(30)
            client.connect(str(place))
            client.sendall(b"GET /healthz HTTP/1.0\r\n\r\n")
            return client.recv(1000)
        time.sleep(0.1)
    raise AssertionError(server.log.read_text())


class TestRefusals:
    def test_without_a_proxy_nobody_could_be_served(self, tmp_path: Path) -> None:
        result = wegweiser("serve", env=environment(tmp_path, TRUSTED_PROXY="-"))
        assert result.returncode == 1
        assert "TRUSTED_PROXY" in result.stderr
        assert "Traceback" not in result.stderr

    def test_old_tables_are_not_served(self, tmp_path: Path) -> None:
        result = wegweiser("serve", env=environment(tmp_path))
        assert result.returncode == 1
        assert "wegweiser upgrade" in result.stderr

    def test_serve_means_production(self, tmp_path: Path) -> None:
        """Whoever forgets to name the settings must not get those of a laptop."""
        bare = environment(tmp_path, DJANGO_SETTINGS_MODULE="-", PUBLIC_URL="-")
        result = wegweiser("serve", env=bare)
        assert result.returncode == 1
        assert "- PUBLIC_URL" in result.stderr
