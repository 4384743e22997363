from datetime import date, timedelta

import pytest
from django.utils import translation

from directory.cards import card
from directory.models import ContactPoint, Organisation
from tests.unit.directory.conftest import MONDAY_MORNING, MakeListing, phone


def test_a_card_shows_title_kind_and_organisation(make_listing: MakeListing) -> None:
    shown = card(make_listing(), at=MONDAY_MORNING)
    assert (shown.title.text, shown.kind, shown.organisation.text) == ("Hilfe", "Counselling", "Haus")
    assert shown.title.lang == "de"
    assert shown.title.is_fallback


def test_the_organisation_is_not_said_twice(make_listing: MakeListing) -> None:
    listing = make_listing(organisation=Organisation(slug="help", name_de="Hilfe"))
    assert not card(listing, at=MONDAY_MORNING).organisation


@pytest.mark.parametrize(("kind", "words"), [("", ""), ("church", "church")])
def test_who_runs_it_is_told_where_known(make_listing: MakeListing, kind: str, words: str) -> None:
    listing = make_listing(organisation=Organisation(slug="house", type=kind))
    assert card(listing, at=MONDAY_MORNING).operator == words


class TestSummary:
    def test_the_sentence_in_the_readers_language_comes_first(self, make_listing: MakeListing) -> None:
        listing = make_listing(helps_with_en="Helps you.", description_en="Long.", description_de="Lang.")
        shown = card(listing, at=MONDAY_MORNING)
        assert shown.summary.text == "Helps you."
        assert not shown.foreign
        assert shown.composed == ()

    def test_else_the_description_in_that_language(self, make_listing: MakeListing) -> None:
        listing = make_listing(helps_with_de="Hilft.", description_en="Long.")
        assert card(listing, at=MONDAY_MORNING).summary.text == "Long."

    def test_else_the_codes_speak_and_the_german_text_follows_marked(self, make_listing: MakeListing) -> None:
        listing = make_listing(
            description_de="Berät.", grounds=["racism"], kinds_of_help=["counselling"], target_groups=[]
        )
        shown = card(listing, at=MONDAY_MORNING)
        assert not shown.summary
        assert [(fact.name, [str(value) for value in fact.values]) for fact in shown.composed] == [
            ("Help", ["Counselling"]),
            ("About", ["Racism"]),
            ("For", ["people affected"]),
        ]
        assert (shown.foreign.text, shown.foreign.lang, shown.foreign.dir) == ("Berät.", "de", "ltr")

    def test_the_codes_speak_arabic(self, make_listing: MakeListing) -> None:
        with translation.override("ar"):
            shown = card(make_listing(grounds=["racism", "antisemitism"]), at=MONDAY_MORNING)
        about = next(fact for fact in shown.composed if "عنصرية" in [str(value) for value in fact.values])
        assert [value.lang for value in about.values] == ["ar", "de"]

    def test_a_long_description_is_cut(self, make_listing: MakeListing) -> None:
        shown = card(make_listing(description_en="word " * 100), at=MONDAY_MORNING)
        assert len(shown.summary.text) <= 260
        assert shown.summary.text.endswith("…")

    def test_many_labels_are_counted_instead_of_listed(self, make_listing: MakeListing) -> None:
        listing = make_listing(grounds=["racism", "antisemitism", "a", "b", "c", "d"])
        about = next(fact for fact in card(listing, at=MONDAY_MORNING).composed if fact.name == "About")
        assert len(about.values) == 4
        assert about.more == "and 2 more"


class TestContact:
    def test_the_phone_can_be_called(self, make_listing: MakeListing) -> None:
        shown = card(make_listing(contacts=[phone()]), at=MONDAY_MORNING)
        assert shown.phone is not None
        assert shown.phone.href == "tel:+4921115925566"

    def test_nothing_known_is_nothing_shown(self, make_listing: MakeListing) -> None:
        shown = card(make_listing(), at=MONDAY_MORNING)
        assert (shown.phone, shown.email, shown.website, shown.chat) == (None, "", "", "")
        assert not shown.reachable

    def test_a_number_for_professionals_is_not_public(self, make_listing: MakeListing) -> None:
        assert card(make_listing(contacts=[phone(audience="professionals")]), at=MONDAY_MORNING).phone is None

    def test_the_organisations_website_stands_in(self, make_listing: MakeListing) -> None:
        listing = make_listing(organisation=Organisation(slug="house", website="https://example.org"))
        assert card(listing, at=MONDAY_MORNING).website == "https://example.org"

    def test_its_own_website_goes_before_it(self, make_listing: MakeListing) -> None:
        own = ContactPoint(kind="website", value="https://own.example")
        listing = make_listing(
            organisation=Organisation(slug="house", website="https://example.org"), contacts=[own]
        )
        assert card(listing, at=MONDAY_MORNING).website == "https://own.example"


