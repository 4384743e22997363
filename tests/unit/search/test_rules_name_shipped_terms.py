"""Rules are data over slugs of the shipped vocabularies: each slug must exist."""

import pytest

from directory.vocabulary_files import shipped
from search.leanings import BROADER, RELATED, RULES

ELSEWHERE = (
    "kind",
    "audience",
    "danger",
    "limited",
    "place",
)  # facts of a listing or of a query that are no vocabulary


def concepts() -> set[str]:
    named = {name for rule in RULES for some in (*rule.when, rule.unless, rule.first) for name in some}
    named |= {*RELATED, *BROADER, *(other for others in BROADER.values() for other in others)}
    return {name.removeprefix("-") for name in named}


@pytest.mark.parametrize("concept", sorted(concepts()))
def test_it_is_shipped(concept: str) -> None:
    vocabulary, _colon, slug = concept.partition(":")
    if vocabulary not in ELSEWHERE:
        assert vocabulary in shipped()
        assert not slug or slug in shipped()[vocabulary]
