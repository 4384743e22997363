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


class TestAsked:
    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("text=Rat", forms.Asked("Rat", {})),
            ("text=Rat&page=2", forms.Asked("Rat", {}, page=2)),
            ("text=Rat&everywhere=1", forms.Asked("Rat", {}, everywhere=True)),
            ("text=Rat&verbatim=1", forms.Asked("Rat", {}, verbatim=True)),
            ("text=Rat&open=now", forms.Asked("Rat", {"open": frozenset({"now"})})),
            ("text=Rat&open=tomorrow", forms.Asked("Rat", {})),
            ("text=Rat&kind=offer&anything=1", forms.Asked("Rat", {})),
            ("", forms.Asked("", {})),
        ],
    )
    def test_what_a_form_says(self, query: str, expected: forms.Asked) -> None:
        assert forms.asked(QueryDict(query)) == expected

    def test_a_text_that_was_offered_stands_for_the_typed_one(self) -> None:
        data = QueryDict("text=Diskriminirung&verbatim=1&everywhere=1&kind=offer&instead=Diskriminierung")
        assert forms.asked(data) == forms.Asked("Diskriminierung", {"kind": frozenset({"offer"})})

    @given(
        st.text(min_size=1, max_size=20),
        st.sets(st.sampled_from(["kind=offer", "kind=training", "area=jena", "open=now", "language=tr"])),
        st.booleans(),
        st.booleans(),
    )
    def test_all_of_it_travels_along(self, text: str, filters: set[str], everywhere: bool, verbatim: bool) -> None:
        first = QueryDict("&".join(sorted(filters)), mutable=True)
        first["text"] = text
        first.update({name: "1" for name, said in (("everywhere", everywhere), ("verbatim", verbatim)) if said})
        said = forms.asked(first)
        second = QueryDict(mutable=True)
        for name, value in said.hidden():
            second.appendlist(name, value)
        assert forms.asked(second) == said


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