class TestHours:
    def test_open_state_of_the_listing(self, make_listing: MakeListing) -> None:
        listing = make_listing(opening_hours="Mo-Fr 09:00-13:00")
        shown = card(listing, at=MONDAY_MORNING + timedelta(hours=8))
        assert shown.hours.is_open is False
        assert shown.hours.words == "Closed now, opens tomorrow at 9 a.m."

    def test_the_telephones_own_hours_decide(self, make_listing: MakeListing) -> None:
        listing = make_listing(opening_hours="Mo-Fr 14:00-16:00", contacts=[phone(opening_hours="Mo 09:00-10:00")])
        assert card(listing, at=MONDAY_MORNING).hours.is_open is True

    def test_the_sources_wording_stands_in_and_is_marked(self, make_listing: MakeListing) -> None:
        hours = card(make_listing(opening_hours_note="nach Vereinbarung"), at=MONDAY_MORNING).hours
        assert (hours.note.text, hours.note.lang, hours.note.is_fallback) == ("nach Vereinbarung", "de", True)
        assert hours.words == ""

    def test_unknown_hours_say_so(self, make_listing: MakeListing) -> None:
        assert card(make_listing(), at=MONDAY_MORNING).hours.words == "Opening hours not known yet"


class TestFacts:
    def facts(self, make_listing: MakeListing, **fields: object) -> dict[str, str]:
        shown = card(make_listing(**fields), at=MONDAY_MORNING)
        return {fact.name: ", ".join(map(str, (*fact.values, fact.more))) for fact in shown.facts}

    def test_what_nobody_has_told_us_is_named_as_unknown(self, make_listing: MakeListing) -> None:
        shown = card(make_listing(), at=MONDAY_MORNING)
        assert shown.facts == ()
        assert shown.unknown == ("Languages", "Cost", "Anonymous", "Confidential", "Area")

    @pytest.mark.parametrize(
        ("code", "words"),
        [("yes", "yes"), ("no", "no"), ("on_request", "on request"), ("first_talk", "for the first talk")],
    )
    def test_anonymous_in_words(self, make_listing: MakeListing, code: str, words: str) -> None:
        assert self.facts(make_listing, anonymous=code)["Anonymous"].startswith(words)

    @pytest.mark.parametrize(("code", "words"), [("free", "free of charge"), ("paid", "costs money")])
    def test_cost_in_words(self, make_listing: MakeListing, code: str, words: str) -> None:
        assert self.facts(make_listing, cost=code)["Cost"].startswith(words)

    def test_areas_have_names(self, make_listing: MakeListing) -> None:
        assert self.facts(make_listing, areas_served=["duesseldorf"])["Area"].startswith("Düsseldorf")

    def test_the_readers_language_stands_first(self, make_listing: MakeListing) -> None:
        assert self.facts(make_listing, languages=["de", "en"])["Languages"].startswith("English, German")

    def test_many_languages_are_counted(self, make_listing: MakeListing) -> None:
        codes = ["de", "en", "tr", "ar", "uk", "ru", "pl", "fa"]
        assert self.facts(make_listing, languages=codes)["Languages"].endswith("and 2 more")

    @pytest.mark.parametrize(
        ("code", "words"),
        [
            ("on_request", "interpreter on request"),
            ("pool", "interpreter from a pool"),
            ("none", "no interpreter"),
        ],
    )
    def test_interpreters_are_told(self, make_listing: MakeListing, code: str, words: str) -> None:
        assert words in self.facts(make_listing, interpreter=code)["Languages"]

    def test_an_unknown_interpreter_is_not_none(self, make_listing: MakeListing) -> None:
        assert "interpreter" not in self.facts(make_listing, languages=["de"])["Languages"]


class TestConfirmed:
    def test_the_date_is_shown(self, make_listing: MakeListing) -> None:
        shown = card(make_listing(last_confirmed_on=date(2026, 5, 3)), at=MONDAY_MORNING)
        assert shown.confirmed == "Last confirmed on May 3, 2026"

    def test_none_says_so(self, make_listing: MakeListing) -> None:
        assert card(make_listing(), at=MONDAY_MORNING).confirmed == "Not confirmed yet"


class TestTraining:
    def test_it_is_told_what_trainings_are_asked_for(self, make_listing: MakeListing) -> None:
        listing = make_listing(
            kind="training",
            sectors=["counselling"],
            formats=["racism"],
            duration="1 Tag",
            areas_served=["duesseldorf"],
        )
        shown = card(listing, at=MONDAY_MORNING)
        assert shown.is_training
        assert [(fact.name, str(fact.values[0])) for fact in shown.facts] == [
            ("Sectors", "Counselling"),
            ("Formats", "Racism"),
            ("Duration", "1 Tag"),
            ("Area", "Düsseldorf"),
        ]
        assert shown.unknown == ("Price",)

    def test_words_of_the_source_are_marked(self, make_listing: MakeListing) -> None:
        listing = make_listing(kind="training", price="500 Euro", areas_served=["duesseldorf"])
        (price, _area) = card(listing, at=MONDAY_MORNING).facts
        assert (price.name, price.values[0].lang, price.values[0].is_fallback) == ("Price", "de", True)

    def test_the_code_speaks_where_no_price_is_named(self, make_listing: MakeListing) -> None:
        shown = card(make_listing(kind="training", cost="free"), at=MONDAY_MORNING)
        assert str(shown.facts[0].values[0]) == "free of charge"

    def test_help_is_no_training(self, make_listing: MakeListing) -> None:
        assert not card(make_listing(), at=MONDAY_MORNING).is_training
