"""Lists of values that staff choose in words instead of writing JSON."""

from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from referrals.editing.grouped import Group, GroupedField

OFFERED = [
    Group("what", "What happened", [("insult", "Insult"), ("threat", "Threat")]),
    Group("where", "Where", [("work", "At work"), ("", "(skipped)")]),
    Group("time", "When", []),
]
PAIRS = [f"{group.name}={code}" for group in OFFERED for code, _label in group.values]
CODES = st.text(st.characters(exclude_characters="=", exclude_categories=["Cs"]), max_size=8)
STORED = st.dictionaries(
    CODES.filter(bool), st.one_of(st.lists(CODES, min_size=1, unique=True), st.booleans(), st.text(max_size=3))
)


def field(**stored: Any) -> GroupedField:
    return GroupedField(groups=OFFERED, stored=stored, like=forms.CharField(label="States"))


def test_values_stand_in_groups_in_words() -> None:
    html = field().widget.render("f", ["what=threat"])
    assert '<optgroup label="What happened">' in html
    assert '<option value="what=threat" selected>Threat</option>' in html
    assert '<option value="where=">(skipped)</option>' in html
    assert "When" not in html, "a group without values"


def test_what_is_chosen_stands_first() -> None:
    html = field(where=["work"]).widget.render("f", ["where=work"])
    assert html.index("Where") < html.index("What happened")


def test_what_was_chosen_is_sorted_by_name() -> None:
    assert field().clean(["what=insult", "where=", "what=threat"]) == {"what": ["insult", "threat"], "where": [""]}
    assert field().clean([]) == {}


@pytest.mark.parametrize("sent", ["what=rain", "what", "=", "time=now", "what=insult=threat"])
def test_what_is_not_offered_is_refused(sent: str) -> None:
    with pytest.raises(ValidationError):
        field().clean([sent])


def test_a_value_that_is_no_longer_offered_stays_selectable() -> None:
    assert field(what=["rain"]).clean(["what=rain", "what=insult"]) == {"what": ["rain", "insult"]}


def test_what_is_no_list_stays_as_it_is() -> None:
    assert field(danger_now=True).clean(["what=insult"]) == {"danger_now": True, "what": ["insult"]}


@given(STORED)
def test_showing_and_saving_changes_nothing(stored: dict[str, Any]) -> None:
    found = field(**stored)
    shown = found.prepare_value(stored)
    assert found.clean(shown) == stored
    assert not found.has_changed(stored, shown)


@given(st.sets(st.sampled_from(PAIRS)), st.sets(st.sampled_from(PAIRS)))
def test_it_has_changed_where_other_values_were_chosen(before: set[str], after: set[str]) -> None:
    found = field()
    assert found.has_changed(found.clean(sorted(before)), sorted(after)) == (before != after)
