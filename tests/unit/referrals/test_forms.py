from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from directory.areas import AreaData, AreaTree
from directory.vocabulary import TermData
from referrals import forms
from referrals.codes import code, is_code
from referrals.dates import Fault, Picked
from referrals.forms import Posted
from referrals.guide import Guide, Option, Question
from tests.answers import said

TODAY = date(2026, 3, 10)
GUIDE = Guide(
    "guide",
    (
        Question("what", "what", (Option("hurt", {"what": ("violence",)}),)),
        Question("where", "life_area", (Option("work", {"life_area": ("work",)}),)),
    ),
)
VOCABULARIES = {
    "concerns": {
        "violence": TermData("concerns", "violence", {}, extra={"facts": {"what": ["violence", "threat"]}}),
        "broken": TermData("concerns", "broken", {}, extra={"facts": {"colour": ["blue"]}}),
        "empty": TermData("concerns", "empty", {}),
    },
    "asker": {slug: TermData("asker", slug, {}) for slug in ("affected", *forms.PATHS)},
}
EVERYTHING = Posted({"what": "hurt", "where": "work"}, "violence", "jena", "gera", "witness", date(2026, 2, 28))


@pytest.fixture(autouse=True)
def vocabulary(monkeypatch: pytest.MonkeyPatch) -> None:
    def terms(vocabulary: str) -> Mapping[str, TermData]:
        return VOCABULARIES[vocabulary]

    monkeypatch.setattr(forms, "terms", terms)
    areas = {slug: AreaData(slug, "city") for slug in ("jena", "gera")}
    monkeypatch.setattr(forms, "area_tree", lambda: AreaTree(areas))
    monkeypatch.setattr(timezone, "localdate", lambda: TODAY)


def read(sent: Mapping[str, str]) -> Posted:
    data = QueryDict(mutable=True)
    data.update(sent)
    return forms.read(data, GUIDE)


def day(day: int = 0, month: int = 0, year: int = 0) -> dict[str, str]:
    parts = {"day": day, "month": month, "year": year}
    return {code(part): code(part, str(number)) for part, number in parts.items() if number}


class TestRead:
    def test_all_that_can_be_said(self) -> None:
        assert read(dict(EVERYTHING.hidden())) == EVERYTHING

    def test_nothing_carries_nothing(self) -> None:
        assert list(Posted().hidden()) == []
        assert read({}) == Posted()

    def test_a_skipped_question_is_not_unknown(self) -> None:
        assert read({code("question", "what"): ""}) == Posted()

    @pytest.mark.parametrize(
        "sent",
        [
            {"q-what": "hurt"}, {"what": "hurt"}, {"concern": "violence"}, {"place": "jena"}, {"step": "unknown"},
            {"csrfmiddlewaretoken": "0123456789"},
        ],
    )  # fmt: skip
    def test_plain_words_say_nothing(self, sent: dict[str, str]) -> None:
        assert read(sent) == Posted()

    @pytest.mark.parametrize(
        ("sent", "unknown"),
        [
            ({"0123456789": "abcdef0123"}, 1),
            ({code("question", "what"): "abcdef0123"}, 1),
            ({code("question", "what"): "hurt"}, 1),
            ({code("question", "what"): code("question", "where", "work")}, 1),
            ({code("place"): code("residence", "jena")}, 1),
            (
                {
                    code("concern"): code("concern", "gone"),
                    code("question", "gone"): code("question", "gone", "x"),
                },
                2,
            ),
        ],
    )
    def test_what_nobody_knows_is_counted_and_the_rest_is_kept(self, sent: dict[str, str], unknown: int) -> None:
        found = read(said(residence="gera") | sent)
        assert found == Posted(residence="gera", unknown=unknown)

    def test_after_a_change_of_the_secret_key_nothing_is_known(self, settings: pytest.FixtureRequest) -> None:
        sent = dict(EVERYTHING.hidden())
        settings.SECRET_KEY = "another"  # type: ignore[attr-defined]
        assert read(sent) == Posted(unknown=len(sent))

    @given(st.dictionaries(st.text(max_size=12), st.text(max_size=12), max_size=4))
    def test_noise_never_changes_what_was_said(self, noise: dict[str, str]) -> None:
        found = read({key: value for key, value in noise.items() if key != "step"} | dict(EVERYTHING.hidden()))
        assert (found.answers, found.place, found.asker) == (EVERYTHING.answers, "jena", "witness")


class TestCodes:
    def test_they_tell_nothing(self) -> None:
        sent = " ".join(f"{name} {value}" for name, value in EVERYTHING.hidden())
        words = ("what", "hurt", "violence", "jena", "gera", "witness", "concern", "2026", "28", "day")
        assert not any(word in sent.split() for word in words)
        assert all(is_code(part) for part in sent.split())

    def test_no_two_of_them_are_alike(self) -> None:
        sent = [part for pair in EVERYTHING.hidden() for part in pair]
        assert len(set(sent)) == len(sent)

    def test_they_stay_the_same(self) -> None:
        assert list(EVERYTHING.hidden()) == list(EVERYTHING.hidden())


