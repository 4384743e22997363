"""A city's own site with marked answers, somebody who walks through it, and all that could have kept a trace."""

import json
import shutil
import sqlite3
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl

from playwright.sync_api import BrowserContext, Locator, Page, Playwright, Request

from tests.browser.conftest import ARGUMENTS, CHROMIUM, PHONE
from tests.browser.profile import Entry, dump, findings, holds, unpacked
from tests.reliability.starting import Server, environment, serving

MARK = "kanarie"  # in the slug and every text of every answer
TYPED = "zwitscherwort"
SCRIPTS = "Default/Code Cache/"  # compiled
SESSIONS = "Default/Sessions/"
SENT_AT_LEAST = 8  # signs: shorter values would be found anywhere
NUMBER = "0211 8765432"
BODY = "stelle@example.org"  # has agreed to be asked for a call
TYPES = "[type=text], [type=search], [type=checkbox]:not(:checked)"
FILLED = f"fieldset:has(input[type=radio]), select, textarea, input:is({TYPES})"


class Sink:
    """Somebody else's server, which writes down what it is told."""

    def __init__(self) -> None:
        told: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                told.append(f"{self.path}\n{self.headers}")
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(b"<!doctype html><title>Weather</title><p>Sunny")

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.told = told
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def referers(self) -> list[str]:
        return [each for each in self.told if "referer:" in each.lower()]


