"""A real browser on a real server: `wegweiser demo` in a process and a data folder of its own."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Request, sync_playwright

from tests.conftest import CI

CHROMIUM = Path("/usr/bin/chromium")
# As root there is no sandbox; the rest keeps the browser itself from calling home during a test.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SET_BY_TESTS = (
    *("WEGWEISER_DATA_DIR", "LANGUAGES", "DATABASE_URL", "DJANGO_SETTINGS_MODULE"),
    *("SEARCH_URL", "SEARCH_API_KEY", "SEARCH_CA_FILE"),
)
PHONE = (390, 844)
DESK = (1280, 900)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in item.path.parts and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(180))


class Site:
    """The running demo: where it answers, where its data lie, and the sign-ins that it printed once, by role."""

    def __init__(self, url: str, exit_url: str, folder: Path, accounts: Mapping[str, tuple[str, str]]) -> None:
        self.url = url
        self.exit_url = exit_url
        self.folder = folder
        self.accounts = accounts
        self.password = accounts["Administrator"][1]

    def address(self, path: str = "", language: str = "de") -> str:
        return f"{self.url}/{language}/{path}"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with demo_site(tmp_path_factory.mktemp("site")) as found:
        yield found


@contextmanager
def demo_site(folder: Path) -> Iterator[Site]:
    """First set up without serving, so that a failure is told with its whole output."""
    environment = environment_of(folder)
    url = f"http://localhost:{free_port()}"
    # The same server by its other name stands in for the harmless site that the quick exit leads to.
    environment["EXIT_URL"] = url.replace("localhost", "127.0.0.1") + "/robots.txt"
    environment["EMAIL_URL"] = f"filemail:///{folder / 'mail'}"
    command = [sys.executable, "-m", "wegweiser", "demo"]
    made = subprocess.run(
        [*command, "--no-serve"], cwd=folder, env=environment, capture_output=True, text=True, timeout=180
    )
    assert made.returncode == 0, made.stderr
    printed = re.findall(r"^([^:\n]+): (\S+), password: (\S+)", made.stderr, re.MULTILINE)
    accounts = {role: (name, password) for role, name, password in printed}
    log = (folder / "server.log").open("w")
    with (
        log,
        subprocess.Popen([*command, "--port", url.rpartition(":")[2]], env=environment, stderr=log) as server,
    ):
        try:
            wait_for(url, server)
            yield Site(url, environment["EXIT_URL"], folder, accounts)
        finally:
            server.terminate()
            server.wait(timeout=20)


def environment_of(folder: Path) -> dict[str, str]:
    """For commands on the same data."""
    kept = {name: value for name, value in os.environ.items() if name not in SET_BY_TESTS}
    return kept | {"WEGWEISER_DATA_DIR": str(folder)}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, server: "subprocess.Popen[bytes]", seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(f"{url}/de/", timeout=10):
                return
        except urllib.error.URLError:
            if time.monotonic() > until or server.poll() is not None:
                raise
            time.sleep(0.05)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    if not CHROMIUM.exists():
        reason = f"{CHROMIUM} is missing: apt install chromium fonts-noto-core"
        if CI:
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
    yield browser
    browser.close()


class Visitor:
    """Somebody with a browser of their own: counts taps, and notes everything that the browser asks for."""

    def __init__(self, site: Site, context: BrowserContext) -> None:
        self.site = site
        self.context = context
        self.taps = 0
        self.requests: list[Request] = []
        self.errors: list[str] = []
        context.on("request", self._ask)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        context.on("console", self._note)
        context.set_default_timeout(20_000)  # a busy machine is no fault of the page
        self.page: Page = context.new_page()

    def _ask(self, request: Request) -> None:
        self.requests.append(request)

    def _note(self, message: Any) -> None:
        if message.type == "error" and "404" not in message.text:
            self.errors.append(message.text)

    def open(self, path: str = "", language: str = "de") -> Page:
        response = self.page.goto(self.site.address(path, language))
        assert response is not None
        assert response.status < 500
        return self.page

    def tap(self, selector: str) -> None:
        """A tap of a person: the thing must be on the screen, and not covered."""
        self.page.locator(selector).first.click()
        self.taps += 1

    def follow(self, selector: str) -> Page:
        """A tap that leads to another page."""
        with self.page.expect_navigation():
            self.tap(selector)
        return self.page

    def call(self, selector: str = "main a[href^='tel:']") -> str:
        """The tap that dials. The browser has no telephone: it is enough that the link can be hit."""
        target = self.page.locator(selector).first
        target.click(trial=True)
        self.taps += 1
        return target.get_attribute("href") or ""

    def strangers(self) -> list[str]:
        """Requests to anybody but the site itself."""
        own = {urlsplit(self.site.url).netloc, urlsplit(self.site.exit_url).netloc}
        addresses = [urlsplit(request.url) for request in self.requests]
        return [url.geturl() for url in addresses if url.netloc not in own and url.scheme not in ("data", "blob")]

    def traces(self) -> dict[str, Any]:
        """What a visit left in the browser; everything empty is what we promise."""
        stored = self.page.evaluate(
            """async () => ({
                local: Object.keys(localStorage), session: Object.keys(sessionStorage),
                databases: (await indexedDB.databases()).map(base => base.name),
                caches: await caches.keys(),
                workers: (await navigator.serviceWorker.getRegistrations()).length,
            })"""
        )
        return {"cookies": self.context.cookies(), **stored}

    def history(self) -> list[str]:
        """Every address that the browser remembers of this tab."""
        session = self.context.new_cdp_session(self.page)
        entries: list[dict[str, Any]] = session.send("Page.getNavigationHistory")["entries"]
        return [entry["url"] for entry in entries if entry["url"] != "about:blank"]


NewVisitor = Callable[..., Visitor]


@pytest.fixture
def new_visitor(site: Site, browser: Browser) -> Iterator[NewVisitor]:
    """Whatever a visitor does in a test: nobody else is called, and no script fails."""
    with ExitStack() as stack:

        def make(size: tuple[int, int] = PHONE, *, javascript: bool = True, **options: Any) -> Visitor:
            return stack.enter_context(visiting(site, browser, size, javascript=javascript, **options))

        yield make


@contextmanager
def visiting(
    site: Site, browser: Browser, size: tuple[int, int], *, javascript: bool, **options: Any
) -> Iterator[Visitor]:
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=javascript, **options
    )
    visitor = Visitor(site, context)
    yield visitor
    context.close()
    assert visitor.strangers() == []
    assert visitor.errors == []


@pytest.fixture
def visitor(new_visitor: NewVisitor) -> Visitor:
    return new_visitor()
