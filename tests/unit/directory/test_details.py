from datetime import timedelta

import pytest

from directory.details import Details, details
from directory.models import ContactPoint, EventDate, Exclusion, Listing, Place, SpokenLanguage
from tests.unit.directory.conftest import MONDAY_MORNING, MakeListing, phone


def facts(found: Details) -> dict[str, list[str]]:
    return {fact.name: [str(value) for value in fact.values] for fact in found.facts}


def of(listing: Listing) -> Details:
    return details(listing, at=MONDAY_MORNING)


class TestContacts:
    def test_a_number_is_called_a_mail_written_a_website_opened(self, make_listing: MakeListing) -> None:
        rows = [
            phone(),
            ContactPoint(kind="email", value="rat@example.org"),
            ContactPoint(kind="website", value="https://www.example.org/rat/"),
        ]
        found = of(make_listing(contacts=rows)).contacts
        assert [line.href for line in found] == [
            "tel:+4921115925566", "mailto:rat@example.org", "https://www.example.org/rat/",
        ]  # fmt: skip
        assert [line.shown for line in found] == ["0211 15925566", "rat@example.org", "example.org/rat"]
        assert [line.is_number for line in found] == [True, False, False]

    def test_professionals_numbers_are_left_out(self, make_listing: MakeListing) -> None:
        assert of(make_listing(contacts=[phone(audience="professionals")])).contacts == ()

    def test_the_numbers_own_hours_are_told(self, make_listing: MakeListing) -> None:
        (line,) = of(make_listing(contacts=[phone(opening_hours="Mo 09:00-10:00")])).contacts
        assert str(line.notes[0]) == "Monday 9 a.m. – 10 a.m."
        assert not line.notes[0].is_fallback

    def test_hours_that_cannot_be_read_stay_in_the_words_of_the_source(self, make_listing: MakeListing) -> None:
        (line,) = of(make_listing(contacts=[phone(opening_hours_note="nach Absprache")])).contacts
        assert (str(line.notes[0]), line.notes[0].lang) == ("nach Absprache", "de")

    @pytest.mark.parametrize(
        ("code", "words"),
        [("yes", ["shown on the phone bill"]), ("no", ["not shown on the phone bill"]), ("unknown", [])],
    )
    def test_whether_the_bill_shows_it(self, make_listing: MakeListing, code: str, words: list[str]) -> None:
        (line,) = of(make_listing(contacts=[phone(on_bill=code)])).contacts
        assert [str(note) for note in line.notes] == words


class TestPlaces:
    def test_an_address_is_shown(self, make_listing: MakeListing) -> None:
        (place,) = of(make_listing(places=[Place(address="Weg 1, 40210 Düsseldorf")])).places
        assert place.address == "Weg 1, 40210 Düsseldorf"

    def test_a_hidden_one_is_named_as_confidential(self, make_listing: MakeListing) -> None:
        (place,) = of(make_listing(places=[Place(address="Geheimweg 7", visibility="hidden")])).places
        assert place.is_secret
        assert "Geheimweg" not in str(place)

    def test_an_empty_row_is_left_out(self, make_listing: MakeListing) -> None:
        assert of(make_listing(places=[Place()])).places == ()


class TestDates:
    def test_what_is_over_is_not_shown(self, make_listing: MakeListing) -> None:
        day = timedelta(days=1)
        rows = [
            EventDate(starts_at=MONDAY_MORNING - 3 * day),
            EventDate(starts_at=MONDAY_MORNING - day, ends_at=MONDAY_MORNING + day, note="läuft"),
            EventDate(starts_at=MONDAY_MORNING + day),
        ]
        assert of(make_listing(dates=rows)).dates == (
            "Nov. 22, 2026, 9:30 a.m. – läuft",
            "Nov. 24, 2026, 9:30 a.m.",
        )

    def test_one_that_comes_again_tells_how_often_and_its_next_days(self, make_listing: MakeListing) -> None:
        begin = MONDAY_MORNING - timedelta(days=21)
        row = EventDate(
            starts_at=begin,
            ends_at=begin + timedelta(hours=2),
            recurrence="FREQ=WEEKLY;BYDAY=MO",
            note="Eingang B",
        )
        assert of(make_listing(dates=[row])).dates == (
            "Nov. 23, 2026, 9:30 a.m. – 11:30 a.m. (every week: Monday; Nov. 30, 2026; Dec. 7, 2026) – Eingang B",
        )

    def test_one_whose_last_day_has_passed_is_not_shown(self, make_listing: MakeListing) -> None:
        begin = MONDAY_MORNING - timedelta(days=21)
        row = EventDate(starts_at=begin, recurrence="FREQ=WEEKLY;UNTIL=20261110")
        assert of(make_listing(dates=[row])).dates == ()


