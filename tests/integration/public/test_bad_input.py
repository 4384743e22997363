"""Whatever is sent: an answer, never an error of ours."""

import os
from datetime import date
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.answers import said

FORM = "application/x-www-form-urlencoded"
NASTY = [
    '"',
    "'",
    "\0",
    "a" * 10_000,
    "\ud800",
    "\udfff",
    "%00",
    "{{ 7*7 }}",
    "<script>",
    "*",
    "(",
    "\u202e",
    "AND OR",
]

texts = st.one_of(st.sampled_from(NASTY), st.text(max_size=300))
searches = st.fixed_dictionaries(
    {"text": texts},
    optional={"kind": texts, "area": texts, "language": texts, "toggle": texts, "page": texts},
)
answers = st.dictionaries(
    st.one_of(
        st.sampled_from([*said("x", "x", "x", "x", date(2020, 1, 2), what="x", where="x"), "step"]),
        st.text(max_size=20),
    ),
    texts,
    max_size=6,
)
# FUZZ=1000 walks through thousands before a release; every change gets some.
few = settings(
    max_examples=int(os.environ.get("FUZZ", "40")), suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def encoded(data: dict[str, str]) -> str:
    """Halves of characters travel as the bytes that a broken program would send."""
    return urlencode(data, errors="surrogatepass")


def sent(client: Client, path: str, data: dict[str, str]) -> int:
    return client.post(path, encoded(data), content_type=FORM).status_code


@pytest.mark.usefixtures("warm")
class TestPosts:
    @few
    @given(data=searches)
    def test_searches(self, client: Client, data: dict[str, str]) -> None:
        assert sent(client, "/de/suche/", data) == 200

    @few
    @given(data=answers)
    def test_answers(self, client: Client, data: dict[str, str]) -> None:
        assert sent(client, "/ar/w/", data) == 200

    @few
    @given(data=searches)
    def test_facets_in_the_address(self, client: Client, data: dict[str, str]) -> None:
        assert client.get(f"/en/angebote/?{encoded(data)}").status_code == 200

    @pytest.mark.parametrize("body", [b"\xff\xfe", b"text=%ud800", b"text=" + b"%00" * 500, b"&&&==;;", b""])
    @pytest.mark.parametrize("path", ["/de/suche/", "/de/w/"])
    def test_raw_bodies(self, client: Client, path: str, body: bytes) -> None:
        response = client.post(path, body, content_type=FORM)
        assert response.status_code in (200, 400)
