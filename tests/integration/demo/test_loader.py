import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import phonenumbers
import pytest
import yaml
from opening_hours import OpeningHours

from directory.models import (
    Area,
    Change,
    CompetenceRow,
    Configuration,
    ContactPoint,
    EventDate,
    Exclusion,
    Listing,
    Organisation,
    Place,
    SpokenLanguage,
    Term,
)
from directory.vocabulary_files import shipped
from referrals.models import Deadline, Guide, Question
from tests.unit.wegweiser import small_data
from wegweiser.demo.loader import load
from wegweiser.demo.reader import FOLDER
from wegweiser.demo.sheets import DataError

MODELS: tuple[Any, ...] = (
    Area, Term, Organisation, Listing, ContactPoint, Place, SpokenLanguage, EventDate, CompetenceRow,
    Exclusion, Configuration, Deadline, Guide, Question, Change,
)  # fmt: skip
LISTINGS = 125


def one(model: Any, slug: str) -> Any:
    return model.objects.get(slug=slug)


def slugs(model: Any) -> set[str]:
    return set(model.objects.values_list("slug", flat=True))


def rows() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in MODELS}


def written(folder: Path = FOLDER) -> list[dict[str, Any]]:
    """The listings as another parser reads the files."""
    bodies = [yaml.safe_load(path.read_text("utf-8")) for path in sorted(folder.glob("organisations/*.yaml"))]
    return [listing for body in bodies for listing in body["listings"]]


def test_all_listings_are_there_and_public_until_they_expire(demo: None) -> None:
    assert slugs(Listing) == {item["slug"] for item in written()}
    assert Listing.objects.count() == LISTINGS
    hidden = Listing.objects.exclude(pk__in=Listing.objects.public())
    assert all(listing.valid_until for listing in hidden)


def test_the_rows_of_the_files_are_the_rows_of_the_database(demo: None) -> None:
    found = written()
    expected: dict[Any, str] = {
        CompetenceRow: "competence_rows", Exclusion: "exclusions", ContactPoint: "contacts", Place: "places",
        SpokenLanguage: "languages", EventDate: "dates",
    }  # fmt: skip
    for model, key in expected.items():
        in_files = Counter({item["slug"]: len(item.get(key, [])) for item in found})
        in_database = Counter(model.objects.values_list("listing__slug", flat=True))
        assert in_database == +in_files, key
    assert Area.objects.count() == len(list(FOLDER.glob("areas/*.yaml")))
    assert Organisation.objects.count() == len(list(FOLDER.glob("organisations/*.yaml")))
    assert Term.objects.count() == sum(map(len, shipped().values()))


def test_every_value_of_the_files_is_in_the_database(demo: None) -> None:
    into_the_note = {"note", "competence_note", "unsettled", "split_from"}
    stored = {listing.slug: listing for listing in Listing.objects.all()}
    for item in written():
        listing = stored[item["slug"]]
        for key, value in item.items():
            if key in into_the_note:
                assert all(words in listing.note for words in ([value] if isinstance(value, str) else value))
            elif key.startswith("languages_note_"):
                assert key != "languages_note_de" or listing.languages_note == value
            elif not hasattr(getattr(listing, key), "all"):
                assert str(getattr(listing, key)) == str(value), (item["slug"], key)


def test_every_value_of_a_child_row_is_in_the_database(demo: None) -> None:
    stored = {listing.slug: listing for listing in Listing.objects.all()}
    for item in written():
        for children in ("contacts", "places", "languages"):
            found = getattr(stored[item["slug"]], children).order_by("pk")
            for row, values in zip(found, item.get(children, []), strict=True):
                assert {key: str(getattr(row, key)) for key in values} == {
                    key: str(value) for key, value in values.items()
                }


def test_every_organisation_is_stored_as_written(demo: None) -> None:
    for path in FOLDER.glob("organisations/*.yaml"):
        values = yaml.safe_load(path.read_text("utf-8"))
        listings = {listing["slug"] for listing in values.pop("listings")}
        body = one(Organisation, path.stem)
        assert {key: getattr(body, key) for key in values} == values
        assert listings == set(body.listings.values_list("slug", flat=True))
        assert body.live


def test_every_area_is_stored_as_written(demo: None) -> None:
    for path in FOLDER.glob("areas/*.yaml"):
        values = {key: value for key, value in yaml.safe_load(path.read_text("utf-8")).items() if value}
        area = one(Area, path.stem)
        assert (area.parent.slug if area.parent else None) == values.pop("parent", None)
        assert {key: getattr(area, key) for key in values} == values


def test_dates_are_stored_in_local_time(demo: None) -> None:
    first = EventDate.objects.order_by("starts_at").first()
    assert first is not None
    assert first.starts_at.isoformat() == "2026-02-23T16:00:00+00:00"


