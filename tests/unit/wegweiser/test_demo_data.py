"""What must be true of the demo data as they are written, without a database."""

from collections.abc import Iterator
from functools import cache

import phonenumbers

from directory.areas import LEVELS
from directory.vocabulary_files import shipped
from wegweiser.demo.reader import DemoData, read
from wegweiser.demo.sheets import Record

LANGUAGES = ("de", "en", "ar")


@cache
def data() -> DemoData:
    return read()


def listing(slug: str) -> Record:
    return next(found for found in data().listings if found["slug"] == slug)


def exclusions() -> Iterator[tuple[Record, Record]]:
    return ((found, row) for found in data().listings for row in found.get("exclusions", ()))


def test_the_collection_is_complete() -> None:
    assert (len(data().listings), len(data().areas), len(data().deadlines)) == (125, 57, 7)


def test_every_listing_and_every_rule_names_a_source() -> None:
    for found in data().listings:
        rules = (*found.get("competence_rows", ()), *found.get("exclusions", ()))
        assert all(rule.get("sources") for rule in (found, *rules)), found.where


def test_every_contact_names_the_page_that_shows_it() -> None:
    for found in data().listings:
        assert all(contact.get("source") for contact in found.get("contacts", ())), found.where


def test_nobody_is_sent_back_to_where_they_come_from() -> None:
    assert [row.where for found, row in exclusions() if found["slug"] in row.get("then_go_to", ())] == []


def test_who_is_sent_away_is_told_why_in_three_languages() -> None:
    for _found, row in exclusions():
        assert all(row.get(f"reason_{code}") for code in LANGUAGES), row.where


def test_sentences_are_short_and_differ_between_languages() -> None:
    for found in data().listings:
        german, english = found["helps_with_de"], found["helps_with_en"]
        assert german != english, found.where
        assert max(len(german), len(english)) <= 140, found.where
        assert german.endswith((".", "?")), found.where
        assert english.endswith((".", "?")), found.where


def test_descriptions_stay_in_the_languages_that_people_wrote() -> None:
    for found in data().listings:
        assert found.get("description_de"), found.where
        assert found.get("description_en"), found.where
        assert not found.get("description_ar"), found.where


def test_phone_hours_stand_at_the_number() -> None:
    (number,) = (row for row in listing("de-ads")["contacts"] if row["kind"] == "phone")
    assert number["opening_hours"] == listing("de-ads")["opening_hours"] == "Mo-Th 09:00-15:00"


def test_a_chat_has_hours_of_its_own() -> None:
    hours = {row["kind"]: row.get("opening_hours") for row in listing("de-hateaid")["contacts"]}
    assert hours["chat"] == "We 15:00-18:00; Fr 11:00-14:00"
    assert hours["phone"] == "Mo 10:00-13:00; Tu 15:00-18:00; Th 16:00-19:00"


def test_calls_that_no_bill_shows_say_so() -> None:
    for slug in ("dus-telefonseelsorge", "de-hilfetelefon-frauen"):
        phones = [row for row in listing(slug)["contacts"] if row["kind"] == "phone"]
        assert phones
        assert {row.get("on_bill") for row in phones} == {"no"}


def test_a_crisis_line_keeps_all_its_numbers() -> None:
    numbers = [row["value"] for row in listing("dus-telefonseelsorge")["contacts"] if row["kind"] == "phone"]
    assert numbers == ["0800 1110111", "0800 1110222", "116 123"]


def test_confidential_is_not_taken_for_anonymous() -> None:
    for found in data().listings:
        if found.get("confidential") == "yes":
            assert "anonymous" not in found.values, found.where


def test_no_mail_address_belongs_to_one_named_person() -> None:
    mails = [
        row["value"] for found in data().listings for row in found.get("contacts", ()) if row["kind"] == "email"
    ]
    assert len(mails) == 15
    assert [mail for mail in mails if "." in mail.split("@")[0]] == []


def test_ways_to_talk_are_modes_and_no_access_features() -> None:
    modes = set(shipped()["modes"])
    assert not modes & set(shipped()["access_features"])
    assert set(listing("de-hateaid")["modes"]) == {"phone", "mail", "chat"}


def test_the_short_numbers_are_german_ones() -> None:
    numbers = {row["value"] for found in data().listings for row in found.get("contacts", ())}
    assert {"110", "112", "116 016", "116 006", "116 111", "116 123"} <= numbers
    assert not phonenumbers.is_valid_number(phonenumbers.parse("110", "DE"))  # why they need a rule


def test_a_site_of_its_own_names_its_areas_and_its_first_day() -> None:
    (place,) = listing("th-ezra")["places"]
    assert place["areas"] == ["gera", "landkreis-greiz", "altenburger-land"]
    assert place["since"].isoformat() == "2025-08-15"


def test_an_address_is_free_of_remarks() -> None:
    for found in data().listings:
        for place in found.get("places", ()):
            assert "(" not in place["address"], found.where
            assert "http" not in place["address"], found.where


def test_expired_offers_are_kept_with_their_date() -> None:
    expiring = {found["slug"]: str(found["valid_until"]) for found in data().listings if found.get("valid_until")}
    assert expiring == {"dus-ida-ev-space": "2026-06-29", "komma": "2025-12-31"}
    assert len(listing("dus-ida-ev-space")["dates"]) == 5


def test_a_deadline_tells_act_start_and_law_in_three_languages() -> None:
    for deadline in data().deadlines:
        for field in ("act", "period", "starts"):
            assert all(deadline.get(f"{field}_{code}") for code in LANGUAGES), deadline.where
        assert deadline["law_de"]
        assert deadline["sources"]


def test_the_deadlines_of_the_law_have_their_lengths() -> None:
    assert {deadline["slug"]: deadline.get("period_iso", "") for deadline in data().deadlines} == {
        "agg-15-4": "P2M",  # § 15 Abs. 4 AGG
        "arbgg-61b": "P3M",  # § 61b Abs. 1 ArbGG
        "kschg-4": "P3W",  # § 4 KSchG
        "agg-21-5": "P2M",  # § 21 Abs. 5 AGG
        "stgb-77b": "P3M",  # § 77b StGB
        "ladg-nrw": "",  # a draft: nothing runs yet
        "polbeauftrg-nrw": "P2M",
    }


def test_what_only_follows_another_step_says_so() -> None:
    follows = {deadline["slug"]: deadline.get("follows") for deadline in data().deadlines}
    assert follows["arbgg-61b"] == "agg-15-4"
    assert [slug for slug, before in follows.items() if before] == ["arbgg-61b"]


def test_every_area_lies_in_germany() -> None:
    parents = {area["slug"]: area.get("parent") for area in data().areas}
    for slug in parents:
        above = slug
        while parents[above]:
            above = parents[above]
        assert above == "germany"


def test_areas_are_ordered_from_large_to_small() -> None:
    ranks = [LEVELS.index(area["level"]) for area in data().areas]
    assert ranks == sorted(ranks)


def test_the_quarters_of_the_home_area_are_known() -> None:
    districts = [area for area in data().areas if area.get("parent") == data().site["home_area"]]
    quarters = [quarter for area in districts for quarter in area["quarters"]]
    assert len(districts) == 10
    assert len(quarters) == len(set(quarters)) == 50