class TestFacts:
    def test_codes_become_words(self, make_listing: MakeListing) -> None:
        found = facts(
            of(make_listing(grounds=["racism"], kinds_of_help=["counselling"], areas_served=["duesseldorf"]))
        )
        assert (found["About"], found["Help"], found["Area"]) == (["Racism"], ["Counselling"], ["Düsseldorf"])

    def test_what_was_written_beside_the_codes_is_shown_too(self, make_listing: MakeListing) -> None:
        found = facts(of(make_listing(areas_served=["duesseldorf"], area_note="Umland", cost_note="Spende")))
        assert (found["Area"], found["Cost"]) == (["Düsseldorf", "Umland"], ["Spende"])

    def test_a_note_that_repeats_the_codes_is_left_out(self, make_listing: MakeListing) -> None:
        found = facts(of(make_listing(areas_served=["duesseldorf"], area_note="düsseldorf")))
        assert found["Area"] == ["Düsseldorf"]
        assert "Cost" not in found

    def test_for_whom_is_said_even_without_a_group(self, make_listing: MakeListing) -> None:
        assert facts(of(make_listing()))["For"] == ["people affected"]

    def test_unknown_accessibility_is_not_left_out(self, make_listing: MakeListing) -> None:
        assert facts(of(make_listing()))["Accessibility"] == ["not known yet"]

    def test_a_language_has_its_note(self, make_listing: MakeListing) -> None:
        listing = make_listing()
        listing.languages.set([SpokenLanguage(language="tr", note="Di", times="9-12")])
        assert facts(of(listing))["Languages"] == ["Turkish (Di, 9-12)"]

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"capacity": "full"}, ["takes on nobody at present"]),
            ({"capacity": "waiting_list", "waiting_weeks": 3}, ["waiting list", "about 3 weeks"]),
            ({"waiting_weeks": 1}, ["about 1 week"]),
        ],
    )
    def test_waiting_time(self, make_listing: MakeListing, fields: dict[str, object], words: list[str]) -> None:
        assert facts(of(make_listing(**fields)))["Waiting time"] == words

    def test_an_unknown_waiting_time_is_not_invented(self, make_listing: MakeListing) -> None:
        assert "Waiting time" not in facts(of(make_listing()))

    def test_only_a_training_has_a_group_size(self, make_listing: MakeListing) -> None:
        assert "Group size" not in facts(of(make_listing(group_size="12")))
        found = facts(of(make_listing(kind="training", group_size="12", in_house="yes")))
        assert (found["Group size"], found["At your place (in-house)"]) == (["12"], ["yes"])


class TestNotFor:
    def test_who_says_them_elsewhere_need_not_read_them(self, make_listing: MakeListing) -> None:
        listing = make_listing(exclusions=[Exclusion(strength="hard", reason_de="Nicht hier.")])
        assert details(listing, at=MONDAY_MORNING, exclusions=False).not_for == ()

    def test_the_reason_and_where_to_go_instead(self, make_listing: MakeListing) -> None:
        row = Exclusion(strength="hard", reason_de="Nicht hier.", then_go_to=["elsewhere"])
        (case,) = of(make_listing(exclusions=[row])).not_for
        assert (str(case.reason), case.reason.is_fallback, case.then_go_to) == (
            "Nicht hier.",
            True,
            ("elsewhere",),
        )

    def test_without_a_reason_nothing_is_said(self, make_listing: MakeListing) -> None:
        assert of(make_listing(exclusions=[Exclusion(strength="hard")])).not_for == ()


def test_the_usual_week_and_the_words_of_the_source(make_listing: MakeListing) -> None:
    found = of(make_listing(opening_hours="Mo 09:00-10:00", opening_hours_note="Mo 9-10 (2021)"))
    assert [day.words for day in found.week][:2] == ["9 a.m. – 10 a.m.", "closed"]
    assert (str(found.hours_note), found.hours_note.lang) == ("Mo 9-10 (2021)", "de")
