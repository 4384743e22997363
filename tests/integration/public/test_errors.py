"""An error of ours: a page that needs nothing, and a line in the log that tells nobody's words."""

import io
import logging
import logging.config
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as current
from django.core import mail
from django.db import DatabaseError
from django.http import QueryDict
from django.test import Client

from referrals.forms import code
from tests.integration.public.reading import read
from wegweiser import public
from wegweiser.logs import configuration

CANARY = "kanarienvogel"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What an operator would read, at the most talkative level."""
    chosen, written = configuration("DEBUG"), io.StringIO()
    chosen["handlers"]["stderr"]["stream"] = written
    logging.config.dictConfig(chosen)
    yield written
    logging.config.dictConfig(current.LOGGING)


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> Any:
        word = CANARY
        raise DatabaseError(f"no such table for {word}")

    monkeypatch.setattr(public, "tiles", fail)


@pytest.fixture
def visitor(db: None) -> Client:
    return Client(raise_request_exception=False)


def test_the_page_and_the_log_name_the_same_number(visitor: Client, broken: None, log: io.StringIO) -> None:
    response = visitor.get("/de/")
    assert response.status_code == 500
    numbers = {element.text for element in read(response).all("code")}
    (number,) = numbers
    assert re.fullmatch("[0-9a-f]{8}", number)
    (line,) = [line for line in log.getvalue().splitlines() if " ERROR " in line]
    assert f"[{number}] GET home " in line
    assert "django.db.utils.DatabaseError at " in line
    assert "wegweiser.public.home:" in line


def test_each_error_has_a_number_of_its_own(visitor: Client, broken: None) -> None:
    numbers = {read(visitor.get("/de/")).one("code").text for _ in range(5)}
    assert len(numbers) == 5


def test_the_page_still_says_whom_to_call(visitor: Client, broken: None) -> None:
    page = read(visitor.get("/en/"))
    assert page.all("a", href="tel:110")
    assert page.all("a", href="tel:112")


def test_the_page_is_kept_nowhere_and_sets_nothing(visitor: Client, broken: None) -> None:
    response = visitor.get("/de/")
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_no_database_is_needed_for_it(broken: None) -> None:
    """Without the fixture `db`, any query would fail this test."""
    assert Client(raise_request_exception=False).get("/de/").status_code == 500


VIEWS = {
    "/de/w/": "referrals.views.forms.read",
    "/ar/w/witness/": "referrals.views.forms.read",
    "/de/w/zettel/": "referrals.slips.views.page",
    "/uk/w/rueckruf/": "referrals.slips.views.asked",
    "/de/fachkraefte/": "referrals.professionals.views.context",
    "/tr/suche/": "search.views.asked",
}


@pytest.mark.parametrize("path", VIEWS)
def test_an_error_in_the_middle_tells_nobodys_words(
    visitor: Client, monkeypatch: pytest.MonkeyPatch, log: io.StringIO, path: str
) -> None:
    """With everything that was sent in the exception, and in the variables of each frame below."""
    sent = {CANARY: "x", "text": CANARY, "name": CANARY, "step": CANARY, code("concern"): CANARY}

    def fail(*args: Any, **kwargs: Any) -> Any:
        words = [dict(each) for each in args if isinstance(each, QueryDict)]
        raise ValueError(f"{CANARY}: {words} {args!r} {kwargs!r}")

    monkeypatch.setattr(VIEWS[path], fail)
    answer = visitor.post(path, sent)
    assert answer.status_code == 500
    assert " ERROR " in log.getvalue()
    for said in (log.getvalue(), answer.content.decode(), str(answer.headers)):
        assert CANARY not in said.lower()
    assert not mail.outbox


def test_nothing_that_a_visitor_sent_is_in_the_log(visitor: Client, broken: None, log: io.StringIO) -> None:
    visitor.get(
        f"/de/?q={CANARY}",
        headers={"user-agent": CANARY, "referer": f"https://{CANARY}.example/", "x-forwarded-for": CANARY},
    )
    visitor.get(f"/de/{CANARY}/")
    visitor.get("/de/", headers={"host": f"{CANARY}.example"})
    visitor.post("/de/suche/", {"text": CANARY, "area": CANARY})
    visitor.post("/de/w/", {code("concern"): CANARY, "step": CANARY})
    visitor.generic(CANARY.upper(), "/de/")
    assert log.getvalue()
    assert CANARY not in log.getvalue().lower()
    assert "127.0.0.1" not in log.getvalue()
