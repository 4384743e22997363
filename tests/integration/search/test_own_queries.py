"""Own queries as floors: a change of rules or words that costs more than a few of them is seen here."""

from collections.abc import Iterator

from directory.vocabulary import home_area
from search.port import Query
from search.queries import find
from tests.integration.search.own_queries import ABSENT, ANSWERABLE


def first(text: str, language: str, number: int) -> list[str]:
    return [hit.slug for hit in find(Query(text, language, home_area=home_area(), size=number)).hits]


def cases(*kinds: str) -> Iterator[tuple[str, str, set[str]]]:
    for kind in kinds or ANSWERABLE:
        for language, queries in ANSWERABLE[kind].items():
            yield from ((language, text, set(right.split())) for text, right in queries.items())


def share(within: int, *kinds: str) -> float:
    found = [bool(right & set(first(text, language, within))) for language, text, right in cases(*kinds)]
    return sum(found) / len(found)


def test_the_right_listing_is_first_or_among_the_first_three(demo: None) -> None:
    assert share(1) >= 0.8
    assert share(3) >= 0.9


def test_places_are_found_in_every_language(demo: None) -> None:
    assert share(3, "place") >= 0.92


def test_names_and_slips_find_theirs(demo: None) -> None:
    assert share(3, "name", "typo") >= 0.88


def test_what_the_directory_does_not_know_is_answered_with_nothing(demo: None) -> None:
    texts = [(language, text) for language, some in ABSENT.items() for text in some]
    answered = [text for language, text in texts if first(text, language, 1)]
    assert len(answered) <= 0.15 * len(texts), answered


def test_hardly_anything_else_is(demo: None) -> None:
    refused = [text for language, text, _right in cases() if not first(text, language, 1)]
    assert len(refused) <= 0.03 * len(list(cases())), refused