class TestWhoAsks:
    def test_a_button_outdoes_what_was_carried(self) -> None:
        sent = said(asker="witness", what="hurt") | {"step": code("asker", "relative")}
        assert read(sent) == Posted({"what": "hurt"}, asker="relative")

    def test_the_affected_person_is_the_one_without_a_path(self) -> None:
        assert read(said(asker="witness") | {"step": code("asker", "affected")}) == Posted()

    @pytest.mark.parametrize(
        ("step", "wanted"),
        [("change", True), (code("asker", "witness"), True), ("", False), ("x", False), ("witness", False)],
    )
    def test_whether_the_form_is_wanted(self, step: str, wanted: bool) -> None:
        assert forms.asks_for_the_form(QueryDict(f"step={step}")) is wanted


class TestDay:
    @pytest.mark.parametrize("on", [TODAY, TODAY - timedelta(days=1), date(2024, 2, 29), date(2016, 1, 1)])
    def test_a_day_that_was(self, on: date) -> None:
        assert read(day(on.day, on.month, on.year)) == Posted(happened=on)

    @pytest.mark.parametrize(
        ("sent", "fault"),
        [
            (day(31, 2, 2026), Fault.IMPOSSIBLE),
            (day(29, 2, 2025), Fault.IMPOSSIBLE),
            (day(11, 3, 2026), Fault.FUTURE),
            (day(31, 12, 2026), Fault.FUTURE),
            (day(day=3), Fault.INCOMPLETE),
            (day(month=3, year=2026), Fault.INCOMPLETE),
        ],
    )
    def test_what_was_no_day_is_told_and_everything_is_kept(self, sent: dict[str, str], fault: Fault) -> None:
        found = read(said(what="hurt", place="jena") | sent)
        assert found.happened is None
        assert found.date_fault is fault
        assert (found.answers, found.place, found.unknown) == ({"what": "hurt"}, "jena", 0)
        assert dict(found.hidden()) == said(what="hurt", place="jena") | sent

    @pytest.mark.parametrize("year", [2015, 2027, 1926])
    def test_a_year_that_is_not_offered_is_unknown(self, year: int) -> None:
        found = read(day(1, 1, year))
        assert (found.happened, found.unknown) == (None, 1)

    def test_nothing_chosen_is_no_fault(self) -> None:
        assert Posted().date_fault is None
        assert Posted().picked == Picked()

    @given(st.integers(0, 31), st.integers(0, 12), st.sampled_from([0, *range(2016, 2027)]))
    def test_whatever_is_chosen_comes_back(self, number: int, month: int, year: int) -> None:
        found = read(day(number, month, year))
        assert found.picked == Picked(number, month, year)
        assert (found.happened is None) == (found.date_fault is not None or not found.picked)
        assert found.happened is None or found.happened <= TODAY


class TestFacts:
    def test_the_tile_speaks_where_nothing_was_answered(self) -> None:
        assert forms.facts(Posted(concern="violence"), GUIDE, "de").what == {"violence", "threat"}

    def test_a_place_is_where_it_happened(self) -> None:
        assert forms.facts(Posted(place="jena"), GUIDE, "de").place == "jena"

    def test_a_residence_is_where_somebody_lives(self) -> None:
        found = forms.facts(Posted(place="jena", residence="gera"), GUIDE, "de")
        assert (found.place, found.residence, found.residence_stated) == ("jena", "gera", True)

    def test_who_asks(self) -> None:
        assert forms.facts(Posted(asker="witness"), GUIDE, "de").of_stated("asker") == {"witness"}

    def test_how_long_ago(self) -> None:
        assert forms.facts(Posted(happened=date(2026, 2, 28)), GUIDE, "de").days_ago == 10
        assert forms.facts(Posted(happened=TODAY), GUIDE, "de").days_ago == 0
        assert forms.facts(Posted(wrong_date=Picked(31, 2, 2026)), GUIDE, "de").days_ago is None

    @pytest.mark.parametrize(("reads", "wanted"), [("ar", "ar"), ("en", "en"), ("de", ""), ("de-simple", "")])
    def test_who_reads_another_language_may_need_an_interpreter(self, reads: str, wanted: str) -> None:
        assert forms.facts(Posted(), GUIDE, reads).language == wanted

    def test_a_slip_of_staff_does_not_close_the_guide(self) -> None:
        assert forms.facts(Posted(concern="broken"), GUIDE, "de").stated == {}

    def test_a_concern_without_facts_gives_none(self) -> None:
        assert forms.given_by(Posted(concern="empty")) == forms.given_by(Posted(concern="unknown")) == {}
