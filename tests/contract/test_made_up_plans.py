"""Plans that nobody wrote, over documents that nobody wrote: every engine finds and counts the same."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.engines.database import DatabaseEngine
from search.engines.elastic import ElasticEngine
from search.engines.embedded import EmbeddedEngine
from search.port import FACETS, Document, Engine, Found, Plan, Term, Value, Wanted

FIELDS, WORDS = ("title_de", "text_de", "names", "grams"), ("rat", "haus", "weg", "ärztin", "حق", "a+b")
VALUED = (*FACETS, "concepts", "areas", "group", "declined")
VALUES = ("one", "two", "drei", "what:insult", "Mo-Fr 09:00-17:00; PH off", "ع", "", " ", "\x00")
SIZE = 60
# Exact in binary: sums of them are equal on every engine, to the last digit.
HALVES = st.integers(0, 12).map(lambda half: half / 2)


def documents() -> Iterator[Document]:
    random = Random(6)
    for number in range(SIZE):
        terms = {name: tuple(random.choices(WORDS, k=random.choice((0, 3, 60)))) for name in FIELDS}
        values = {
            name: tuple(dict.fromkeys(random.choices(VALUES[: number % 9 + 1], k=random.randint(0, 3))))
            for name in VALUED
        }
        yield Document(f"listing-{number:02}", terms, values, order=random.choice("abc"))


TERMS = st.builds(Term, st.sampled_from(FIELDS), st.sampled_from((*WORDS, "nowhere")), HALVES)
VALUE_SETS = st.lists(st.sampled_from((*VALUES, "nowhere")), max_size=10).map(tuple)
CODES = st.builds(Value, st.sampled_from(VALUED), VALUE_SETS, HALVES, st.booleans())
SHARES = st.sampled_from([0.0, 0.5, 1.0])


def asked_for(clauses: st.SearchStrategy[Term | Value]) -> st.SearchStrategy[tuple[Wanted, ...]]:
    one = st.builds(Wanted, st.lists(clauses, max_size=4).map(tuple), share=SHARES)
    return st.lists(one, max_size=4).map(tuple)


FILTERS = st.dictionaries(
    st.sampled_from(VALUED), st.frozensets(st.sampled_from((*VALUES, "nowhere")), min_size=1), max_size=3
)
CODED = st.builds(
    Plan,
    asked_for(CODES),
    asked_for(CODES),
    filters=FILTERS,
    offset=st.integers(0, 20),
    limit=st.integers(0, SIZE),
)
WORDED = st.builds(
    Plan,
    asked_for(st.one_of(TERMS, CODES)),
    asked_for(st.one_of(TERMS, CODES)),
    st.lists(TERMS, max_size=5).map(tuple),
    filters=FILTERS,
    limit=st.just(SIZE),
)
many = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
DATABASE = DatabaseEngine(documents())


@pytest.fixture
def engines(tmp_path: Path, elastic: ElasticEngine) -> tuple[Engine, Engine]:
    embedded = EmbeddedEngine(tmp_path)
    for engine in (embedded, elastic):
        engine.update(documents())
    return embedded, elastic


def told(found: Found) -> tuple[object, ...]:
    """All but the order."""
    matched = {id: at for id, at in found.matched.items() if at}
    return frozenset(id for id, _score in found.hits), found.total, found.facets, matched


@many
@given(plan=WORDED)
def test_the_same_hits_and_counts_and_words_weigh_the_same(engines: tuple[Engine, Engine], plan: Plan) -> None:
    expected = told(DATABASE.search(plan))
    embedded, elastic = (engine.search(plan) for engine in engines)
    assert told(embedded) == expected
    assert told(elastic) == expected
    assert dict(embedded.hits) == pytest.approx(dict(elastic.hits), abs=0.0002)


@many
@given(plan=CODED)
def test_the_same_order_and_scores_where_no_word_is_weighed(engines: tuple[Engine, Engine], plan: Plan) -> None:
    expected = DATABASE.search(plan)
    for engine in engines:
        found = engine.search(plan)
        assert found.hits == expected.hits
        assert told(found) == told(expected)
