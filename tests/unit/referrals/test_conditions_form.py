"""When a deadline applies, as the form takes it. The vocabularies are given, so no database is needed."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from referrals.editing import conditions
from referrals.editing.conditions import OFFERED, ConditionsField
from referrals.reasons import name_of

CHOICES = {"life_areas": [("work", "Work"), ("housing", "Housing")], "areas": [("jena", "Jena")]}


@pytest.fixture(autouse=True)
def vocabularies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conditions, "choices", lambda name: CHOICES.get(name, []))


def posted(field: ConditionsField, **chosen: list[str]) -> Any:
    data = {f"applies_{key}": values for key, values in chosen.items()}
    return field.clean(field.widget.value_from_datadict(Data(data), {}, "applies"))


class Data(dict[str, list[str]]):
    def getlist(self, name: str) -> list[str]:
        return self.get(name, [])


def field(**stored: Any) -> ConditionsField:
    return ConditionsField(stored=stored, required=False)


def test_what_is_chosen_is_kept_by_its_name() -> None:
    assert posted(field(), life_area=["work", "housing"], areas=["jena"]) == {
        "life_area": ["work", "housing"],
        "areas": ["jena"],
    }


def test_nothing_chosen_restricts_nothing() -> None:
    assert posted(field(life_area=["work"])) == {}


def test_what_is_not_offered_stays() -> None:
    assert posted(field(danger_now=True), life_area=["work"]) == {"danger_now": True, "life_area": ["work"]}


def test_a_code_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValidationError):
        posted(field(), life_area=["moon"])


def test_a_code_that_the_vocabulary_lost_may_stay() -> None:
    assert posted(field(life_area=["moon"]), life_area=["moon"]) == {"life_area": ["moon"]}


@pytest.mark.parametrize("value", [None, "", [], "text", 5])
def test_whatever_is_stored_can_be_shown(value: Any) -> None:
    assert field().widget.decompress(value) == [[] for _key in OFFERED]


def test_every_choice_has_a_label_of_its_own() -> None:
    with translation.override("en"):
        html = field().widget.render("applies", {"life_area": ["work"]}, {"id": "id_applies"})
    labelled = re.findall(r'<label for="([^"]+)">', html)
    assert labelled == re.findall(r'<select [^>]*id="([^"]+)"', html)
    assert len(set(labelled)) == len(OFFERED)
    assert "The part of life" in html
    assert '<option value="work" selected>' in html


@pytest.mark.parametrize("dimension", [key for key in OFFERED if key not in conditions.AREA_NAMES])
def test_every_dimension_has_a_name(dimension: str) -> None:
    assert name_of(dimension)
