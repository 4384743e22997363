"""What is left to do follows from what is empty, and each task stands in a section that the entry has."""

from typing import Any

import pytest

from directory.members.sections import HELP, LABELS, SECTIONS, next_section, section_of, sections_of
from directory.members.tasks import TASKS, musts, number_done, parts
from directory.models import ContactPoint, Listing, Organisation, SpokenLanguage, translated_fields


def entry(kind: str = "counselling", **fields: Any) -> Any:
    house = fields.pop("organisation", Organisation(slug="house", name_de="Haus"))
    return Listing(slug="advice", kind=kind, audience="affected", organisation=house, **fields)


def full(kind: str = "counselling") -> Any:
    made = entry(
        kind,
        title_de="Beratung", helps_with_de="Hilft.", description_de="Wir beraten.", what_happens_de="Rückruf.",
        opening_hours="Mo 09:00-12:00", areas_served=["x"], modes=["x"], kinds_of_help=["x"], grounds=["x"],
        cost="free", anonymous="yes", confidential="yes", access_features=["x"],
        formats=["x"], sectors=["x"], duration="ein Tag",
    )  # fmt: skip
    made.contacts = [ContactPoint(kind="phone", value="0211 8991234")]
    made.languages = [SpokenLanguage(language="de")]
    return made


def open_tasks(listing: Listing, *languages: str) -> list[str]:
    return [str(task.to_do) for part in parts(listing, languages) for task in part.open]


@pytest.mark.parametrize("kind", ["counselling", "training"])
def test_nothing_is_left_to_do_for_a_full_entry(kind: str) -> None:
    found = parts(full(kind), ["de"])
    assert open_tasks(full(kind), "de") == []
    assert number_done(found) == len(found) == len(sections_of(full(kind)))


@pytest.mark.parametrize(
    ("field", "value", "section"),
    [
        ("title_de", "", "text"),
        ("helps_with_de", "", "text"),
        ("description_de", "", "text"),
        ("what_happens_de", "", "text"),
        ("contacts", [], "kontakt"),
        ("opening_hours", "", "zeiten"),
        ("areas_served", [], "ort"),
        ("modes", [], "ort"),
        ("kinds_of_help", [], "fuer-wen"),
        ("grounds", [], "fuer-wen"),
        ("cost", "unknown", "bedingungen"),
        ("anonymous", "unknown", "bedingungen"),
        ("confidential", "unknown", "bedingungen"),
        ("languages", [], "bedingungen"),
        ("access_features", [], "bedingungen"),
    ],
)
def test_each_gap_opens_its_section_and_no_other(field: str, value: Any, section: str) -> None:
    listing = full()
    setattr(listing, field, value)
    assert [part.section.slug for part in parts(listing, ["de"]) if not part.is_done] == [section]


@pytest.mark.parametrize("field", ["formats", "sectors", "duration"])
def test_trainings_are_asked_their_own_questions(field: str) -> None:
    listing = full("training")
    setattr(listing, field, "" if field == "duration" else [])
    assert [part.section.slug for part in parts(listing, ["de"]) if not part.is_done] == ["fortbildung"]
    listing.kind = "counselling"
    assert open_tasks(listing, "de") == []


def test_nobody_asks_a_training_whether_it_is_anonymous() -> None:
    listing = full("training")
    listing.anonymous = listing.confidential = "unknown"
    listing.what_happens_de = listing.opening_hours = ""
    assert open_tasks(listing, "de") == []


def test_an_entry_in_another_language_is_read_in_that_one() -> None:
    listing = full()
    listing.source_language = "tr"
    assert len(open_tasks(listing, "tr")) == 4


@pytest.mark.parametrize(
    ("text", "missing"), [({}, True), ({"title_tr": "x"}, True), ({"title_tr": "x", "helps_with_tr": "y"}, False)]
)
def test_a_chosen_language_without_text_is_a_task(text: dict[str, str], missing: bool) -> None:
    listing = full()
    for name, value in text.items():
        setattr(listing, name, value)
    assert any("Türkçe" in words for words in open_tasks(listing, "de", "tr")) is missing
    assert open_tasks(listing, "de") == [], "nobody has chosen it"


def test_a_website_of_the_organisation_is_a_way_to_reach_it() -> None:
    listing = full()
    listing.contacts = []
    assert [task.section for task in musts(parts(listing, ["de"]))] == ["kontakt"]
    listing.organisation.website = "https://example.org"
    assert musts(parts(listing, ["de"])) == []


def test_a_number_for_professionals_only_reaches_nobody_else() -> None:
    listing = full()
    listing.contacts = [ContactPoint(kind="phone", value="0211 8991234", audience="professionals")]
    assert [task.section for task in musts(parts(listing, ["de"]))] == ["kontakt"]


def test_an_empty_entry_names_what_is_important() -> None:
    assert {task.section for task in musts(parts(entry(), ["de"]))} == {"text", "kontakt", "ort", "fuer-wen"}


def test_every_task_says_what_visitors_miss_and_leads_to_a_section() -> None:
    known = {section.slug for section in SECTIONS}
    for task in TASKS:
        assert task.section in known
        assert str(task.to_do)
        assert str(task.missed).endswith(".")


def test_no_field_is_in_two_sections_and_all_of_them_exist() -> None:
    names = [name for section in SECTIONS for name in (*section.fields, *section.texts, *section.rows)]
    assert len(names) == len(set(names))
    fields = {field.name for field in Listing._meta.get_fields()}
    assert set(names) <= fields
    assert set(SECTIONS[0].texts) == set(translated_fields(Listing))
    assert {*LABELS, *HELP} <= fields


def test_members_cannot_change_what_staff_decide() -> None:
    names = {name for section in SECTIONS for name in section.names(["de", "tr"])}
    for decided in (
        *("slug", "live", "organisation", "internal_only", "role", "belongs_to", "callback_email", "note"),
        *(
            "last_confirmed_on",
            "last_confirmed_by",
            "needs_check",
            "sources",
            "field_sources",
            "translation_state",
        ),
        *("competence_rows", "exclusions"),
    ):
        assert decided not in names


def test_sections_follow_one_another() -> None:
    listing = entry()
    first, second, *_rest, last = sections_of(listing)
    assert next_section(listing, first) is second
    assert next_section(listing, last) is None
    assert section_of(listing, "fortbildung") is None
    assert section_of(entry("training"), "fortbildung") is not None
