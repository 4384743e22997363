"""Revisions keep the languages apart (Wagtail with modeltranslation would let them bleed)."""

from collections.abc import Iterable
from itertools import combinations
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from directory.languages import SHIPPED, column
from directory.models import (
    CompetenceRow,
    ContactPoint,
    EventDate,
    Exclusion,
    Listing,
    Organisation,
    Place,
    SpokenLanguage,
    translated_fields,
)
from tests.integration.directory.making import listing, organisation, stored, unsaved_listing

pytestmark = pytest.mark.django_db

VERSIONED: list[type[Any]] = [Listing, Organisation, Exclusion]
LANGUAGES = ["de", "en", "ar"]
each_active_language = pytest.mark.parametrize("active", [None, *LANGUAGES])


class Active:
    """A language, or none at all as in a task."""

    def __init__(self, code: str | None) -> None:
        self.override = translation.override(code)

    def __enter__(self) -> None:
        self.override.__enter__()

    def __exit__(self, *error: Any) -> None:
        self.override.__exit__(*error)


def full(**fields: Any) -> Listing:
    entry = unsaved_listing(title_de="Deutsch", title_en="English", title_ar="عربي", **fields)
    entry.contacts.add(ContactPoint(kind="phone", value="110"))
    entry.languages.add(SpokenLanguage(language="tr"))
    entry.places.add(Place(name="Laden", areas=[]))
    entry.dates.add(EventDate(starts_at=timezone.now()))
    entry.competence_rows.add(CompetenceRow(what=["insult"]))
    entry.exclusions.add(Exclusion(strength="hard", reason_de="Grund", reason_en="Reason"))
    entry.save()
    return entry


class TestContent:
    @each_active_language
    def test_it_holds_all_languages_and_no_virtual_original(self, active: str | None) -> None:
        entry = full()
        with Active(active):
            content = entry.save_revision().content
        assert not set(translated_fields(Listing)) & content.keys()
        assert [content[f"title_{code}"] for code in LANGUAGES] == ["Deutsch", "English", "عربي"]
        assert {column("title", code) for code in SHIPPED} <= content.keys()

    def test_the_children_are_in_it(self) -> None:
        content = full().save_revision().content
        assert [row["value"] for row in content["contacts"]] == ["110"]
        assert [row["language"] for row in content["languages"]] == ["tr"]
        assert [row["name"] for row in content["places"]] == ["Laden"]
        assert [row["what"] for row in content["competence_rows"]] == [["insult"]]
        assert len(content["dates"]) == 1
        (exclusion,) = content["exclusions"]
        assert (exclusion["reason_de"], exclusion["reason_en"]) == ("Grund", "Reason")
        assert "reason" not in exclusion

    @each_active_language
    def test_a_revision_that_is_published_gives_back_what_went_in(self, active: str | None) -> None:
        entry = full()
        before = entry.serializable_data()
        with Active(active):
            entry.save_revision().publish()
            after = stored(entry).serializable_data()
        moved = {"last_published_at", "live_revision", "latest_revision", "first_published_at"}
        same = {key: value for key, value in before.items() if key not in moved}
        assert {key: after[key] for key in same} == same


class TestMissingLanguages:
    """A language that was added later, or a revision written by an import."""

    @each_active_language
    @pytest.mark.parametrize("model", VERSIONED)
    def test_every_subset_of_missing_keys_stays_empty(self, model: type[Any], active: str | None) -> None:
        field = translated_fields(model)[0]
        for missing in subsets(LANGUAGES):
            data = {"pk": 1} | {column(field, code): f"text {code}" for code in SHIPPED if code not in missing}
            with Active(active):
                opened = model.from_serializable_data(data, check_fks=False)
            for code in SHIPPED:
                expected = None if code in missing else f"text {code}"
                assert (opened.__dict__[column(field, code)] or None) == expected

    @each_active_language
    def test_b1_a_missing_language_is_not_filled_with_a_fallback_when_it_goes_live(
        self, active: str | None
    ) -> None:
        entry = full()
        draft = entry.save_revision()
        del draft.content["title_ar"], draft.content["exclusions"][0]["reason_en"]
        draft.save()
        with Active(active):
            draft.publish()
        published = stored(entry)
        assert published.title_de == "Deutsch"
        assert not published.title_ar
        assert not published.exclusions.get().reason_en
        assert published.exclusions.get().reason_de == "Grund"

    @each_active_language
    def test_b2_a_text_from_before_translation_goes_to_the_main_language(self, active: str | None) -> None:
        entry = listing()
        draft = entry.save_revision()
        draft.content = {k: v for k, v in draft.content.items() if not k.startswith("title_")} | {"title": "Alt"}
        draft.save()
        with Active(active):
            opened = draft.as_object()
        assert [getattr(opened, f"title_{code}") or "" for code in LANGUAGES] == ["Alt", "", ""]

    @each_active_language
    def test_an_original_never_overrules_a_column(self, active: str | None) -> None:
        entry = full()
        draft = entry.save_revision()
        draft.content["title"] = "wrong"
        with Active(active):
            opened = draft.as_object()
        assert [getattr(opened, f"title_{code}") for code in LANGUAGES] == ["Deutsch", "English", "عربي"]


class TestOneLanguageOnly:
    """B3, B5: a listing only in Arabic, edited in an English admin."""

    def arabic(self) -> Listing:
        return listing(title_de="", title_ar="استشارة", source_language="ar", live=False)

    @each_active_language
    def test_b3_it_can_be_checked_and_published(self, active: str | None) -> None:
        entry = self.arabic()
        with Active(active):
            entry.full_clean()
            entry.save_revision().publish()
        assert stored(entry).live

    @each_active_language
    def test_b5_it_has_a_name_whatever_language_is_active(self, active: str | None) -> None:
        entry = self.arabic()
        with Active(active):
            assert str(entry) == "استشارة"
            assert entry.save_revision().object_str == "استشارة"

    @pytest.mark.parametrize("code", SHIPPED)
    def test_b5_a_name_in_any_language_is_better_than_none(self, code: str) -> None:
        house = organisation(**{"name_de": "", column("name", code): "Haus"})
        entry = listing(**{"title_de": "", column("title", code): "Rat"})
        assert (str(house), str(entry)) == ("Haus", "Rat")

    def test_b5_without_any_text_the_slug_names_it(self) -> None:
        assert str(listing(title_de="")) == "advice"
        assert str(organisation("bare", name_de=None)) == "bare"

    def test_the_source_language_comes_before_the_main_one(self) -> None:
        assert str(listing(title_de="Rat", title_tr="Danışma", source_language="tr")) == "Danışma"

    def test_r5_the_title_must_be_there_in_the_source_language(self) -> None:
        entry = unsaved_listing(source_language="ar", title_de="Beratung")
        with pytest.raises(ValidationError, match="العربية"):
            entry.full_clean()


class TestEmptyTexts:
    @pytest.mark.parametrize("empty", [None, ""])
    def test_b7_null_and_empty_are_the_same(self, empty: str | None) -> None:
        entry = listing(title_en=empty, title_ar="عربي")
        assert entry.text_of("title", "en") == "Beratung"
        assert stored(entry).text_of("title", "en") == "Beratung"

    def test_a_language_that_was_cleared_stays_clear(self) -> None:
        entry = full()
        entry.title_en = ""
        with translation.override("en"):
            entry.save_revision().publish()
        assert not stored(entry).title_en
        assert stored(entry).title_de == "Deutsch"


def subsets(items: list[str]) -> Iterable[tuple[str, ...]]:
    return (subset for size in range(len(items) + 1) for subset in combinations(items, size))
