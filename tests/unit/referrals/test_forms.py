from collections.abc import Mapping

import pytest
from django.http import QueryDict

from directory.areas import AreaData, AreaTree
from directory.vocabulary import TermData
from referrals import forms
from referrals.forms import Posted
from referrals.guide import Guide, Option, Question

GUIDE = Guide("guide", (Question("what", "what", (Option("hurt", {"what": ("violence",)}),)),))
CONCERNS = {
    "violence": TermData("concerns", "violence", {}, extra={"facts": {"what": ["violence", "threat"]}}),
    "broken": TermData("concerns", "broken", {}, extra={"facts": {"colour": ["blue"]}}),
    "empty": TermData("concerns", "empty", {}),
}


@pytest.fixture(autouse=True)
def vocabulary(monkeypatch: pytest.MonkeyPatch) -> None:
    def terms(_vocabulary: str) -> Mapping[str, TermData]:
        return CONCERNS

    monkeypatch.setattr(forms, "terms", terms)
    monkeypatch.setattr(forms, "area_tree", lambda: AreaTree({"jena": AreaData("jena", "city")}))


class TestRead:
    def test_answers_concern_and_place(self) -> None:
        posted = forms.read(QueryDict("q-what=hurt&concern=violence&place=jena"), GUIDE)
        assert posted == Posted({"what": "hurt"}, "violence", "jena")

    @pytest.mark.parametrize("query", ["q-what=", "q-what=x", "what=hurt", "q-x=hurt", "concern=x", "place=x", ""])
    def test_whatever_is_not_known_counts_as_not_answered(self, query: str) -> None:
        assert forms.read(QueryDict(query), GUIDE) == Posted()

    def test_what_was_posted_can_be_carried_along(self) -> None:
        posted = Posted({"what": "hurt"}, "violence", "jena")
        carried = QueryDict(mutable=True)
        carried.update(dict(posted.hidden()))
        assert forms.read(carried, GUIDE) == posted

    def test_nothing_carries_nothing(self) -> None:
        assert list(Posted().hidden()) == []


class TestFacts:
    def test_the_tile_speaks_where_nothing_was_answered(self) -> None:
        assert forms.facts(Posted(concern="violence"), GUIDE, "de").what == {"violence", "threat"}

    def test_a_place_is_where_it_happened(self) -> None:
        assert forms.facts(Posted(place="jena"), GUIDE, "de").place == "jena"

    @pytest.mark.parametrize(("reads", "wanted"), [("ar", "ar"), ("en", "en"), ("de", ""), ("de-simple", "")])
    def test_who_reads_another_language_may_need_an_interpreter(self, reads: str, wanted: str) -> None:
        assert forms.facts(Posted(), GUIDE, reads).language == wanted

    def test_a_slip_of_staff_does_not_close_the_guide(self) -> None:
        assert forms.facts(Posted(concern="broken"), GUIDE, "de").stated == {}

    def test_a_concern_without_facts_gives_none(self) -> None:
        assert forms.given_by("empty") == forms.given_by("unknown") == {}
