"""Whatever is posted to the referral's forms: an answer, never an error of ours."""

import os
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.by_hand import opened
from directory.models import Listing
from directory.vocabulary import area_tree, terms
from referrals import queries
from referrals.codes import code, of_option, of_question
from referrals.slips import bodies

FORM = "application/x-www-form-urlencoded"
LANGUAGES = ("de", "en", "tr", "ar", "uk")
ADDRESSES = ("guide", "concern", "slip", "call_back", "professionals")
# FUZZ_POSTS=20000 before a release; every change gets some.
POSTS = int(os.environ.get("FUZZ_POSTS", "200"))
pytestmark = pytest.mark.timeout(300 + POSTS)
few = settings(
    max_examples=max(1, POSTS // len(ADDRESSES)),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)

Pairs = list[tuple[str, str]]
Post = tuple[str, bytes, str]  # language, body, content type


def valid() -> Pairs:
    """All that the forms offer: each pair alone is right, many together are not."""
    guide = queries.guide()
    answers = [
        (of_question(question.slug), of_option(question.slug, option.slug))
        for question in guide.questions
        for option in question.options
    ]
    chosen = [
        (code(name), code(name, value))
        for name, values in {
            **{name: tuple(terms(name))[:20] for name in ("concerns", "asker", "grounds")},
            **{name: tuple(area_tree().areas)[:30] for name in ("place", "residence")},
            "day": ("1", "30", "31"),
            "month": ("2", "12"),
            "year": ("2025", "2026"),
        }.items()
        for value in values
    ]
    named = [("body", bodies.code_of(slug)) for slug in Listing.objects.values_list("slug", flat=True)[:30]]
    return [*answers, *chosen, *named, ("since", opened(0)), ("step", "change"), ("step", "show"), ("send", "1")]


NASTY = st.one_of(
    st.sampled_from(
        [
            "",
            "\0",
            "%00",
            "\ud800",
            "a" * 20_000,
            "9" * 5_000,
            "-1",
            "1e309",
            "nan",
            "{{ 7*7 }}",
            "<script>",
            "\u202e",
        ]
    ),
    st.text(max_size=100),
    st.text(alphabet=st.characters(categories=["Cc", "Cf", "Cs", "Zl"]), max_size=20),
    st.text(alphabet="0123456789abcdef", min_size=10, max_size=10),  # what a code looks like
)
NAMES = st.one_of(
    st.sampled_from(
        [
            *("step", "body", "send", "who", "number", "mail", "when", "language", "agreed", "since", "more"),
            *("marked", "keep", "speaks", "text", "concern", "place", "q-what"),
        ]
    ),
    NASTY,
)
BROKEN = st.one_of(
    st.binary(max_size=300).map(lambda body: (body, FORM)),
    st.binary(max_size=300).map(lambda body: (body, "multipart/form-data; boundary=x")),
    st.binary(max_size=200).map(
        lambda body: (
            b'--x\r\nContent-Disposition: form-data; name="step"\r\n\r\n' + body,
            "multipart/form-data; boundary=x",
        )
    ),
    st.sampled_from(
        [
            (b"{}", "application/json"),
            (b"<a/>", "text/xml"),
            (b"a=b", f"{FORM}; charset=nonsense"),
            (b"a=b", "multipart/form-data"),
            (b"--x", "multipart/form-data; boundary=" + "y" * 300),
        ]
    ),
)


def encoded(pairs: Pairs) -> tuple[bytes, str]:
    return urlencode(pairs, errors="surrogatepass").encode(), FORM


def with_file(pairs: Pairs) -> tuple[bytes, str]:
    """Each value as a file of that name."""
    parts = [
        b'--x\r\nContent-Disposition: form-data; name="%b"; filename="%b"\r\n\r\n%b\r\n'
        % tuple(each.encode(errors="replace") for each in (name, name, value))
        for name, value in pairs
    ]
    return b"".join(parts) + b"--x--\r\n", "multipart/form-data; boundary=x"


def posts(offered: Pairs) -> st.SearchStrategy[Post]:
    pairs = st.lists(
        st.one_of(st.sampled_from(offered), st.sampled_from(offered), st.tuples(NAMES, NASTY)), max_size=12
    )
    crossed = st.tuples(st.sampled_from(offered), st.sampled_from(offered)).map(lambda two: (two[0][0], two[1][1]))
    sent = st.one_of(
        pairs.map(encoded),
        st.lists(crossed, max_size=12).map(encoded),
        pairs.map(lambda few: encoded(few * 30)),
        pairs.map(with_file),
        BROKEN,
    )
    return st.tuples(st.sampled_from(LANGUAGES), sent).map(lambda each: (each[0], *each[1]))


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize("name", ADDRESSES)
def test_no_post_is_an_error_of_ours(name: str) -> None:
    with connection.cursor() as cursor:  # no edit, which would have to be told to the change log
        cursor.execute("UPDATE directory_listing SET callback_email = 'body@example.org'")
    client, seen = Client(raise_request_exception=False), set()

    @few
    @given(post=posts(valid()))
    def send(post: Post) -> None:
        language, body, kind = post
        with translation.override(language):
            path = reverse(name, args=["violence"] if name == "concern" else [])
        answer = client.generic("POST", path, body, content_type=kind)
        seen.add(answer.status_code)
        assert answer.status_code < 500

    send()
    assert seen <= {200, 302, 400, 404, 405, 413, 429}
