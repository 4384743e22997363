"""What the database itself refuses, even where no form and no check ran."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from directory.languages import SHIPPED
from directory.models import (
    Area,
    Change,
    Configuration,
    EventDate,
    Followed,
    FollowedQuerySet,
    Listing,
    Organisation,
    SpokenLanguage,
    Term,
)
from tests.integration.directory.making import area, listing, organisation, term, unsaved_listing

pytestmark = pytest.mark.django_db


def save_raw(entry: models.Model) -> None:
    """As a fixture would be loaded: past every save() of ours."""
    with transaction.atomic():
        models.Model.save_base(entry, raw=True)


@pytest.mark.parametrize(
    "broken",
    [
        {"audience": ""},
        {"audience": "everybody"},
        {"kind": ""},
        {"kind": "shop"},
        {"source_language": ""},
        {"source_language": "tlh"},
        {"slug": ""},
        {"organisation": None},
        {"audience": None},
        {"kind": None},
        {"source_language": None},
    ],
    ids=lambda broken: "=".join(map(str, *broken.items())),
)
class TestListings:
    def test_refused_by_save(self, broken: dict[str, Any]) -> None:
        entry = unsaved_listing()
        for name, value in broken.items():
            setattr(entry, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            entry.save()
        assert not Listing.objects.exists()

    def test_refused_past_save(self, broken: dict[str, Any]) -> None:
        entry = unsaved_listing()
        for name, value in broken.items():
            setattr(entry, name, value)
        with pytest.raises(IntegrityError):
            save_raw(entry)

    def test_refused_later(self, broken: dict[str, Any]) -> None:
        entry = listing()
        for name, value in broken.items():
            setattr(entry, name, value)
        with pytest.raises(IntegrityError):
            save_raw(entry)


def test_what_is_complete_is_taken() -> None:
    save_raw(unsaved_listing())
    assert Listing.objects.count() == 1


@pytest.mark.parametrize("code", SHIPPED)
def test_every_shipped_language_can_be_a_source(code: str) -> None:
    save_raw(unsaved_listing(source_language=code))


class TestOthers:
    @pytest.mark.parametrize(
        "entry",
        [
            Organisation(slug="", name_de="Haus"),
            Area(slug="", level="city"),
            Term(vocabulary="", slug="racism"),
            Term(vocabulary="grounds", slug=""),
            Configuration(pk=2),
        ],
        ids=repr,
    )
    def test_without_what_names_it(self, entry: models.Model) -> None:
        with pytest.raises(IntegrityError):
            save_raw(entry)

    def test_slugs_are_taken_once(self) -> None:
        term("grounds", "racism")
        term("topics", "racism")
        with pytest.raises(IntegrityError):
            save_raw(Term(vocabulary="grounds", slug="racism"))
        listing()
        with pytest.raises(IntegrityError):
            save_raw(unsaved_listing())

    def test_an_area_is_not_its_own_parent(self) -> None:
        jena = area("jena")
        jena.parent = jena
        with pytest.raises(IntegrityError):
            save_raw(jena)

    def test_a_language_is_named_once_per_listing(self) -> None:
        entry = listing()
        SpokenLanguage(listing=entry, language="tr").save()
        with pytest.raises(IntegrityError):
            save_raw(SpokenLanguage(listing=entry, language="tr"))

    def test_a_date_does_not_end_before_it_starts(self) -> None:
        now = timezone.now()
        entry = listing()
        save_raw(EventDate(listing=entry, starts_at=now, ends_at=now))
        with pytest.raises(IntegrityError):
            save_raw(EventDate(listing=entry, starts_at=now, ends_at=now - timedelta(hours=1)))

    def test_an_organisation_with_listings_stays(self) -> None:
        house = listing().organisation
        with pytest.raises(ProtectedError), transaction.atomic():
            house.delete()
        assert Organisation.objects.filter(pk=house.pk).exists()

    def test_an_area_with_areas_in_it_stays(self) -> None:
        thueringen = area("thueringen", level="land")
        area("jena", thueringen)
        with pytest.raises(ProtectedError), transaction.atomic():
            thueringen.delete()


def followed_models() -> list[type[Any]]:
    from django.apps import apps

    return [model for model in apps.get_models() if issubclass(model, Followed)]


@pytest.mark.parametrize("model", followed_models(), ids=lambda model: model.__name__)
class TestWaysPastTheLog:
    """update() and its kind write no change row, so they do not exist."""

    def test_are_refused(self, model: type[Any]) -> None:
        ways: list[Callable[[], Any]] = [
            lambda: model.objects.update(pk=1),
            lambda: model.objects.filter(pk=1).update(pk=1),
            lambda: model.objects.bulk_create([]),
            lambda: model.objects.bulk_update([], ["id"]),
            lambda: model._default_manager.all().update(pk=1),
        ]
        for way in ways:
            with pytest.raises(TypeError, match="change row"):
                way()
        assert not Change.objects.exists()

    def test_followed_is_first_to_save_and_to_delete(self, model: type[Any]) -> None:
        """Wagtail's and modelcluster's own save must run within it."""
        order = [base for base in model.__mro__ if {"save", "delete"} & base.__dict__.keys()]
        ours = [base for base in order if base.__module__.startswith(("directory.", "wegweiser."))]
        assert order[: len(ours)] == ours
        assert Followed in ours
        writes: Any = type(model._default_manager.all())
        for refused in ("update", "bulk_create", "bulk_update"):
            assert getattr(writes, refused) is getattr(FollowedQuerySet, refused)


def test_related_managers_are_refused_as_well() -> None:
    entry = listing()
    with pytest.raises(TypeError, match="change row"):
        entry.organisation.listings.update(needs_check=True)
    with pytest.raises(TypeError, match="change row"):
        organisation("other").listings.bulk_create([])
