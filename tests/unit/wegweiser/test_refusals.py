"""A site must not go to the public with a setting that would harm its visitors."""

from dataclasses import replace

import pytest

from wegweiser.settings.refusals import Given, refusals

KEY = "7Hq-zR2mVb9kXw4LpT6nYc8sJd3fGa5eUi1oQhMxZrNvBtKy0W"
GOOD = Given(
    environment={
        "PUBLIC_URL": "https://wegweiser.example.org",
        "ALLOWED_HOSTS": "wegweiser.example.org",
        "WEGWEISER_DATA_DIR": "/var/lib/wegweiser",
    },
    debug=False,
    secret_key=KEY,
    public_url="https://wegweiser.example.org",
    allowed_hosts=["wegweiser.example.org"],
    database={"ENGINE": "django.db.backends.sqlite3", "NAME": "/var/lib/wegweiser/wegweiser.sqlite3"},
)


def without(name: str) -> dict[str, str]:
    return {key: value for key, value in GOOD.environment.items() if key != name}


def test_a_site_that_is_set_well_starts() -> None:
    assert refusals(GOOD) == []
    assert refusals(replace(GOOD, database={"ENGINE": "django.db.backends.postgresql", "NAME": "city"})) == []


BAD = {
    "DEBUG": [replace(GOOD, debug=True)],
    "SECRET_KEY": [
        replace(GOOD, secret_key=key)
        for key in ("", KEY[:49], "a" * 60, "django-insecure-" + KEY, "change-me-" + KEY, "Secret" + KEY)
    ],
    "PUBLIC_URL": [
        replace(GOOD, environment=without("PUBLIC_URL")),
        *(replace(GOOD, public_url=url) for url in ("http://wegweiser.example.org", "https://", "wegweiser", "")),
    ],
    "ALLOWED_HOSTS": [
        replace(GOOD, environment=without("ALLOWED_HOSTS")),
        replace(GOOD, environment={**GOOD.environment, "ALLOWED_HOSTS": " "}),
        replace(GOOD, allowed_hosts=["*"]),
        replace(GOOD, allowed_hosts=["wegweiser.example.org", " * "]),
    ],
    "WEGWEISER_DATA_DIR": [replace(GOOD, environment=without("WEGWEISER_DATA_DIR"))],
    "DATABASE_URL": [
        replace(GOOD, database={"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}),
        replace(GOOD, database={"ENGINE": "django.db.backends.mysql", "NAME": "city"}),
    ],
    "SECOND_FACTOR": [replace(GOOD, environment={**GOOD.environment, "SECOND_FACTOR": "optional"})],
}


@pytest.mark.parametrize(("name", "given"), [(name, given) for name, all_ in BAD.items() for given in all_])
def test_one_sentence_says_what_to_set(name: str, given: Given) -> None:
    (sentence,) = refusals(given)
    assert sentence.startswith(f"{name} ")
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.parametrize("given", BAD["SECRET_KEY"])
def test_no_key_is_repeated(given: Given) -> None:
    assert not given.secret_key or given.secret_key not in refusals(given)[0]


def test_all_problems_are_told_at_once() -> None:
    worst = Given({"SECOND_FACTOR": "off"}, True, "", "http://x", ["*"], {"ENGINE": "", "NAME": ""})
    assert [sentence.split()[0] for sentence in refusals(worst)] == list(BAD)


def test_the_sentence_names_this_sites_host() -> None:
    (sentence,) = refusals(replace(GOOD, public_url="https://rat.stadt.example", allowed_hosts=["*"]))
    assert "rat.stadt.example" in sentence
