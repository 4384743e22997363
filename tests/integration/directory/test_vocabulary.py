"""Vocabularies, areas and configuration are kept in the process and must never be stale for long."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from directory import vocabulary
from directory.models import Area, Change, Configuration, Term
from tests.integration.directory.making import area, listing, organisation, stored, term, undone, unsaved_listing

pytestmark = pytest.mark.django_db(transaction=True)


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    found = Clock()
    monkeypatch.setattr(vocabulary, "time", found)
    vocabulary.forget()
    yield found
    vocabulary.forget()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def elsewhere_label(found: Term, label: str) -> None:
    """Another process's edit: nothing of it passes through this one."""
    models.QuerySet(Term).filter(pk=found.pk).update(label_de=label)
    newest = Change.objects.latest("id")
    newest.pk, newest.version = None, newest.version + 1
    newest._state.adding = True
    newest.save()


def queries_of(read: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        read()
    return len(captured)


def grounds_field() -> Any:
    return unsaved_listing()._meta.get_field("grounds").formfield()


class TestFreshness:
    def test_an_own_edit_is_seen_at_once(self) -> None:
        racism = term("grounds", "racism", label_de="Rassismus")
        assert vocabulary.label("grounds", "racism", "de").text == "Rassismus"
        setattr(racism, "label_de", "Neu")  # noqa: B010 - mypy does not know the columns of a plain model
        racism.save()
        assert vocabulary.label("grounds", "racism", "de").text == "Neu"
        racism.delete()
        assert "racism" not in vocabulary.terms("grounds")

    def test_an_own_edit_is_seen_within_its_transaction(self) -> None:
        with transaction.atomic():
            term("grounds", "racism")
            assert "racism" in vocabulary.terms("grounds")

    def test_what_was_rolled_back_is_not_kept(self) -> None:
        with undone():
            term("grounds", "racism")
            assert "racism" in vocabulary.terms("grounds")
        assert "racism" not in vocabulary.terms("grounds")

    def test_a_savepoint_that_was_rolled_back_is_not_kept(self) -> None:
        with transaction.atomic():
            term("grounds", "kept")
            with undone():
                term("grounds", "gone")
                assert set(vocabulary.terms("grounds")) == {"kept", "gone"}
            assert set(vocabulary.terms("grounds")) == {"kept"}

    def test_another_processs_edit_is_seen_after_the_interval(self, clock: Clock) -> None:
        racism = term("grounds", "racism", label_de="Rassismus")
        assert vocabulary.label("grounds", "racism", "de").text == "Rassismus"
        elsewhere_label(racism, "Neu")
        clock.now += vocabulary.RECHECK_SECONDS * 0.9
        assert vocabulary.label("grounds", "racism", "de").text == "Rassismus"
        clock.now += vocabulary.RECHECK_SECONDS * 0.2
        assert vocabulary.label("grounds", "racism", "de").text == "Neu"

    def test_a_rolled_back_edit_after_another_processs_is_not_kept_either(self, clock: Clock) -> None:
        with undone():
            area("jena")
            assert "jena" in vocabulary.area_tree().areas
        clock.now += 2 * vocabulary.RECHECK_SECONDS
        assert "jena" not in vocabulary.area_tree().areas

    def test_reading_again_costs_no_query(self) -> None:
        term("grounds", "racism")
        vocabulary.terms("grounds")
        assert queries_of(lambda: vocabulary.terms("grounds")) == 0

    def test_after_the_interval_it_costs_one(self, clock: Clock) -> None:
        term("grounds", "racism")
        vocabulary.terms("grounds")
        clock.now += 2 * vocabulary.RECHECK_SECONDS
        assert queries_of(lambda: vocabulary.terms("grounds")) == 1

    def test_a_listings_edit_reads_nothing_again(self) -> None:
        vocabulary.terms("grounds")
        before = vocabulary.snapshot()
        listing()
        assert vocabulary.snapshot() is before

    def test_forgetting_reads_everything_again(self) -> None:
        before = vocabulary.snapshot()
        vocabulary.forget()
        assert vocabulary.snapshot() is not before


class TestWhatItHolds:
    def test_terms(self) -> None:
        term(
            "concerns",
            "violence",
            label_de="Gewalt",
            label_en="Violence",
            synonyms={"de": ["Angriff"], "": ["assault"]},
            extra={"facts": {"what": ["violence"]}},
        )
        found = vocabulary.terms("concerns")["violence"]
        assert found.labels == {"de": "Gewalt", "en": "Violence"}
        assert found.synonyms == {"de": ("Angriff",), "": ("assault",)}
        assert found.extra == {"facts": {"what": ["violence"]}}

    def test_terms_stand_in_their_order(self) -> None:
        for order, slug in enumerate(["c", "a", "b"]):
            term("grounds", slug, order=order)
        assert list(vocabulary.terms("grounds")) == ["c", "a", "b"]
        assert vocabulary.choices("grounds") == [("c", "C"), ("a", "A"), ("b", "B")]

    def test_areas(self) -> None:
        land = area("nrw", level="land")
        area("duesseldorf", land, aliases=["Dorf"], quarters=["Bilk"], postcodes=["40210"])
        tree = vocabulary.area_tree()
        assert tree.contains("nrw", "duesseldorf")
        found = tree.areas["duesseldorf"]
        assert (found.aliases, found.quarters, found.postcodes) == (("Dorf",), ("Bilk",), ("40210",))

    def test_the_home_area(self) -> None:
        assert vocabulary.home_area() == ""
        Configuration(pk=1, home_area="jena").save()
        assert vocabulary.home_area() == "jena"

    def test_an_unknown_code_is_shown_as_it_is(self) -> None:
        for found in (vocabulary.label("grounds", "nobody"), vocabulary.area_name("nowhere")):
            assert found.text in ("nobody", "nowhere")

    @pytest.mark.parametrize(("active", "expected"), [("en", "Racism"), ("ar", "Rassismus"), ("de", "Rassismus")])
    def test_labels_follow_the_readers_language(self, active: str, expected: str) -> None:
        term("grounds", "racism", label_de="Rassismus", label_en="Racism")
        with translation.override(active):
            assert vocabulary.label("grounds", "racism").text == expected
            assert dict(vocabulary.choices("grounds")) == {"racism": expected}

    def test_names_of_several_are_those_of_each(self) -> None:
        term("grounds", "racism", label_de="Rassismus", label_en="Racism")
        area("jena", name_de="Jena", name_en="Jena (Saale)")
        for active in ("en", "de", "ar", "en"):
            with translation.override(active):
                for named in (["racism", "nobody"], [], ["racism", "racism"]):
                    each = tuple(vocabulary.label("grounds", slug) for slug in named)
                    assert vocabulary.labels("grounds", named) == each
                assert vocabulary.labels("areas", ["jena"]) == (vocabulary.area_name("jena"),)
                assert vocabulary.area_name("jena").is_fallback == (active == "ar")

    def test_a_name_that_was_shown_before_is_new_with_its_edit(self) -> None:
        made, place = term("grounds", "racism", label_de="Rassismus"), area("jena", name_de="Jena")
        assert vocabulary.labels("grounds", ["racism"])[0].text == "Rassismus"
        assert vocabulary.area_name("jena").text == "Jena"
        made.label_en, place.name_en = "Racism", "Jena (Saale)"
        made.save()
        place.save()
        assert vocabulary.labels("grounds", ["racism"])[0].text == "Racism"
        assert vocabulary.area_name("jena").text == "Jena (Saale)"

    def test_listings_are_a_vocabulary_of_their_own(self) -> None:
        listing()
        assert vocabulary.choices("listings") == [("advice", "Beratung")]


class TestCodes:
    def test_a_round_trip(self) -> None:
        term("grounds", "racism")
        term("grounds", "gender")
        entry = unsaved_listing(grounds=["racism", "gender"])
        entry.full_clean()
        entry.save()
        entry.refresh_from_db()
        assert entry.grounds == ["racism", "gender"]

    def test_an_unknown_code_is_refused_by_name(self) -> None:
        term("grounds", "racism")
        with pytest.raises(ValidationError) as problem:
            unsaved_listing(grounds=["racism", "nonsense"]).full_clean()
        assert set(problem.value.message_dict) == {"grounds"}
        assert "nonsense" in str(problem.value)
        assert "racism" not in str(problem.value)

    @pytest.mark.parametrize("wrong", ["racism", {"racism": 1}, [1], [["racism"]], [None]])
    def test_only_lists_of_codes_are_taken(self, wrong: Any) -> None:
        with pytest.raises(ValidationError, match="list of codes"):
            unsaved_listing(grounds=wrong).full_clean()

    @pytest.mark.parametrize("wrong", ["x", {"x": 1}, [1]])
    def test_only_lists_of_words_are_taken(self, wrong: Any) -> None:
        with pytest.raises(ValidationError, match="list of words"):
            unsaved_listing(aliases=wrong).full_clean()

    def test_a_single_code(self) -> None:
        area("jena")
        unsaved_listing(belongs_to_area="jena").full_clean()
        unsaved_listing(belongs_to_area="").full_clean()
        with pytest.raises(ValidationError, match="atlantis"):
            unsaved_listing(belongs_to_area="atlantis").full_clean()

    def test_an_unknown_code_stays_selectable(self) -> None:
        """Else the next save would drop it in silence."""
        term("grounds", "racism")
        field = grounds_field()
        assert field.prepare_value(["racism", "nonsense"]) == ["racism", "nonsense"]
        assert [code for code, _label in field.widget.choices] == ["racism", "nonsense"]

    def test_a_known_one_is_offered_once(self) -> None:
        term("grounds", "racism")
        field = grounds_field()
        field.prepare_value(["racism"])
        assert [code for code, _label in field.widget.choices] == ["racism"]

    def test_every_coded_field_names_a_vocabulary_that_is_shipped(self) -> None:
        from django.apps import apps

        from directory.models.codes import CodeField, CodesField
        from directory.vocabulary_files import shipped

        known = {*shipped(), "areas", "listings"}
        fields = [
            field
            for model in apps.get_models()
            for field in model._meta.concrete_fields
            if isinstance(field, CodeField | CodesField)
        ]
        assert len(fields) > 20
        assert {field.vocabulary for field in fields} <= known


class TestTerms:
    @pytest.mark.parametrize("synonyms", [[], "x", {"de": "x"}, {"de": [1]}, {"xx": ["x"]}, {"de": None}])
    def test_synonyms_of_a_broken_shape_are_refused(self, synonyms: Any) -> None:
        with pytest.raises(ValidationError):
            Term(vocabulary="grounds", slug="racism", label_de="R", synonyms=synonyms).full_clean()

    @pytest.mark.parametrize("extra", [[], "x", 1])
    def test_further_facts_of_a_broken_shape_are_refused(self, extra: Any) -> None:
        with pytest.raises(ValidationError):
            Term(vocabulary="grounds", slug="racism", label_de="R", extra=extra or [1]).full_clean()

    def test_a_broader_term_must_be_in_the_same_vocabulary(self) -> None:
        term("topics", "elsewhere")
        term("grounds", "racism")
        Term(vocabulary="grounds", slug="narrower", parent="racism", also_under=["racism"]).full_clean()
        for broken in ({"parent": "elsewhere"}, {"parent": "narrower"}, {"also_under": ["elsewhere"]}):
            with pytest.raises(ValidationError, match="no other term"):
                Term(vocabulary="grounds", slug="narrower", **broken).full_clean()


class TestAreas:
    def test_a_loop_is_refused(self) -> None:
        top = area("top")
        middle = area("middle", top)
        low = area("low", middle)
        top.parent = low
        with pytest.raises(ValidationError, match="within itself"):
            top.full_clean()

    def test_a_loop_that_got_in_hangs_nothing(self) -> None:
        one = area("one")
        two = area("two", one)
        models.QuerySet(Area).filter(pk=one.pk).update(parent=two)
        vocabulary.forget()
        assert vocabulary.area_tree().contains("one", "two")
        with pytest.raises(ValidationError):
            stored(one).full_clean()
        with pytest.raises(ValidationError):
            Area(slug="three", level="city", parent=stored(two)).full_clean()

    def test_organisations_do_not_disturb(self) -> None:
        organisation()
        assert not vocabulary.area_tree().areas
