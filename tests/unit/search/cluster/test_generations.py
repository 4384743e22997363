"""What is learnt between two generations, and which generations may go."""

from datetime import date, timedelta

import pytest
from elasticsearch import ApiError, ConnectionTimeout, Elasticsearch, NotFoundError
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from search.cluster import generations
from search.cluster.generations import Cluster, NoIndexError, beyond, guard, merged, version_of
from search.generations import Stamp
from search.library import Statistics
from search.port import EngineError

OURS, OTHER = "a" * 12, "b" * 12
words = st.dictionaries(st.text("abc", min_size=1, max_size=3), st.integers(1, 9))
some = st.frozensets(st.text("abc", min_size=1, max_size=2))
learnt = st.builds(
    Statistics,
    words=words,
    concepts=words,
    spellings=some,
    total=st.integers(0, 9),
    written=some,
    untranslated=some,
)


@given(learnt, learnt)
def test_what_is_new_and_what_was_there_make_the_whole(base: Statistics, more: Statistics) -> None:
    known = merged(base, more)
    assert merged(base, beyond(base, known)) == known
    assert known.words.keys() == base.words.keys() | more.words.keys()
    assert {word: known.words[word] for word in base.words} == base.words  # how often: with a new generation


@given(learnt)
def test_nothing_new(base: Statistics) -> None:
    assert beyond(base, base) == Statistics({}, {})
    assert merged(base, Statistics({}, {})) == base


stamps = st.tuples(st.integers(0, 2**40), st.dates(date(2000, 1, 1), date(2170, 1, 1)))


@given(stamps, stamps)
def test_versions_grow_with_the_position_and_then_with_the_day(
    one: tuple[int, date], other: tuple[int, date]
) -> None:
    versions = [version_of(Stamp.now(position, "", day)) for position, day in (one, other)]
    assert (versions[0] < versions[1]) == (one < other)
    assert 0 <= min(versions) <= max(versions) < 2**63  # what Elasticsearch keeps as a version


class TestWhichMayGo:
    @pytest.fixture
    def cluster(self, monkeypatch: pytest.MonkeyPatch) -> Cluster:
        monkeypatch.setattr(generations, "schema", lambda: OURS)
        return Cluster(Elasticsearch("http://127.0.0.1:1"), "site")

    def name(self, schema: str, at: int) -> str:
        return f"site-{schema}-{at:020}-{at:08x}"

    def outlived(self, cluster: Cluster, answering: list[str], waiting: list[str], oldest: str) -> set[str]:
        found = {name: frozenset({name[:17]} if name in answering else ()) for name in (*answering, *waiting)}
        beside = {f"{name}-state": frozenset[str]() for name in found}
        return set(generations._outlived(cluster, found | beside, oldest))

    def test_the_one_before_the_last_and_its_state(self, cluster: Cluster) -> None:
        old, last, new = (self.name(OURS, at) for at in (1, 2, 3))
        assert self.outlived(cluster, [last], [old, new], oldest=last) == {old, f"{old}-state"}

    def test_never_a_younger_one_that_somebody_may_be_building(self, cluster: Cluster) -> None:
        last, new, youngest = (self.name(OURS, at) for at in (1, 2, 3))
        assert self.outlived(cluster, [last], [new, youngest], oldest=last) == set()

    def test_of_other_schemas_the_newest_that_answers_stays(self, cluster: Cluster) -> None:
        """Hosts that run another version, or other languages, go on with it."""
        old, answering, building = (self.name(OTHER, at) for at in (1, 2, 9))
        ours = self.name(OURS, 5)
        gone = self.outlived(cluster, [answering, ours], [old, building], oldest=ours)
        assert gone == {old, f"{old}-state"}

    def test_of_several_others_only_one(self, cluster: Cluster) -> None:
        old, new, ours = self.name("c" * 12, 1), self.name(OTHER, 2), self.name(OURS, 5)
        assert self.outlived(cluster, [old, new, ours], [], oldest=ours) == {old, f"{old}-state"}


def test_another_choice_of_languages_is_another_schema(settings: Settings) -> None:
    before = generations.schema()
    assert generations.schema() == before
    settings.LANGUAGES = [("de", "Deutsch")]
    assert generations.schema() != before


class Meta:
    status = 503


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (ApiError("https://user:geheim@host", Meta(), "geheim"), "the cluster answers 503"),  # type: ignore[arg-type]
        (ConnectionTimeout("https://user:geheim@host"), "the cluster does not answer: ConnectionTimeout"),
        (KeyError("geheim"), "the cluster holds something else: KeyError"),
    ],
)
def test_faults_name_no_address_and_no_credentials(fault: Exception, said: str) -> None:
    with pytest.raises(EngineError) as told, guard():
        raise fault
    assert str(told.value) == said
    assert told.value.__cause__ is None
    assert told.value.__suppress_context__


def test_only_what_is_missing_is_mended_by_building() -> None:
    with pytest.raises(NoIndexError), guard():
        raise NotFoundError("x", Meta(), "x")  # type: ignore[arg-type]
    with pytest.raises(EngineError) as told, guard():
        raise ConnectionTimeout("x")
    assert not isinstance(told.value, NoIndexError)


def test_days_fit_into_the_version() -> None:
    last = date(2170, 1, 1)
    assert version_of(Stamp.now(1, "", last)) < version_of(Stamp.now(2, "", last - timedelta(days=60_000)))