def test_every_object_passes_the_checks_of_its_form(demo: None) -> None:
    """Staff must be able to save what the loader wrote, without first correcting it."""
    models: tuple[Any, ...] = (Listing, Organisation, Area, Term)
    for model in models:
        for item in model.objects.all():
            item.full_clean()


def test_every_child_row_passes_the_checks_of_its_form(demo: None) -> None:
    for model in (ContactPoint, Place, SpokenLanguage, EventDate, CompetenceRow, Exclusion):
        rows_of_model: Any = model
        for row in rows_of_model.objects.all():
            row.full_clean()


def test_what_the_listings_show_first_exists_in_german_and_english(demo: None) -> None:
    for listing in Listing.objects.all():
        texts: Any = listing
        assert texts.title_de, listing.slug
        assert texts.helps_with_de, listing.slug
        assert texts.helps_with_en, listing.slug


def test_public_listings_are_served_with_their_rows(demo: None) -> None:
    """A public referral body has somebody responsible for it, and an emergency number can be called."""
    emergency = Listing.objects.public().filter(role="emergency")
    assert {listing.slug for listing in emergency} == {"de-polizei-110", "de-notruf-112", "de-nora"}
    assert ContactPoint.objects.filter(listing__in=emergency, kind="phone").count() == 2


def test_conditions_are_stored_as_written(demo: None) -> None:
    models: tuple[tuple[Any, str], ...] = (
        (CompetenceRow, "competence_rows"), (Exclusion, "exclusions"),
    )  # fmt: skip
    for item in written():
        for model, key in models:
            found = list(model.objects.filter(listing__slug=item["slug"]).order_by("pk"))
            for row, condition in zip(found, item.get(key, []), strict=True):
                assert {name: getattr(row, name) for name in condition} == condition


def test_sources_are_kept(demo: None) -> None:
    assert not Listing.objects.filter(sources=[]).exists()
    assert not CompetenceRow.objects.filter(sources=[]).exists()
    assert not Exclusion.objects.filter(sources=[]).exists()
    assert not ContactPoint.objects.filter(source="").exists()
    sabra = one(Listing, "dus-sabra-beratung")
    assert sabra.field_sources["confidential"].startswith("https://awo-kreiskleve.de/")


def test_an_operator_is_shared_and_an_organisation_without_one_is_the_listing_itself(demo: None) -> None:
    shared = Counter(Listing.objects.values_list("organisation__slug", flat=True))
    assert {slug for slug, number in shared.items() if number > 1} == {"awo-jena", "diakonie-duesseldorf"}
    own = one(Listing, "dus-vhs")
    assert own.organisation.name_de == own.title_de


def test_what_no_source_settles_stays_unknown(demo: None) -> None:
    drk = one(Listing, "dus-drk-ada")
    assert (drk.interpreter, drk.anonymous, drk.confidential) == ("unknown", "unknown", "yes")
    assert not drk.contacts.exists()
    assert one(Organisation, "dus-buntu").type == ""


def test_every_deadline_is_stored_as_written(demo: None) -> None:
    in_file = yaml.safe_load((FOLDER / "deadlines.yaml").read_text("utf-8"))["deadlines"]
    stored = list(Deadline.objects.filter(live=True))
    assert [deadline.slug for deadline in stored] == [found["slug"] for found in in_file]
    for deadline, found in zip(stored, in_file, strict=True):
        assert {name: getattr(deadline, name) for name in found} == found
        deadline.full_clean()


def test_nobody_has_confirmed_anything(demo: None) -> None:
    assert not Listing.objects.exclude(last_confirmed_on=None).exists()
    assert Configuration.load().demo


def test_the_home_area_is_set(demo: None) -> None:
    assert Configuration.load().home_area in slugs(Area)


def test_areas_lie_within_each_other(demo: None) -> None:
    town = one(Area, "duesseldorf-01")
    chain = []
    while town:
        chain.append(town.slug)
        town = town.parent
    assert chain == ["duesseldorf-01", "duesseldorf", "regbez-duesseldorf", "nordrhein-westfalen", "germany"]


def test_opening_hours_can_be_parsed(demo: None) -> None:
    hours = [*Listing.objects.values_list("opening_hours", flat=True)]
    hours += ContactPoint.objects.values_list("opening_hours", flat=True)
    filled = [text for text in hours if text]
    assert len(filled) > 30
    for text in filled:
        OpeningHours(text)


def test_every_phone_number_can_be_dialled(demo: None) -> None:
    numbers = [contact.value for contact in ContactPoint.objects.filter(kind="phone")]
    assert len(numbers) >= 36
    assert [value for value in numbers if not is_diallable(value)] == []


