"""Nothing that can be typed raises, and nothing costs a second."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.port import FACETS, Query
from search.queries import find
from tests.integration.search.making import listing

pytestmark = pytest.mark.usefixtures("index")

NASTY = [
    "'",
    '"',
    "\x00",
    "\ud800",
    "\udfff\ud800",
    "x" * 10_000,
    "wort " * 2_000,
    "beratungs" * 1_100,
    "ratratratrat" * 50,
    "* OR title_de:(",
    "a AND NOT b~2^4 [x TO y]",
    "/.*/",
    "\\",
    "%_",
    "; DROP TABLE directory_listing; --",
    "<script>alert(1)</script>",
    "\u202e\u200f\u200d",
    "🏳️‍🌈 👩🏿‍🤝‍👨🏻",
    "ﷺ" * 100,
    "İ" * 50,
    "\n\t\r",
    "١١٠",
    "-" * 500,
    "ع" * 200,
]


@pytest.fixture(autouse=True)
def entries(index: object) -> None:
    listing("advice", "Beratung gegen Rassismus", description_en="Advice", title_ar="استشارة")


@pytest.mark.parametrize("language", ["de", "ar", ""])
def test_hand_picked(language: str) -> None:
    find(Query("wort"))
    for text in NASTY:
        started = time.perf_counter()
        answer = find(Query(text, language))
        assert time.perf_counter() - started < 1, text[:20]
        assert not answer.degraded, text[:20]


letters = st.one_of(
    st.text(max_size=300),
    st.text(alphabet=st.characters(categories=["Cs", "Cc", "Cf", "Zs"]), max_size=50),
    st.text(alphabet="abcdeßüöäع ا ل ب ї є ş ğ ı ά ς 'ʼ’*:_-/()+\"~^", max_size=200),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(
    text=letters,
    language=st.sampled_from(["de", "de-simple", "en", "ar", "fa", "tr", "uk", "el", "zz"]),
    filters=st.dictionaries(st.sampled_from(FACETS), st.frozensets(st.text(max_size=20), max_size=3), max_size=3),
    home=st.one_of(st.just(""), st.text(max_size=10)),
    page=st.integers(1, 500),
)
def test_made_up(text: str, language: str, filters: dict[str, frozenset[str]], home: str, page: int) -> None:
    answer = find(Query(text, language, filters, home_area=home, page=page))
    assert len(answer.hits) <= 20
    assert all(count.count >= 0 for counts in answer.facets.values() for count in counts)
