"""How a process reaches the cluster: once, in time, and by itself after a fork."""

import logging
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from elasticsearch import ApiError, ConnectionTimeout, Elasticsearch, TransportError
from pytest_django import Settings

from search.cluster import connection
from search.cluster.address import Address, AddressError, read
from search.cluster.connection import BUDGET, PATIENCE, budget
from tests.reliability import fault_proxy as faults
from tests.reliability.fault_proxy import Asked, Conversation, FaultProxy

NOISE = 0.25  # a busy machine is late


@pytest.fixture(autouse=True)
def nothing_open() -> Iterator[None]:
    yield
    connection.forget()


@pytest.fixture
def proxy() -> Iterator[FaultProxy]:
    """There is nothing behind it: these tests need only what goes wrong."""
    with FaultProxy("http://127.0.0.1:1") as made:
        yield made


def client(proxy: FaultProxy, **more: str) -> Elasticsearch:
    return connection.cluster(read(proxy.url, **more)).client


class TestSettings:
    def test_none(self, settings: Settings) -> None:
        settings.SEARCH_URL = " "
        assert connection.configured() is None

    def test_all_three(self, settings: Settings) -> None:
        settings.SEARCH_URL, settings.SEARCH_API_KEY, settings.SEARCH_CA_FILE = "https://es/x", "a2V5", "/ca.pem"
        assert connection.configured() == Address("https", "es", 9200, "x", api_key="a2V5", ca_file="/ca.pem")

    def test_wrong_ones(self, settings: Settings) -> None:
        settings.SEARCH_URL = "es"
        with pytest.raises(AddressError):
            connection.configured()


class TestProcess:
    WHERE = Address("http", "127.0.0.1", 1)

    def test_it_has_one_client(self) -> None:
        assert connection.cluster(self.WHERE) is connection.cluster(self.WHERE)
        assert connection.cluster(self.WHERE) is not connection.cluster(self.WHERE, patient=True)

    def test_one_that_was_forked_has_its_own(self, monkeypatch: pytest.MonkeyPatch) -> None:
        before = connection.cluster(self.WHERE)
        monkeypatch.setattr(os, "getpid", lambda: -1)
        assert connection.cluster(self.WHERE) is not before

    def test_other_settings_are_another_cluster(self) -> None:
        assert connection.cluster(self.WHERE) is not connection.cluster(Address("http", "127.0.0.1", 2))

    def test_the_name_that_indexes_begin_with(self) -> None:
        assert connection.cluster(Address("http", "127.0.0.1", 1, "city")).prefix == "city"


class TestAsking:
    @pytest.mark.parametrize("fault", [faults.error_500, faults.error_503, faults.truncated, faults.refused])
    @pytest.mark.parametrize("patient", [False, True])
    def test_once(self, proxy: FaultProxy, fault: faults.Fault, patient: bool) -> None:
        proxy.become(fault)
        with pytest.raises((ApiError, TransportError)):
            connection.cluster(read(proxy.url), patient=patient).client.search(index="x")
        assert len(proxy.seen) <= 1

    @pytest.mark.parametrize("fault", [faults.hung, faults.slow(2)])
    def test_no_longer_than_a_visitor_may_wait(self, proxy: FaultProxy, fault: faults.Fault) -> None:
        proxy.become(fault)
        began = time.monotonic()
        with pytest.raises(TransportError):
            client(proxy).search(index="x")
        assert time.monotonic() - began <= BUDGET + NOISE

    def test_a_name_server_that_hangs(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """No timeout of a socket helps there."""
        answered = threading.Event()

        def silent(*_name: Any, **_more: Any) -> Any:
            answered.wait(20)
            raise socket.gaierror

        monkeypatch.setattr(socket, "getaddrinfo", silent)
        there = connection.cluster(Address("http", "es.localhost", 9200)).client
        began = time.monotonic()
        with pytest.raises(ConnectionTimeout):
            there.info()
        assert time.monotonic() - began <= BUDGET + NOISE
        answered.set()

    def test_several_requests_share_what_there_is(self, proxy: FaultProxy) -> None:
        proxy.become(faults.hung)
        with budget(0.2):
            began = time.monotonic()
            for _request in range(3):
                with pytest.raises(ConnectionTimeout):
                    client(proxy).info()
            assert time.monotonic() - began <= 0.2 + NOISE
        assert len(proxy.seen) == 1, "without time nobody is asked"

    def test_our_own_work_in_between_does_not_count(self, proxy: FaultProxy) -> None:
        proxy.become(faults.saying('{"version": {"number": "9.5.3"}}'))
        with budget(0.2):
            time.sleep(0.3)
            assert client(proxy).info()["version"]["number"] == "9.5.3"

    def test_each_search_has_time_of_its_own(self, proxy: FaultProxy) -> None:
        with budget(0), pytest.raises(ConnectionTimeout):
            client(proxy).info()
        proxy.become(faults.saying("{}"))
        assert client(proxy).info().body == {}

    def test_work_behind_the_pages_may_take_longer(self, proxy: FaultProxy) -> None:
        def late(talk: Conversation, asked: Asked) -> None:
            time.sleep(BUDGET + 0.1)
            faults.saying('{"late": true}')(talk, asked)

        proxy.become(late)
        there = connection.cluster(read(proxy.url), patient=True).client
        assert there.info().body == {"late": True}
        assert client(proxy).options(request_timeout=PATIENCE).info().body == {"late": True}

    def test_nothing_of_ours_is_told_beside_what_is_asked(self, proxy: FaultProxy) -> None:
        proxy.become(faults.saying("{}"))
        client(proxy).info()
        assert "x-elastic-client-meta" not in proxy.seen[0].headers
        assert "authorization" not in proxy.seen[0].headers

    @pytest.mark.parametrize("fault", [faults.saying("{}"), faults.error_500, faults.hung])
    def test_what_visitors_seek_is_in_no_log(
        self, proxy: FaultProxy, fault: faults.Fault, caplog: pytest.LogCaptureFixture
    ) -> None:
        """The client would write each request down for whoever logs at this level."""
        caplog.set_level(logging.DEBUG)
        proxy.become(fault)
        with suppress(ApiError, TransportError):
            client(proxy).search(index="x", query={"term": {"whole": "misshandelt"}})
        assert b"misshandelt" in proxy.seen[0].body
        assert "misshandelt" not in caplog.text
        assert not logging.getLogger("elastic_transport.node").propagate, "nor is it put together for nobody"
