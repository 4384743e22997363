"""SEARCH_URL: what is read from it, and that nothing of it which is secret is ever shown."""

import pickle
import traceback
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.cluster.address import Address, AddressError, is_loopback, read, without_credentials

HOSTS = st.sampled_from(["localhost", "search.example.org", "10.0.0.7", "[::1]", "[2001:db8::7]", "es_1"])
SECRETS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=6, max_size=40)
USERS = SECRETS.filter(lambda user: ":" not in user)


def refused(url: str, api_key: str = "", ca_file: str = "") -> str:
    with pytest.raises(AddressError) as problem:
        read(url, api_key, ca_file)
    assert problem.value.__cause__ is None
    return "".join(traceback.format_exception(problem.value)) if not api_key else str(problem.value)


def said(url: str) -> str:
    """What is shown of it, or why it is refused."""
    try:
        return str(read(url))
    except AddressError as problem:
        return str(problem)


class TestWhatIsRead:
    def test_the_least(self) -> None:
        assert read("http://localhost") == Address("http", "localhost", 9200, "wegweiser")

    def test_all_of_it(self) -> None:
        found = read(" https://chris:p%40ss%2Fw%3A@Search.Example.org:9243/city-2/ ", ca_file="/etc/ca.pem")
        assert (found.scheme, found.host, found.port, found.prefix) == (
            "https", "search.example.org", 9243, "city-2",
        )  # fmt: skip
        assert (found.user, found.password, found.api_key, found.ca_file) == (
            "chris", "p@ss/w:", "", "/etc/ca.pem",
        )  # fmt: skip

    def test_a_key_instead_of_a_password(self) -> None:
        found = read("https://search.example.org", "  bm8tb25lOnNlY3JldA==\n")
        assert found.api_key == "bm8tb25lOnNlY3JldA=="
        assert not found.user

    def test_an_address_of_the_sixth_version(self) -> None:
        found = read("http://[::1]:9201")
        assert (found.host, found.port) == ("::1", 9201)
        assert str(found) == "http://[::1]:9201/wegweiser"

    @given(HOSTS, st.integers(1, 65535), st.from_regex(r"[a-z0-9][a-z0-9_-]{0,20}", fullmatch=True))
    def test_what_is_shown_is_read_again(self, host: str, port: int, prefix: str) -> None:
        found = read(f"https://{host}:{port}/{prefix}")
        assert read(str(found)) == found

    @given(USERS, SECRETS, HOSTS)
    def test_any_password_that_is_quoted(self, user: str, password: str, host: str) -> None:
        found = read(f"https://{quote(user, safe='')}:{quote(password, safe='')}@{host}/x")
        assert (found.user, found.password) == (user, password)


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("url", "words"),
        [
            ("localhost:9200", "http://"),
            ("elasticsearch", "http://"),
            ("ftp://localhost", "http://"),
            ("postgresql://user:password@host/name", "http://"),
            ("http://", "no host"),
            ("http:///wegweiser", "no host"),
            ("https://:9200", "no host"),
            ("https://a,b:9200", "no host"),
            ("http://host:0", "no host"),
            ("http://host:port", "cannot be read"),
            ("http://host:99999", "cannot be read"),
            ("http://[::1", "cannot be read"),
            ("http://host:9200/a/b", "names of indexes"),
            ("http://host:9200/Stadt", "names of indexes"),
            ("http://host:9200/_all", "names of indexes"),
            ("http://host:9200/*", "names of indexes"),
            ("http://host:9200/a?b", "%40"),
            ("http://host:9200/#", "written as"),
            ("http://chris@host", "before the @"),
            ("http://chris:@host", "before the @"),
            ("http://:secret@host", "before the @"),
            ("http://ho st", "space"),
            ("http://host/\tx", "invisible"),
        ],
    )
    def test_in_words_that_say_what_to_do(self, url: str, words: str) -> None:
        if url.endswith("#"):
            url += "x"
        assert words in refused(url)

    @pytest.mark.parametrize("key", ["no key", "a\nb", "ключ", "x" * 9 + "\r\nHost: evil"])
    def test_a_key_that_would_be_another_header(self, key: str) -> None:
        assert "encoded" in refused("https://host", key)
        assert key not in refused("https://host", key)

    def test_two_ways_to_sign_in(self) -> None:
        assert "one of them" in refused("https://chris:geheim@host", "a2V5")

    def test_certificates_without_a_use(self) -> None:
        assert "https://" in refused("http://host", ca_file="/etc/ca.pem")

    @given(st.text(max_size=60))
    def test_anything_else_is_read_or_refused(self, url: str) -> None:
        assert said(url)


SECRET = "Gehe1m"


class TestNothingIsShown:
    FOUND = read(f"https://nobody-{SECRET}:pw-{SECRET}@host", "", "/ca.pem")
    KEYED = read("https://host", f"key{SECRET}")

    @pytest.mark.parametrize("found", [FOUND, KEYED])
    def test_in_any_form(self, found: Address) -> None:
        assert found.is_secret
        for shown in (str(found), repr(found), f"{found}", repr([found]), repr({found: 1})):
            assert SECRET not in shown
        assert pickle.loads(pickle.dumps(found)) == found

    @pytest.mark.parametrize(
        "url",
        [
            f"http://chris:{SECRET}/x@host",  # the host seems to be "chris"
            f"http://chris:{SECRET}#x@host",
            f"http://chris:{SECRET}?x@host",
            f"http://chris:pw@{SECRET}@host",
            f"http://chris:{SECRET}@ho st",
            f"http://chris:{SECRET}@host:x",
            f"http://chris:{SECRET}@host:99999",
            f"http://chris:{SECRET}@host/A",
            f"http://chris:{SECRET}@",
            f"http://{SECRET}@host",
            f"chris:{SECRET}@host",
            f"ftp://chris:{SECRET}@host",
            f"http://chris:[{SECRET}]@host",
        ],
    )
    def test_of_what_is_refused(self, url: str) -> None:
        with pytest.raises(AddressError) as problem:
            read(url)
        assert SECRET.lower() not in str(problem.value).lower()
        assert without_credentials(url) == ""

    @given(st.text("abc:/@#?[]%. \\", max_size=12), st.text("abc:/@#?[]%. \\", max_size=12))
    def test_wherever_the_password_lands(self, before: str, after: str) -> None:
        """Also read as host or port or prefix by mistake, it stands in no message."""
        assert SECRET.lower() not in said(f"https://chris:{before}{SECRET}{after}@host").lower()

    def test_what_others_may_read(self) -> None:
        assert without_credentials(f"https://chris:{SECRET}@host:9243/x") == "https://host:9243/x"
        assert without_credentials("") == ""


@pytest.mark.parametrize(
    ("url", "key", "shows"),
    [
        ("http://chris:geheim@search.example.org", "", True),
        ("http://chris:geheim@10.0.0.7", "", True),
        ("http://search.example.org", "a2V5", True),
        ("http://chris:geheim@elasticsearch", "", True),
        ("http://localhost.example.org", "a2V5", True),
        ("http://search.example.org", "", False),
        ("https://chris:geheim@search.example.org", "", False),
        ("http://chris:geheim@localhost", "", False),
        ("http://chris:geheim@127.0.0.5", "", False),
        ("http://chris:geheim@[::1]", "", False),
    ],
)
def test_secrets_in_plain_text(url: str, key: str, shows: bool) -> None:
    assert read(url, key).shows_secrets is shows


def test_loopback() -> None:
    assert is_loopback("es.localhost")
    assert not is_loopback("localhost.")
    assert not is_loopback("")