class House:
    """The server, and where it writes."""

    def __init__(self, server: Server, folder: Path, sink: Sink) -> None:
        self.server = server
        self.folder = folder
        self.sink = sink
        self.url = f"http://localhost:{server.port}"
        self.orders = folder.parent / "orders"
        self.mail = folder.parent / "mail"

    def order(self, what: str) -> None:
        self.orders.write_text(what)

    def rows(self) -> set[tuple[str, str]]:
        return set(dump(self.folder / "wegweiser.sqlite3"))

    def log(self) -> str:
        return self.server.log.read_text(errors="replace")

    def mails(self) -> list[str]:
        return [path.read_text() for path in sorted(self.mail.glob("*"))]

    def tells_everybody(self, entry: Entry) -> bool:
        """Whoever asks for this address, having said nothing, gets the same."""
        request = urllib.request.Request(entry.address, headers={"X-Forwarded-Proto": "https"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            return unpacked(answer.read()) == unpacked(entry.body)


@contextmanager
def house(demo: Path, folder: Path) -> Iterator[House]:
    """The demo's data under a server as a city starts it, at its most talkative."""
    sink = Sink()
    shutil.copytree(demo, folder, ignore=shutil.ignore_patterns("*.sqlite3*", "*.log"))
    copy_marked(demo / "wegweiser.sqlite3", folder / "wegweiser.sqlite3", sink.url)
    mail = folder.parent / "mail"
    mail.mkdir()
    env = environment(
        folder,
        DJANGO_SETTINGS_MODULE="tests.browser.watched",
        WATCHER_ORDERS=str(folder.parent / "orders"),
        ALLOWED_HOSTS="localhost,wegweiser.example.org",
        LOG_LEVEL="DEBUG",
        EMAIL_URL=f"filemail:///{mail}",
        EXIT_URL=f"{sink.url}/weather",
        LANGUAGES="de,en,tr,ar,uk",
    )
    try:
        with serving(folder, env) as server:
            yield House(server, folder, sink)
    finally:
        sink.close()


def copy_marked(source: Path, copy: Path, elsewhere: str) -> None:
    """Every answer bears the mark, and every website is the sink."""
    with closing(sqlite3.connect(source)) as there, closing(sqlite3.connect(copy)) as here:
        there.backup(here)
        texts = [
            row[1] for row in here.execute("PRAGMA table_info(referrals_option)") if row[1].startswith("text")
        ]
        for column in texts:
            here.execute(
                f"UPDATE referrals_option SET {column} = {column} || ' {MARK}' || id WHERE {column} <> ''"
            )
        here.execute(f"UPDATE referrals_option SET slug = '{MARK}_' || slug")
        for number, shown_if in here.execute("SELECT id, shown_if FROM referrals_question").fetchall():
            marked = {
                key: [each and f"{MARK}_{each}" for each in slugs] for key, slugs in json.loads(shown_if).items()
            }
            here.execute("UPDATE referrals_question SET shown_if = ? WHERE id = ?", (json.dumps(marked), number))
        here.execute("UPDATE directory_contactpoint SET value = ? WHERE kind = 'website'", (f"{elsewhere}/body/",))
        here.execute("UPDATE directory_organisation SET website = ? WHERE website <> ''", (f"{elsewhere}/body/",))
        here.execute("UPDATE directory_listing SET callback_email = ?", (BODY,))
        here.commit()


class Walker:
    """Somebody who answers everything; remembers what was chosen and sent."""

    def __init__(self, house: House, context: BrowserContext, language: str) -> None:
        self.house = house
        self.language = language
        self.context = context
        self.page: Page = context.pages[0]
        self.chosen: set[str] = set()
        self.sent: set[str] = set()
        self.cookies: list[str] = []  # on the disk they are encrypted
        context.set_default_timeout(20_000)
        context.on("request", self._remember)

    def _remember(self, request: Request) -> None:
        if request.method == "POST" and request.url.startswith(self.house.url):
            pairs = parse_qsl(request.post_data or "")
            self.sent |= {value for _name, value in pairs if len(value) >= SENT_AT_LEAST}

    @property
    def marks(self) -> set[str]:
        return {MARK, TYPED, NUMBER.removeprefix("0211 "), *self.chosen}

    def open(self, path: str = "") -> Page:
        answer = self.page.goto(f"{self.house.url}/{self.language}/{path}")
        assert answer
        assert answer.status == 200
        return self.page

    def submit(self, button: Locator, *, status: int = 200) -> Page:
        with self.page.expect_navigation() as navigation:
            button.click()
        assert navigation.value.status == status
        return self.page

    def settle(self) -> None:
        """Until the browser has written its session file."""
        self.page.wait_for_timeout(3000)

    def answer(self, form: str) -> None:
        """Each field that can be seen, one after another, for an answer may bring up the next question."""
        for summary in self.page.locator(f"{form} details:not([open]) > summary").all():
            summary.click()
        done = 0
        while done < self.page.locator(f"{form} :is({FILLED})").count():
            field = self.page.locator(f"{form} :is({FILLED})").nth(done)
            if field.is_visible() and not field.evaluate("field => field.closest('.hidden')"):
                self._fill(field)
            done += 1

    def _fill(self, field: Locator) -> None:
        kind = field.evaluate("field => field.type")
        if kind == "fieldset":
            field.locator("label").first.click()
        elif kind == "checkbox":
            field.check()
        elif kind.startswith("select"):
            names = field.locator("option").all_inner_texts()
            field.select_option(index=min(2, len(names) - 1))
            self.chosen |= {name for name in names[2:3] if len(name) >= SENT_AT_LEAST}
        else:
            words = {"number": NUMBER, "mail": f"{TYPED}@example.org"}
            field.fill(words.get(field.get_attribute("name") or "", f"{TYPED} Chef"))


@contextmanager
def walking(
    playwright: Playwright, house: House, profile: Path, language: str, *, javascript: bool = True
) -> Iterator[Walker]:
    """With a profile on disk, which is all written when the browser has gone."""
    width, height = PHONE
    context = playwright.chromium.launch_persistent_context(
        profile,
        executable_path=CHROMIUM,
        args=list(ARGUMENTS),
        ignore_default_args=["--disable-back-forward-cache"],  # a page kept in memory is a trace too
        java_script_enabled=javascript,
        viewport={"width": width, "height": height},
        extra_http_headers={"X-Forwarded-Proto": "https"},
    )
    walker = Walker(house, context, language)
    try:
        yield walker
    finally:
        walker.cookies = [str(cookie) for cookie in context.cookies()]
        context.close()


def carriers(walker: Walker, profile: Path, before: set[tuple[str, str]]) -> dict[str, list[str]]:
    """Where something of the visit can be read afterwards."""
    house, told = walker.house, walker.marks | walker.sent
    in_browser = findings(profile, told, is_known=house.tells_everybody)
    for path, marks in in_browser.items():
        in_browser[path] = [mark for mark in marks if not is_allowed(path, mark, walker)]
    mails = "\n".join(house.mails())
    elsewhere = {
        "cookies": "\n".join(walker.cookies),
        "log": house.log(),
        "database": "\n".join(row for _table, row in house.rows() - before),
        "mail": "" if TYPED in mails and MARK not in mails else mails,  # the call-back's own
        "other site": "\n".join(house.sink.told),
        "referrer": "\n".join(house.sink.referers()),
    }
    found = {f"browser {path}": marks for path, marks in in_browser.items() if marks}
    return found | {name: marks for name, text in elsewhere.items() if (marks := holds(text.encode(), told))}


def is_allowed(path: str, mark: str, walker: Walker) -> bool:
    """What was posted, in a session file, as the safety page says: codes and typed words, but no answer. And a
    script that offers words to everybody."""
    if path.startswith(SCRIPTS):
        return mark in walker.chosen
    return path.startswith(SESSIONS) and mark not in {MARK, *walker.chosen}
