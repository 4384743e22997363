from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.models.differences import BOOKKEEPING, changed

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
VERSIONS = st.dictionaries(st.sampled_from(["title_de", "grounds", "contacts", "live", "note"]), VALUES)


@pytest.mark.parametrize(
    ("before", "after", "names"),
    [
        ({"title_de": "a"}, {"title_de": "a"}, ()),
        ({"title_de": "a"}, {"title_de": "b"}, ("title_de",)),
        ({"title_de": None}, {"title_de": ""}, ()),
        ({}, {"title_de": ""}, ()),
        ({}, {"title_de": "a"}, ("title_de",)),
        ({"title_de": "a"}, {}, ("title_de",)),
        ({"grounds": []}, {"grounds": None}, ()),
        ({"danger": None}, {"danger": False}, ("danger",)),
        ({"weeks": None}, {"weeks": 0}, ("weeks",)),
        ({"on": "2026-11-21"}, {"on": date(2026, 11, 21)}, ()),
        ({"at": "2026-11-21T10:00:00Z"}, {"at": datetime(2026, 11, 21, 10, tzinfo=UTC)}, ()),
        ({"live": True}, {"live": False}, ()),
        ({"grounds": ["a", "b"]}, {"grounds": ["b", "a"]}, ()),
        ({"grounds": ["a", "a"]}, {"grounds": ["a"]}, ("grounds",)),
        ({"contacts": [{"pk": None, "value": "1"}]}, {"contacts": [{"pk": 7, "value": "1"}]}, ()),
        ({"contacts": [{"pk": 7, "value": "1"}]}, {"contacts": [{"pk": 7, "value": "2"}]}, ("contacts",)),
        ({"contacts": [{"value": "1", "label": ""}]}, {"contacts": [{"value": "1"}]}, ()),
        ({"rows": [{"value": "1"}, {"value": "2"}]}, {"rows": [{"value": "2"}, {"value": "1"}]}, ("rows",)),
    ],
)
def test_names(before: dict[str, Any], after: dict[str, Any], names: tuple[str, ...]) -> None:
    assert changed(before, after) == names


@given(before=VERSIONS, after=VERSIONS)
def test_the_same_from_both_sides_and_nothing_between_equals(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    assert set(changed(before, after)) == set(changed(after, before))
    assert changed(before, before) == ()
    assert not BOOKKEEPING & set(changed(before, after))
