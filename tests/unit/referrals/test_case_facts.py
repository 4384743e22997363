"""What is stated in a case, as the form takes it and gives it back. The vocabularies are given: no database."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from referrals.editing import case_facts
from referrals.editing.case_facts import OFFERED, FactsField, label_of

CHOICES = {
    "what": [("insult", "Insult"), ("violence", "Violence")],
    "life_areas": [("work", "Work")],
    "areas": [("jena", "Jena"), ("gera", "Gera")],
}


@pytest.fixture(autouse=True)
def vocabularies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(case_facts, "choices", lambda name: CHOICES.get(name, []))
    translation.activate("en")


class Data(dict[str, Any]):
    def getlist(self, name: str) -> list[str]:
        found = self.get(name, [])
        return found if isinstance(found, list) else [found]


def posted(field: FactsField, **chosen: Any) -> Any:
    data = Data({f"facts_{key}": values for key, values in chosen.items()})
    return field.clean(field.widget.value_from_datadict(data, {}, "facts"))


def shown(stored: dict[str, Any]) -> dict[str, Any]:
    values = FactsField(stored=stored, required=False).widget.decompress(stored)
    return {name: value for name, value in zip(OFFERED, values, strict=True) if value not in ("", [])}


def field(**stored: Any) -> FactsField:
    return FactsField(stored=stored, required=False)


def test_every_dimension_and_both_places_are_offered_in_words() -> None:
    html = field().widget.render("facts", {})
    for name in OFFERED:
        assert f'name="facts_{name}"' in html
        assert label_of(name) in html
    assert '<option value="insult">Insult</option>' in html
    assert '<option value="jena">Jena</option>' in html


def test_nothing_chosen_states_nothing() -> None:
    assert posted(field()) == {}
    assert posted(field(), what=[], place="", danger_now="", when_days_ago="") == {}


def test_what_is_chosen_is_stated() -> None:
    found = posted(field(), what=["insult"], danger_now="true", residence="gera", language="ar", when_days_ago="0")
    assert found == {
        "what": ["insult"],
        "danger_now": True,
        "residence": "gera",
        "language": "ar",
        "when_days_ago": 0,
    }
    assert posted(field(), danger_now="false") == {"danger_now": False}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("what", ["rain"]),
        ("place", "atlantis"),
        ("danger_now", "perhaps"),
        ("language", "xx"),
        ("when_days_ago", "-1"),
        ("when_days_ago", "soon"),
    ],
)
def test_what_is_not_offered_is_refused(name: str, value: Any) -> None:
    with pytest.raises(ValidationError):
        posted(field(), **{name: value})


@pytest.mark.parametrize(("name", "value"), [("what", ["distress"]), ("place", "atlantis"), ("language", "ja")])
def test_a_code_that_was_stated_before_stays_selectable(name: str, value: Any) -> None:
    stored = {name: value}
    assert posted(field(**stored), **stored) == stored


def test_a_single_value_counts_as_a_list_of_one() -> None:
    assert shown({"what": "insult"}) == {"what": ["insult"]}


def test_what_is_stored_is_shown() -> None:
    assert shown({}) == {}
    assert shown({"danger_now": False, "when_days_ago": 0}) == {"danger_now": "false", "when_days_ago": "0"}


FACTS = st.fixed_dictionaries(
    {},
    optional={
        "what": st.lists(st.sampled_from(["insult", "violence"]), min_size=1, unique=True),
        "life_area": st.just(["work"]),
        "danger_now": st.booleans(),
        "place": st.sampled_from(["jena", "gera"]),
        "residence": st.sampled_from(["jena", "gera"]),
        "language": st.sampled_from(["de", "ar"]),
        "when_days_ago": st.integers(0, 4000),
    },
)


@given(FACTS)
def test_opening_and_saving_changes_nothing(stated: dict[str, Any]) -> None:
    assert posted(field(**stated), **shown(stated)) == stated
