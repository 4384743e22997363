from collections.abc import Mapping

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from directory.areas import AreaData, AreaTree
from directory.vocabulary import TermData
from search import forms

AREAS = AreaTree({"jena": AreaData("jena", "city")})


@pytest.fixture(autouse=True)
def vocabulary(monkeypatch: pytest.MonkeyPatch) -> None:
    def terms(name: str) -> Mapping[str, TermData]:
        known = {"concerns": ["work"], "sectors": ["retail"], "formats": ["workshop"]}
        return {slug: TermData(name, slug, {}) for slug in known[name]}

    monkeypatch.setattr(forms, "terms", terms)
    monkeypatch.setattr(forms, "area_tree", lambda: AREAS)


class TestChosen:
    def test_known_values_are_taken(self) -> None:
        data = QueryDict("kind=training&kind=offer&area=jena&concern=work&sector=retail&format=workshop")
        assert forms.chosen(data) == {
            "kind": {"training", "offer"},
            "area": {"jena"},
            "concern": {"work"},
            "sector": {"retail"},
            "format": {"workshop"},
        }

    @pytest.mark.parametrize(
        "query",
        ["kind=nonsense", "area=%00", "language=%22", "unknown=1", "audience=both", "toggle=x", "toggle=x:y"],
    )
    def test_anything_else_is_passed_over(self, query: str) -> None:
        assert forms.chosen(QueryDict(query)) == {}

    @pytest.mark.parametrize("code", ["tr", "pt-BR", "dgs", "de-simple"])
    def test_any_language_may_be_asked_for(self, code: str) -> None:
        assert forms.chosen(QueryDict(f"language={code}")) == {"language": {code}}

    def test_a_facets_button_adds_its_value(self) -> None:
        assert forms.chosen(QueryDict("kind=offer&toggle=kind:training")) == {"kind": {"offer", "training"}}

    def test_pressed_again_it_removes_it(self) -> None:
        assert forms.chosen(QueryDict("kind=training&toggle=kind:training")) == {}


def test_one_filter_can_be_left_out() -> None:
    filters = {"kind": frozenset({"offer"}), "area": frozenset({"jena"})}
    assert forms.without(filters, "kind", "offer") == {"area": frozenset({"jena"})}


def test_pairs_have_a_stable_order() -> None:
    filters = {"area": frozenset({"jena"}), "kind": frozenset({"training", "offer"})}
    assert list(forms.pairs(filters)) == [("kind", "offer"), ("kind", "training"), ("area", "jena")]


@pytest.mark.parametrize(
    ("query", "page"), [("", 1), ("page=3", 3), ("page=0", 1), ("page=-1", 1), ("page=x", 1), ("page=999999", 500)]
)
def test_page_number(query: str, page: int) -> None:
    assert forms.page_number(QueryDict(query)) == page


class TestWords:
    def test_blanks_are_folded(self) -> None:
        assert forms.words(QueryDict("text=++Hilfe%0A%09bitte+")) == "Hilfe bitte"

    @given(st.text())
    def test_what_comes_out_can_be_written_anywhere(self, text: str) -> None:
        data = QueryDict(mutable=True)
        data["text"] = text
        words = forms.words(data)
        assert "\0" not in words
        words.encode()
