"""What stands beside the bodies: in the words of staff, and with a heading at least."""

from typing import Any

import pytest
from django.utils import translation

from directory.cards import Card
from directory.text import Texts, choose
from referrals import told
from referrals.bodies import Note, Rules
from referrals.competence import Conditions
from referrals.told import Told
from tests.unit.referrals.situations import body, needs, referral, row, situation

GAP_NOTE = Note("gap", "notice", {"en": "Nobody"}, {"en": "These listen.\n\n They know who else. "})
LOG = Note("log", "keep", {"en": "Write it down"}, {"en": "Day and place.\nExact words."})
DOCTOR = Note("doctor", "keep", {"en": "Doctor"}, {"en": "Ask."}, Conditions(needs(what="violence")))
IN_JENA = Note("jena", "keep", {"en": "Here"}, {"en": "Ask."}, Conditions(areas=("jena",)))


class Shelf:
    """Holds nothing: what a notice points to was taken off meanwhile."""

    def card(self, slug: str) -> Card | None:
        return None


@pytest.fixture(autouse=True)
def words(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(told, "label", lambda vocabulary, slug: choose({"en": f"{vocabulary}/{slug}"}, "en"))
    monkeypatch.setattr(told, "labels", lambda _vocabulary, slugs: tuple(choose({"en": s}, "en") for s in slugs))
    monkeypatch.setattr(told, "area_name", lambda slug: choose({"en": slug.title()}, "en"))
    with translation.override("en"):
        yield


def notices(*notes: Note, **facts: Any) -> dict[str, Told]:
    found = referral([body("a", row("germany"))], rules=Rules(notes=notes), **facts)
    return {each.kind: each for each in told.told(found, Shelf())}  # type: ignore[arg-type]


class TestNotices:
    def test_staff_word_them_line_by_line(self) -> None:
        gap = notices(GAP_NOTE)["gap"]
        assert gap.heading.text == "Nobody"
        assert [line.text for line in gap.said.lines] == ["These listen.", "They know who else."]
        assert gap.text == "These listen. They know who else."

    def test_without_a_note_the_vocabulary_names_it(self) -> None:
        gap = notices()["gap"]
        assert (gap.heading.text, gap.said.lines) == ("notices/gap", ())

    def test_a_note_of_another_kind_is_no_notice(self) -> None:
        assert notices(Note("gap", "keep", {"en": "Keep"}))["gap"].heading.text == "notices/gap"

    def test_only_danger_alarms(self) -> None:
        assert {kind: each.tone for kind, each in notices(danger_now=True).items()}["emergency_first"] == "alarm"
        assert {each.tone for each in notices(what="violence").values()} == {""}

    def test_what_was_taken_off_meanwhile_is_not_pointed_to(self) -> None:
        assert all(each.then_go_to is None for each in notices(what="violence", residence="jena").values())

    def test_each_line_keeps_its_language_and_its_mark(self) -> None:
        text = Texts({"de": "Eins.\nZwei."}, ["de"])
        lines = notices(Note("gap", "notice", {"en": "x"}, text))["gap"].said.lines
        assert [(line.text, line.lang, line.is_fallback, line.is_machine) for line in lines] == [
            ("Eins.", "de", True, True),
            ("Zwei.", "de", True, True),
        ]


class TestGap:
    def named(self, **facts: Any) -> tuple[list[str], str] | None:
        found = told.missing(situation(**facts))
        return ([text.text for text in found.subjects], found.place.text) if found else None

    def test_it_is_named_by_ground_and_place(self) -> None:
        assert self.named(ground="antigypsyism", life_area="school", place="jena") == (["antigypsyism"], "Jena")

    def test_or_by_the_part_of_life(self) -> None:
        assert self.named(life_area="school") == (["school"], "Duesseldorf")

    def test_where_nothing_was_said_nothing_is_named(self) -> None:
        assert self.named() is None
        assert notices(GAP_NOTE)["gap"].missing is None

    def test_only_a_gap_is_a_gap(self) -> None:
        found = notices(what="violence", ground="racism")
        assert found["gap"].missing is not None
        assert found["no_police_report_needed"].missing is None


class TestKeeping:
    def kept(self, **facts: Any) -> list[str]:
        rules = Rules(notes=(GAP_NOTE, LOG, DOCTOR, IN_JENA))
        return [each.heading.text for each in told.keep(referral([], rules=rules, **facts))]

    def test_what_has_no_condition_is_for_everybody(self) -> None:
        assert self.kept() == ["Write it down"]

    def test_the_rest_follows_from_what_happened_and_where(self) -> None:
        assert self.kept(what="violence") == ["Write it down", "Doctor"]
        assert self.kept(what="insult", place="jena") == ["Write it down", "Here"]

    def test_in_danger_nobody_takes_notes(self) -> None:
        assert self.kept(what="violence", danger_now=True) == []
