"""A code that entries still name cannot be deleted, whoever tries."""

from typing import Any

import pytest
from django.db import transaction

from directory.models import Area, CompetenceRow, Configuration, Exclusion, Listing, Place, Term
from directory.models.uses import StillUsed, uses
from tests.integration.directory.making import area, listing, new_changes, organisation, term

pytestmark = pytest.mark.django_db


def delete(entry: Any) -> None:
    with transaction.atomic():
        entry.delete()


class TestTerms:
    def test_a_free_one_goes(self) -> None:
        term("grounds", "racism").delete()
        assert not Term.objects.exists()

    def test_one_that_a_listing_names_stays_and_says_why(self) -> None:
        racism = term("grounds", "racism", label_de="Rassismus")
        listing(grounds=["racism"], title_de="Rat und Tat")
        with new_changes() as rows, pytest.raises(StillUsed, match=r"Rassismus.*Rat und Tat"):
            delete(racism)
        assert rows == []
        assert Term.objects.filter(pk=racism.pk).exists()

    def test_the_same_slug_of_another_vocabulary_goes(self) -> None:
        listing(grounds=["racism"])
        term("topics", "racism").delete()

    def test_part_of_a_slug_is_no_use(self) -> None:
        listing(grounds=["racism_at_work"])
        term("grounds", "racism").delete()

    @pytest.mark.parametrize(
        "child", [CompetenceRow(what=["insult"]), Exclusion(what=["insult"], strength="hard")]
    )
    def test_one_that_a_referral_rule_names_stays(self, child: Any) -> None:
        child.pk, child.listing = None, listing(title_de="Rat und Tat")
        child.save()
        with pytest.raises(StillUsed, match="Rat und Tat"):
            delete(term("what", "insult"))

    def test_a_single_code_counts(self) -> None:
        listing(role="first_contact")
        with pytest.raises(StillUsed):
            delete(term("roles", "first_contact"))

    @pytest.mark.parametrize("link", [{"parent": "broad"}, {"also_under": ["broad"]}])
    def test_one_with_narrower_terms_stays(self, link: dict[str, Any]) -> None:
        broad = term("topics", "broad")
        narrow = term("topics", "narrow", label_de="Enger", **link)
        with pytest.raises(StillUsed, match="Enger"):
            delete(broad)
        delete(narrow)
        delete(broad)

    def test_deleting_many_is_refused_as_a_whole(self) -> None:
        listing(grounds=["racism"])
        term("grounds", "free")
        term("grounds", "racism")
        with pytest.raises(StillUsed):
            Term.objects.all().delete()
        assert Term.objects.count() == 2

    def test_a_long_list_of_users_is_cut(self) -> None:
        house = organisation()
        for number in range(9):
            listing(f"advice-{number}", organisation=house, grounds=["racism"], title_de=f"Rat {number}")
        with pytest.raises(StillUsed) as problem:
            delete(term("grounds", "racism"))
        assert str(problem.value.args[0]).count("Rat ") == 5
        assert "…" in str(problem.value.args[0])


class TestAreas:
    @pytest.mark.parametrize(
        "use", [{"areas_served": ["jena"]}, {"belongs_to_area": "jena"}], ids=["served", "belongs to"]
    )
    def test_one_that_a_listing_names_stays(self, use: dict[str, Any]) -> None:
        jena = area("jena")
        listing(**use)
        with pytest.raises(StillUsed, match="Beratung"):
            delete(jena)
        assert Area.objects.filter(pk=jena.pk).exists()

    def test_one_of_a_place_stays(self) -> None:
        Place(listing=listing(), name="Laden", areas=["jena"]).save()
        with pytest.raises(StillUsed):
            delete(area("jena"))

    def test_the_home_area_stays(self) -> None:
        Configuration(pk=1, home_area="jena").save()
        with pytest.raises(StillUsed):
            delete(area("jena"))


class TestUses:
    def test_a_listing_that_names_a_code_twice_is_one_user(self) -> None:
        entry = listing(areas_served=["jena"])
        CompetenceRow(listing=entry, areas=["jena"], outside_areas=["jena"]).save()
        assert uses("areas", "jena") == [entry]

    def test_where_a_listing_is_sent_to(self) -> None:
        house = organisation()
        one, two = listing("one", organisation=house), listing("two", organisation=house)
        Exclusion(listing=one, strength="hard", then_go_to=["two"]).save()
        assert uses("listings", "two") == [one]
        assert uses("listings", "one") == []
        assert isinstance(two, Listing)

    def test_nobody(self) -> None:
        listing()
        assert uses("grounds", "racism") == []
