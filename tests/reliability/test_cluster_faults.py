"""Whatever happens to the cluster: pages answer, nobody waits twice, edits are kept, it comes back by itself."""

import logging
import shutil
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoDbBlocker, Settings

from directory import listings, vocabulary
from directory.models import Listing
from search import indexing, reader
from search.cluster import connection, following
from search.cluster import reader as cluster
from search.cluster.breaker import Breaker
from search.cluster.connection import BUDGET
from search.port import EngineError, Query, Results
from search.queries import find
from search.understanding import Knowledge
from tests.clusters import corner
from tests.database import States
from tests.integration.directory.making import superuser
from tests.reliability import fault_proxy as faults
from tests.reliability.certificates import Authority
from tests.reliability.fault_proxy import Fault, FaultProxy

NOISE = 0.15  # seconds by which a busy machine is late
BACK_WITHIN = 30.0
ASKED = Query("Beratung Rassismus")

# After these the cluster cannot answer a search at all.
SILENT: tuple[Fault, ...] = (
    faults.refused,
    faults.hung,
    faults.hung_within,
    faults.dripping,
    faults.truncated,
    faults.error_500,
    faults.error_503,
    faults.garbage,
    faults.another_page,
    faults.another_index,
    faults.slow(0.4),
    faults.slow(5),
    *map(faults.saying, ("[]", "{}", "null", "7", '"x"', '{"hits": null}', '{"hits": {"hits": [{"sort": "x"}]}}')),
    faults.saying('{"_source": [], "hits": {"hits": [], "total": {}}, "aggregations": {"a": {"kind": 1}}}'),
)


def named(fault: Fault) -> str:
    return str(getattr(fault, "__name__", ""))


@dataclass(frozen=True)
class Filled:
    """The demo data in a corner of the cluster and in the index of this host."""

    prefix: str
    folder: Path
    knowledge: Knowledge


@pytest.fixture(scope="module")
def filled(
    elasticsearch_url: str,
    tmp_path_factory: pytest.TempPathFactory,
    database_states: States,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Filled]:
    folder = tmp_path_factory.mktemp("faults")
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # whitenoise warns where it is missing
    with corner(elasticsearch_url) as where:
        with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
            database_states.become("demo")
            vocabulary.forget()
            patch.setattr(settings, "DATA_DIR", folder)
            reader.forget()
            assert following.rebuild(where)
            assert indexing.rebuild()
            knowledge = indexing.fresh_knowledge()
        yield Filled(where.prefix, folder, knowledge)
    cluster.forget()
    reader.forget()


@pytest.fixture(scope="module")
def way(elasticsearch_url: str) -> Iterator[FaultProxy]:
    with FaultProxy(elasticsearch_url) as proxy:
        yield proxy


