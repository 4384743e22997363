"""The search cluster, if one is set. Nothing in here fails the site: the embedded index answers meanwhile."""

from collections.abc import Iterator
from datetime import timedelta

from elastic_transport import TlsError
from elasticsearch import ApiError, TransportError, UnsupportedProductError

from search.cluster import connection, generations
from search.cluster.address import Address
from search.cluster.lag import lag
from search.cluster.reader import BEHIND
from search.port import EngineError
from wegweiser.doctor.finding import Finding, error, ok, warning

SECONDS, OLDEST = 5, 9
GIVEN = "Compare SEARCH_URL, SEARCH_API_KEY and SEARCH_CA_FILE with what its operator gave you."
REBUILD = "Run `wegweiser rebuild_index`."


def findings(where: Address) -> Iterator[Finding]:
    there = connection.cluster(where, patient=True)
    client = there.client.options(request_timeout=SECONDS)
    try:
        number = str(client.info()["version"]["number"])
    except (ApiError, TransportError, KeyError, TypeError) as problem:
        yield error(f"The search cluster {_fault(problem)}.", GIVEN)
        return
    yield ok("It is reached.")
    if where.shows_secrets:
        yield warning("The password crosses the network in plain text.", "Set https:// in SEARCH_URL.")
    yield _version(number)
    yield from _index(generations.Cluster(client, there.prefix))


def _fault(problem: Exception) -> str:
    """Of an answer only its number: its text may quote what it was sent."""
    if isinstance(problem, UnsupportedProductError | KeyError | TypeError):
        return "is none: something else answers there"
    if isinstance(problem, ApiError):
        refused = {
            400: "does not understand the question: it may be older than version 9",
            401: "does not accept the password or the key",
            403: "does not allow this account anything",
        }
        return refused.get(problem.status_code, f"answers with an error ({problem.status_code})")
    if isinstance(problem, TlsError):
        return "shows a certificate that is not trusted"
    return f"cannot be reached ({type(problem).__name__})"


def _version(number: str) -> Finding:
    major = number.partition(".")[0]
    if major.isdecimal() and int(major) >= OLDEST:
        return ok(f"It has version {number}.")
    return error(f"The search cluster has version {number}.", f"Bring it to version {OLDEST} or later.")


def _index(there: generations.Cluster) -> Iterator[Finding]:
    try:
        state = generations.current(there).state()
    except EngineError as problem:
        yield warning(f"The search cluster has no index that can be used: {problem}.", REBUILD)
        return
    yield ok("It has an index of this version.")
    yield _lag(lag(state.stamp))


def _lag(behind: timedelta | None) -> Finding:
    if behind is None:
        return warning("The index in the search cluster was made from another database.", REBUILD)
    if behind > BEHIND:
        return warning(
            f"The index in the search cluster is {behind.total_seconds():.0f} s behind the edits.",
            "Start `wegweiser serve` or `wegweiser follow_changes`, or look at its log.",
        )
    return ok("Its index follows the edits.")
