"""The cluster as this process reaches it: one client, which never waits longer than a visitor may."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from django.conf import settings
from elastic_transport import ConnectionTimeout, HttpHeaders, Urllib3HttpNode
from elastic_transport._node import NodeApiResponse
from elastic_transport.client_utils import DEFAULT, DefaultType
from elasticsearch import Elasticsearch

from search.cluster import address
from search.cluster.address import Address
from search.cluster.generations import Cluster

BUDGET = 0.3  # seconds that all requests of one search may take together
PATIENCE = 30.0  # the same for each request of the work behind the pages
CONNECTIONS = 64  # more than any server has threads that wait: who finds none free waits for ever


@dataclass
class Budget:
    """What waiting for the cluster may still cost; our own work in between is not its fault."""

    left: float

    @contextmanager
    def spent(self) -> Iterator[None]:
        began = time.monotonic()
        try:
            yield
        finally:
            self.left -= time.monotonic() - began


_budget: ContextVar[Budget | None] = ContextVar("budget", default=None)


@contextmanager
def budget(seconds: float = BUDGET) -> Iterator[None]:
    """What is asked within shares these seconds."""
    token = _budget.set(Budget(seconds))
    try:
        yield
    finally:
        _budget.reset(token)


class Punctual(Urllib3HttpNode):
    """Answers or fails in time, in a thread of its own which nobody waits for when the time is over.

    A socket's timeout starts anew with each byte, and a name server has none.
    """

    def perform_request(
        self,
        method: str,
        target: str,
        body: bytes | None = None,
        headers: HttpHeaders | None = None,
        request_timeout: DefaultType | float | None = DEFAULT,
    ) -> NodeApiResponse:
        longest = request_timeout if isinstance(request_timeout, int | float) else BUDGET
        budget = _budget.get() or Budget(longest)
        seconds = min(longest, budget.left)
        if seconds <= 0:
            raise ConnectionTimeout("no time left")
        done: SimpleQueue[NodeApiResponse | BaseException] = SimpleQueue()

        def ask() -> None:
            try:
                done.put(super(Punctual, self).perform_request(method, target, body, headers, seconds))
            except BaseException as error:  # told by who waits
                done.put(error)

        with budget.spent():
            Thread(target=ask, name="search-cluster", daemon=True).start()
            try:
                answer = done.get(timeout=seconds)
            except Empty:
                raise ConnectionTimeout("not in time") from None
        if isinstance(answer, BaseException):
            raise answer
        return answer


def configured() -> Address | None:
    """Where the settings say that a cluster is; raises `AddressError`."""
    url: str = settings.SEARCH_URL
    return address.read(url, settings.SEARCH_API_KEY, settings.SEARCH_CA_FILE) if url.strip() else None


def cluster(where: Address, *, patient: bool = False) -> Cluster:
    """Of this process: no socket and no lock may survive a fork. `patient`: for the work behind the pages."""
    key = (os.getpid(), where, patient)
    if key not in _clusters:
        _clusters[key] = Cluster(_client(where, patient), where.prefix)
    return _clusters[key]


_clusters: dict[tuple[int, Address, bool], Cluster] = {}


def forget() -> None:
    while _clusters:
        _clusters.popitem()[1].client.close()


def _client(where: Address, patient: bool) -> Elasticsearch:
    """Asks once: who retries makes visitors wait, and a cluster in trouble busier."""
    more: dict[str, Any] = {} if patient else {"node_class": Punctual}
    if where.user:
        more["basic_auth"] = (where.user, where.password)
    if where.api_key:
        more["api_key"] = where.api_key
    if where.scheme == "https":
        more |= {"verify_certs": True, "ca_certs": where.ca_file or None}
    return Elasticsearch(
        [{"scheme": where.scheme, "host": where.host, "port": where.port}],
        request_timeout=PATIENCE if patient else BUDGET,
        connections_per_node=CONNECTIONS,
        max_retries=0,
        retry_on_timeout=False,
        retry_on_status=(),
        meta_header=False,
        **more,
    )