def is_diallable(value: str) -> bool:
    number = phonenumbers.parse(value, "DE")
    harmonised = re.sub(r"\D", "", value) in {"110", "112", "116006", "116016", "116111", "116123"}
    return harmonised or phonenumbers.is_valid_number(number)


def test_mail_and_web_addresses_are_whole(demo: None) -> None:
    for contact in ContactPoint.objects.exclude(kind="phone"):
        pattern = r"[^@\s]+@[^@\s]+\.\w+" if contact.kind == "email" else r"https?://\S+\.\S+"
        assert re.fullmatch(pattern, contact.value), contact.value


def test_reasons_are_told_in_the_three_languages(demo: None) -> None:
    columns = ("reason_de", "reason_en", "reason_ar")
    for reasons in Exclusion.objects.values_list(*columns):
        assert all(reasons)


def test_every_listing_says_in_a_short_sentence_what_it_helps_with(demo: None) -> None:
    for sentences in Listing.objects.values_list("helps_with_de", "helps_with_en"):
        assert all(sentence and len(sentence) <= 140 for sentence in sentences)


def test_each_object_has_one_change_row_by_the_demo(demo: None) -> None:
    roots: tuple[Any, ...] = (Area, Term, Organisation, Listing, Configuration, Deadline, Guide, Question)
    expected = {model._meta.label_lower: model.objects.count() for model in roots}
    changes = Change.objects.filter(model__in=expected)
    assert Counter(changes.values_list("model", flat=True)) == expected
    assert set(changes.values_list("by", "action")) == {("demo data", "create")}


def test_loading_again_changes_nothing(demo: None) -> None:
    before, position = rows(), Change.position()
    load()
    assert (rows(), Change.position()) == (before, position)


def test_what_staff_changed_wins(demo: None) -> None:
    listing = one(Listing, "dus-obr")
    listing.title_de = "Neuer Titel"
    listing.save()
    Configuration.load().delete()
    Configuration(pk=1, home_area="jena").save()
    load()
    listing.refresh_from_db()
    assert listing.title_de == "Neuer Titel"
    assert Configuration.load().home_area == "jena"


def test_what_staff_deleted_stays_away(demo: None) -> None:
    one(Listing, "dus-vhs").delete()
    one(Listing, "dus-buntu").delete()
    one(Organisation, "dus-buntu").delete()
    load()
    assert not {"dus-vhs", "dus-buntu"} & slugs(Listing)
    assert "dus-buntu" not in slugs(Organisation)


def test_what_is_missing_is_added(db: None, tmp_path: Path) -> None:
    load(folder=small_data.write(tmp_path))
    town = small_data.HOUSE.replace("- slug: other", "- slug: third").replace("- other", "- third")
    load(folder=small_data.write(tmp_path, house=town))
    assert slugs(Listing) == {"advice", "other", "third"}


@pytest.mark.django_db
def test_progress_is_told_up_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    load(lambda done, total: told.append((done, total)), folder=small_data.write(tmp_path))
    total = told[0][1]
    assert told == [(done, total) for done in range(1, total + 1)]


BREAKAGES = [
    ("organisations/ida-nrw.yaml", "role: specialised", "role: 'specialised", "no valid YAML"),
    ("organisations/ida-nrw.yaml", "- antisemitism", "- antisemitsm", "is not among the grounds"),
    ("organisations/ida-nrw.yaml", "- regbez-koeln", "- regbez-kölln", "is not among the areas"),
    ("organisations/ida-nrw.yaml", "- nrw-backup", "- nrw-backupp", "is not among the listings"),
    ("organisations/ida-nrw.yaml", "slug: dus-obr", "slug: dus-vhs", "is taken by"),
    ("areas/jena.yaml", "parent: thueringen", "parent: thuringen", "is not among the areas"),
    ("deadlines.yaml", "period_iso: P2M", "period_iso: soon", "is no period"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "old", "new", "complaint"), BREAKAGES)
def test_a_broken_file_is_one_error_and_leaves_the_database_as_it_was(
    tmp_path: Path, name: str, old: str, new: str, complaint: str
) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "data"))
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")
    before = rows()
    with pytest.raises(DataError, match=rf"^\S+\.yaml:\d+: .*{complaint}"):
        load(folder=folder)
    assert rows() == before


@pytest.mark.django_db
def test_a_failure_half_way_leaves_the_database_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save = Listing.save

    def refuse(self: Listing, *args: Any, **kwargs: Any) -> None:
        if self.slug == "other":
            raise OSError("disk full")
        save(self, *args, **kwargs)

    monkeypatch.setattr(Listing, "save", refuse)
    before = rows()
    with pytest.raises(OSError, match="disk full"):
        load(folder=small_data.write(tmp_path))
    assert rows() == before
