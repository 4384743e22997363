"""What the doctor says of the search cluster: one line for each matter, and nothing that is secret."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection as database
from django.utils import timezone
from pytest_django import Settings

from directory.models import Change
from search.cluster import connection, following
from search.cluster.generations import Cluster
from tests.clusters import corner
from tests.integration.search.making import listing
from tests.reliability import fault_proxy as faults
from tests.reliability.certificates import Authority
from tests.reliability.fault_proxy import Asked, Conversation, FaultProxy
from wegweiser.doctor import store
from wegweiser.doctor.finding import Finding, Level
from wegweiser.management.commands.doctor import in_words

SECRET = "Gehe1m"
NEW = '{"version": {"number": "9.5.3"}}'


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.DATA_DIR = tmp_path
    yield
    connection.forget()


@pytest.fixture
def proxy(settings: Settings) -> Iterator[FaultProxy]:
    """Nothing is behind it: it answers what the test says."""
    with FaultProxy("http://127.0.0.1:1") as made:
        settings.SEARCH_URL = made.url.replace("://", f"://chris:{SECRET}@")
        yield made


def told() -> list[Finding]:
    found = list(store.cluster())
    assert SECRET not in in_words(found)
    assert all(each.do for each in found if each.level is not Level.OK)
    return found


def only() -> Finding:
    (found,) = told()
    return found


def test_none_is_set(settings: Settings) -> None:
    settings.SEARCH_URL = " "
    assert (only().level, "embedded" in only().what) == (Level.OK, True)


def test_settings_that_cannot_be_read(settings: Settings) -> None:
    settings.SEARCH_URL = f"https://chris:{SECRET}/x@es"
    assert only().level is Level.ERROR


class TestReached:
    @pytest.mark.parametrize(
        ("fault", "words"),
        [
            (faults.refused, "cannot be reached"),
            (faults.truncated, "cannot be reached"),
            (faults.error_503, "error (503)"),
            (faults.another_page, "something else"),
            (faults.saying("{}"), "something else"),
            (faults.saying("[]"), "something else"),
            (faults.saying('{"version": "9"}'), "something else"),
            (faults.failing(400), "older than version 9"),
            (faults.failing(401), "password"),
            (faults.failing(403), "allow"),
        ],
    )
    def test_not(self, proxy: FaultProxy, fault: faults.Fault, words: str) -> None:
        proxy.become(fault)
        assert only().level is Level.ERROR
        assert words in only().what

    def test_by_a_certificate_that_nobody_trusts(self, settings: Settings, tmp_path: Path) -> None:
        with FaultProxy("http://127.0.0.1:1", Authority(tmp_path).server()) as proxy:
            settings.SEARCH_URL = proxy.url
            assert "not trusted" in only().what

    def test_in_plain_text(self, proxy: FaultProxy, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
        proxy.become(faults.saying(NEW))
        monkeypatch.setattr("search.cluster.address.is_loopback", lambda _host: False)
        assert "plain text" in next(each.what for each in told() if each.level is Level.WARNING)


@pytest.mark.parametrize(
    ("number", "level"),
    [
        ("8.19.0", Level.ERROR),
        ("7.17", Level.ERROR),
        ("x.y", Level.ERROR),
        ("9.0.0", Level.OK),
        ("10.1", Level.OK),
    ],
)
def test_its_version(proxy: FaultProxy, db: None, number: str, level: Level) -> None:
    proxy.become(faults.saying(f'{{"version": {{"number": "{number}"}}}}'))
    assert [each.level for each in told() if number in each.what] == [level]


class TestIndex:
    @pytest.fixture
    def there(self, elasticsearch_url: str, settings: Settings, db: None) -> Iterator[Cluster]:
        listing("advice", "Beratung")
        with corner(elasticsearch_url) as made:
            settings.SEARCH_URL = f"{elasticsearch_url}/{made.prefix}"
            yield made

    @pytest.fixture
    def built(self, there: Cluster) -> Cluster:
        assert following.rebuild(there)
        return there

    def last(self) -> Finding:
        return told()[-1]

    def test_none_yet(self, there: Cluster) -> None:
        assert self.last().level is Level.WARNING
        assert "rebuild_index" in self.last().do

    def test_all_is_well(self, built: Cluster) -> None:
        assert [each.level for each in told()] == [Level.OK] * 4

    def test_behind(self, built: Cluster) -> None:
        database.run_on_commit.clear()
        listing("course", "Fortbildung")
        Change.objects.filter(slug="course").update(at=timezone.now() - timedelta(minutes=2))
        assert (self.last().level, "12" in self.last().what) == (Level.WARNING, True)
        assert "follow_changes" in self.last().do

    def test_of_another_database(self, built: Cluster) -> None:
        Change.objects.all().delete()
        assert "another database" in self.last().what
        assert "rebuild_index" in self.last().do

    def test_every_line_stands_for_itself(self, built: Cluster) -> None:
        lines = in_words([Finding(each.level, each.what, check="cluster") for each in told()]).splitlines()
        assert len(lines) == 4
        assert lines[1].startswith("ok       cluster: It has version 9")


def test_it_asks_for_no_more_than_a_moment(proxy: FaultProxy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wegweiser.doctor.cluster.SECONDS", 0.2)
    asked: list[Asked] = []

    def silent(talk: Conversation, one: Asked) -> None:
        asked.append(one)
        talk.hang()

    proxy.become(silent)
    assert "ConnectionTimeout" in only().what
    assert len(asked) == 1