@pytest.fixture
def here(filled: Filled, demo: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Filled:
    """What is known of the vocabulary stays the same object, so that each test needs not learn it again."""
    settings.DATA_DIR = filled.folder
    monkeypatch.setattr(indexing, "base_knowledge", lambda: filled.knowledge)
    return filled


@pytest.fixture
def proxy(way: FaultProxy, here: Filled, settings: Settings) -> Iterator[FaultProxy]:
    """A cluster that answers."""
    way.become(faults.well)
    use(settings, f"{way.url}/{here.prefix}")
    yield way
    way.become(faults.well)


def use(settings: Settings, url: str, *, api_key: str = "", ca_file: str = "") -> None:
    settings.SEARCH_URL, settings.SEARCH_API_KEY, settings.SEARCH_CA_FILE = url, api_key, ca_file
    where = connection.configured()
    assert where
    mine = cluster._reader(where)
    mine.breaker, mine.said = Breaker(), ""
    look_again()


def look_again() -> None:
    where = connection.configured()
    assert where
    mine = cluster._reader(where)
    mine.seen = mine.seen and replace(mine.seen, at=float("-inf"))


class Waits:
    """How long pages wait for the cluster. What runs beside them may wait as long as it likes."""

    def __init__(self) -> None:
        self.page = threading.current_thread()
        self.seconds: list[float] = []

    @contextmanager
    def counted(self, budget: connection.Budget) -> Iterator[None]:
        began = time.monotonic()
        try:
            yield
        finally:
            took = time.monotonic() - began
            budget.left -= took
            if threading.current_thread() is self.page:
                self.seconds.append(took)


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> Waits:
    found = Waits()

    def spent(budget: connection.Budget) -> AbstractContextManager[None]:
        return found.counted(budget)

    monkeypatch.setattr(connection.Budget, "spent", spent)
    return found


def visit(client: Client) -> float:
    """A search as a visitor makes it; the seconds that it took."""
    began = time.monotonic()
    response = client.post("/de/suche/", {"text": ASKED.text}, headers={"sec-fetch-site": "same-origin"})
    took = time.monotonic() - began
    assert response.status_code == 200
    assert 'class="card' in response.content.decode()
    return took


def asked(waits: Waits, action: Callable[[], object]) -> bool:
    """Whether the cluster was asked for it."""
    waits.seconds.clear()
    action()
    return bool(waits.seconds)


def back(waits: Waits, within: float = BACK_WITHIN) -> float:
    """Look until two searches in a row are answered by the cluster; the seconds until then."""
    began = time.monotonic()
    while time.monotonic() - began < within:
        where = connection.configured()
        assert where
        mine = cluster._reader(where)
        if all(asked(waits, lambda: find(ASKED)) for _ in range(2)) and not mine.breaker.is_open and mine.learnt:
            waits.seconds.clear()
            return time.monotonic() - began
        time.sleep(0.05)
    raise AssertionError(f"not back after {within} s")


def slugs(results: Results) -> list[str]:
    assert not results.degraded
    return [hit.slug for hit in results.hits]


@pytest.fixture
def usual(proxy: FaultProxy, waits: Waits, client: Client, settings: Settings) -> float:
    """The seconds of a page without the cluster; which is there and answers."""
    url, settings.SEARCH_URL = settings.SEARCH_URL, ""
    visit(client)
    slowest = max(visit(client) for _ in range(3))
    settings.SEARCH_URL = url
    back(waits)
    return slowest


@pytest.mark.parametrize("fault", SILENT, ids=named)
def test_pages_go_on_without_the_cluster(
    fault: Fault, proxy: FaultProxy, waits: Waits, usual: float, client: Client
) -> None:
    before = slugs(find(ASKED))
    proxy.become(fault)
    waits.seconds.clear()
    first = visit(client)
    assert sum(waits.seconds) <= BUDGET + NOISE, "the first one waited too long"
    assert first <= 0.5 + 2 * usual + NOISE
    assert not any(asked(waits, lambda: visit(client)) for _ in range(5)), "somebody waited again"
    assert slugs(find(ASKED))[:1] == before[:1]

    began = time.monotonic()
    listings.ask_to_check(listing=Listing.objects.public()[0], by=superuser())
    assert time.monotonic() - began <= 1

    proxy.become(faults.well)
    back(waits)
    assert slugs(find(ASKED)) == before


def test_a_page_of_facets_and_the_start_of_a_process(proxy: FaultProxy, waits: Waits, client: Client) -> None:
    """Nothing was ever seen of the cluster, and it hangs."""
    cluster.forget()
    proxy.become(faults.hung)
    response = client.get("/de/angebote/?kind=training")
    assert response.status_code == 200
    assert 0 < sum(waits.seconds) <= BUDGET + NOISE
    assert not asked(waits, lambda: client.get("/de/angebote/"))


def test_slower_than_usual_is_still_an_answer(proxy: FaultProxy, waits: Waits, usual: float) -> None:
    proxy.become(faults.slow(0.08))
    back(waits)
    assert asked(waits, lambda: find(ASKED))


def test_all_requests_of_one_search_share_its_time(
    proxy: FaultProxy, waits: Waits, usual: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of them alone would be in time."""
    monkeypatch.setattr(cluster, "RECHECK_SECONDS", 0)
    proxy.become(faults.slow(0.2))
    assert asked(waits, lambda: find(ASKED))
    assert len(waits.seconds) == 2
    assert sum(waits.seconds) <= BUDGET + NOISE
    assert not asked(waits, lambda: find(ASKED))


def test_many_visitors_at_once_wait_once(proxy: FaultProxy, waits: Waits, usual: float) -> None:
    """Also while somebody tries whether it is back: so does one at a time, beside the pages."""
    proxy.become(faults.hung)
    find(ASKED)
    searches = len(proxy.seen)
    began = time.monotonic()
    while time.monotonic() - began < 2.5:
        assert not asked(waits, lambda: find(ASKED))
        time.sleep(0.02)
    assert 1 <= len(proxy.seen) - searches <= 3  # after half a second and after one more


def test_who_was_away_for_long_is_back_in_time(proxy: FaultProxy, waits: Waits, usual: float) -> None:
    """By the real clock, after the pauses have grown."""
    proxy.become(faults.refused)
    where = connection.configured()
    assert where
    mine = cluster._reader(where)
    began = time.monotonic()
    while mine.breaker.pause < 4 and time.monotonic() - began < 20:
        find(ASKED)
        time.sleep(0.05)
    assert mine.breaker.pause == 4
    proxy.become(faults.well)
    assert back(waits) <= BACK_WITHIN


def test_a_server_that_does_not_say_what_it_is(proxy: FaultProxy, waits: Waits, client: Client) -> None:
    cluster.forget()
    proxy.become(faults.no_header)
    visit(client)
    assert proxy.seen
    assert not asked(waits, lambda: visit(client))
    proxy.become(faults.well)
    back(waits)


def test_no_index_there_yet(proxy: FaultProxy, waits: Waits, settings: Settings, client: Client) -> None:
    use(settings, f"{proxy.url}/test-nothing-here")
    visit(client)
    assert not asked(waits, lambda: visit(client))


class TestFullDisk:
    @pytest.fixture
    def own(
        self, elasticsearch_url: str, way: FaultProxy, here: Filled, settings: Settings, tmp_path: Path
    ) -> Iterator[FaultProxy]:
        """An index that this test alone writes to, here and there."""
        settings.DATA_DIR = shutil.copytree(here.folder, tmp_path / "data")
        reader.forget()
        with corner(elasticsearch_url) as where:
            assert following.rebuild(where)
            use(settings, f"{way.url}/{where.prefix}")
            yield way
            way.become(faults.well)
        reader.forget()

    @pytest.fixture
    def chris(self, own: FaultProxy) -> User:
        return superuser()

    def test_it_answers_until_it_is_behind_and_catches_up_afterwards(
        self, own: FaultProxy, waits: Waits, chris: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        back(waits)
        before = slugs(find(ASKED))
        own.become(faults.disk_full)

        began = time.monotonic()
        listings.archive(listing=Listing.objects.get(slug=before[0]), by=chris)
        assert time.monotonic() - began <= 1
        where = connection.configured()
        assert where
        worker = connection.cluster(where, patient=True)
        with pytest.raises(EngineError):
            following.follow(worker)

        look_again()
        assert asked(waits, lambda: find(ASKED)), "it is not behind for long, and answers"
        monkeypatch.setattr(cluster, "BEHIND", cluster.BEHIND * 0)
        look_again()
        assert before[0] not in slugs(find(ASKED)), "the index of this host knows"

        own.become(faults.well)
        assert following.follow(worker)
        back(waits)
        assert before[0] not in slugs(find(ASKED))
        assert asked(waits, lambda: find(ASKED))


class TestSigningIn:
    SECRET = "Gehe1m@/x"

    def heard(self, proxy: FaultProxy) -> set[str]:
        return {one.headers.get("authorization", "") for one in proxy.seen}

    def test_with_a_password(self, proxy: FaultProxy, waits: Waits, settings: Settings, here: Filled) -> None:
        proxy.seen.clear()
        use(settings, f"{proxy.url.replace('://', '://chris:Gehe1m%40%2Fx@')}/{here.prefix}")
        back(waits)
        assert self.heard(proxy) == {f"Basic {b64encode(f'chris:{self.SECRET}'.encode()).decode()}"}

    def test_with_a_key(self, proxy: FaultProxy, waits: Waits, settings: Settings, here: Filled) -> None:
        proxy.seen.clear()
        use(settings, f"{proxy.url}/{here.prefix}", api_key="a2V5OmdlaGVpbQ==")
        back(waits)
        assert self.heard(proxy) == {"ApiKey a2V5OmdlaGVpbQ=="}

    @pytest.mark.parametrize(
        "fault", [faults.refused, faults.error_500, faults.hung_within, faults.garbage], ids=named
    )
    @pytest.mark.parametrize("api_key", ["", "a2V5OmdlaGVpbQ=="])
    def test_no_fault_tells_of_it(
        self,
        fault: Fault,
        api_key: str,
        proxy: FaultProxy,
        here: Filled,
        settings: Settings,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        """Not at any level, and not in the message or the chain of what is raised."""
        caplog.set_level(logging.DEBUG)
        credentials = "" if api_key else "chris:Gehe1m%40%2Fx@"
        use(settings, f"{proxy.url.replace('://', '://' + credentials)}/{here.prefix}", api_key=api_key)
        proxy.become(fault)
        with pytest.raises(EngineError) as error, cluster.asking():
            pass
        find(ASKED)
        told: list[object] = [caplog.text, *(vars(record) for record in caplog.records)]
        cause: BaseException | None = error.value
        while cause:
            told += [str(cause), repr(cause)]
            cause = cause.__context__
        assert "The search cluster does not answer" in caplog.text
        assert ASKED.text.split()[1].lower() not in caplog.text.lower()
        for secret in ("Gehe1m", api_key or "Gehe1m", b64encode(f"chris:{self.SECRET}".encode()).decode()):
            assert not [one for one in told if secret in str(one)]


class TestCertificates:
    @pytest.fixture
    def authority(self, tmp_path: Path) -> Authority:
        return Authority(tmp_path)

    @contextmanager
    def secured(self, url: str, authority: Authority, address: str = "127.0.0.1") -> Iterator[FaultProxy]:
        with FaultProxy(url, authority.server(address)) as proxy:
            yield proxy
            cluster.forget()

    def test_of_an_authority_that_is_known(
        self, elasticsearch_url: str, authority: Authority, here: Filled, waits: Waits, settings: Settings
    ) -> None:
        with self.secured(elasticsearch_url, authority) as proxy:
            use(settings, f"{proxy.url}/{here.prefix}", api_key="a2V5", ca_file=str(authority.file))
            back(waits)
            assert proxy.searches
            assert slugs(find(ASKED))

    @pytest.mark.parametrize("known", ["", "another"])
    def test_of_one_that_is_not(
        self,
        known: str,
        elasticsearch_url: str,
        authority: Authority,
        here: Filled,
        waits: Waits,
        settings: Settings,
        client: Client,
        tmp_path: Path,
    ) -> None:
        ca_file = str(Authority(tmp_path, known).file) if known else ""
        with self.secured(elasticsearch_url, authority) as proxy:
            use(settings, f"{proxy.url}/{here.prefix}", api_key="a2V5", ca_file=ca_file)
            visit(client)
            assert not asked(waits, lambda: visit(client))
            assert proxy.seen == [], "nothing was said to who is not known"

    def test_for_another_host(
        self,
        elasticsearch_url: str,
        authority: Authority,
        here: Filled,
        waits: Waits,
        settings: Settings,
        client: Client,
    ) -> None:
        with self.secured(elasticsearch_url, authority, "10.0.0.7") as proxy:
            use(settings, f"{proxy.url}/{here.prefix}", api_key="a2V5", ca_file=str(authority.file))
            visit(client)
            assert not asked(waits, lambda: visit(client))
            assert proxy.seen == []

    def test_a_file_that_is_gone(
        self, elasticsearch_url: str, authority: Authority, here: Filled, settings: Settings, client: Client
    ) -> None:
        with self.secured(elasticsearch_url, authority) as proxy:
            settings.SEARCH_URL, settings.SEARCH_CA_FILE = f"{proxy.url}/{here.prefix}", str(authority.file)
            authority.file.unlink()
            visit(client)
            assert proxy.seen == []
