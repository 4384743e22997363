"""What others name by its code stays on the site, whichever way somebody tries, and the words say who names it."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.utils import timezone, translation
from wagtail.models import ModelLogEntry

from directory.models import Area, Listing, Term
from directory.models.uses import StillUsed
from directory.vocabulary import choices
from tests.integration.directory.making import area, listing, new_changes, stored, term
from tests.integration.editing.posting import form_on, post, problems, saved, url

pytestmark = pytest.mark.django_db

SOON = timedelta(hours=1)


def told(response: Any) -> str:
    with translation.override("en"):
        return "\n".join(str(message) for message in get_messages(response.wsgi_request))


def used_term() -> Any:
    found = term("grounds", "racism", label_de="Rassismus")
    listing(grounds=["racism"], title_de="Rat und Tat")
    return found


def used_area() -> Any:
    found = area("jena", name_de="Jena")
    listing(areas_served=["jena"], title_de="Rat und Tat")
    return found


USED = [("term", used_term, "Rassismus"), ("area", used_area, "Jena")]
each_kind = pytest.mark.parametrize(("model", "make", "name"), USED, ids=["term", "area"])


@each_kind
class TestRefused:
    def test_in_the_admin(self, admin: Client, model: str, make: Any, name: str) -> None:
        entry = make()
        with new_changes() as rows:
            response = admin.post(url(model, "unpublish", entry.pk))
        assert response.headers["Location"] == url(model, "edit", entry.pk)
        assert name in told(response)
        assert "Rat und Tat" in told(response)
        assert rows == []
        assert stored(entry).live
        assert not ModelLogEntry.objects.filter(action="wagtail.unpublish").exists()

    def test_by_a_save(self, model: str, make: Any, name: str) -> None:
        entry = make()
        entry.live = False
        with pytest.raises(StillUsed, match=rf"{name}.*Rat und Tat"):
            entry.save()
        assert stored(entry).live

    def test_in_a_form_with_a_last_day(self, admin: Client, model: str, make: Any, name: str) -> None:
        entry = make()
        last_day = (timezone.localtime() + SOON).strftime("%Y-%m-%d %H:%M")
        for action in ("", "publish"):
            refused = problems(post(admin, url(model, "edit", entry.pk), action, expire_at=last_day))
            assert "Rat und Tat" in refused
        assert stored(entry).expire_at is None

    def test_by_the_clock_it_stays_and_the_history_says_why(
        self, admin: Client, model: str, make: Any, name: str
    ) -> None:
        """The last day was set before anybody named it."""
        entry = make()
        entry.expire_at = timezone.now() - SOON
        entry.save()
        call_command("publish_scheduled")
        call_command("publish_scheduled")
        assert stored(entry).live
        assert stored(entry).expire_at is None
        assert ModelLogEntry.objects.filter(action="wegweiser.still_used").count() == 1
        assert "Rat und Tat" in admin.get(url(model, "history", entry.pk)).content.decode()

    def test_the_clock_goes_on_with_the_others(self, model: str, make: Any, name: str) -> None:
        entry, free = make(), term("grounds", "free")
        for each in (entry, free):
            each.expire_at = timezone.now() - SOON
            each.save(update_fields=["expire_at"])
        call_command("publish_scheduled")
        assert (stored(entry).live, stored(free).live) == (True, False)


class TestTaken:
    @pytest.mark.parametrize("model", ["term", "area"])
    def test_what_nobody_names(self, admin: Client, model: str) -> None:
        entry: Any = term("grounds", "racism") if model == "term" else area("jena")
        saved(admin.post(url(model, "unpublish", entry.pk)))
        assert not stored(entry).live
        saved(post(admin, url(model, "edit", entry.pk), "publish"))
        assert stored(entry).live

    def test_a_draft_of_a_used_one_is_saved_and_published(self, admin: Client) -> None:
        entry = used_term()
        saved(post(admin, url("term", "edit", entry.pk), label_en="Racism"))
        saved(post(admin, url("term", "edit", entry.pk), "publish"))
        assert stored(entry).label_en == "Racism"

    def test_the_next_version_of_a_used_one_may_wait_for_its_hour(self, admin: Client) -> None:
        entry = used_term()
        later = (timezone.localtime() + SOON).strftime("%Y-%m-%d %H:%M")
        saved(post(admin, url("term", "edit", entry.pk), "publish", label_en="Racism", go_live_at=later))
        assert stored(entry).live
        assert not stored(entry).label_en

    def test_a_draft_that_was_never_public_may_be_saved_though_a_listing_names_it(self) -> None:
        entry = term("grounds", "new", live=False)
        listing(grounds=["new"])
        entry.order = 3
        entry.save()
        assert stored(entry).order == 3


class TestBroaderOnes:
    @pytest.mark.parametrize("link", [{"parent": "broad"}, {"also_under": ["broad"]}])
    def test_a_term_with_narrower_ones_stays(self, link: dict[str, Any]) -> None:
        broad = term("topics", "broad")
        term("topics", "narrow", label_de="Enger", **link)
        broad.live = False
        with pytest.raises(StillUsed, match="Enger"):
            broad.save()

    def test_an_area_with_areas_in_it_stays(self) -> None:
        land = area("thueringen")
        area("jena", land)
        land.live = False
        with pytest.raises(StillUsed, match="Jena"):
            land.save()

    @pytest.mark.parametrize("link", [{"parent": "broad"}, {"also_under": ["broad"]}])
    def test_a_term_under_one_that_is_not_public_is_refused(self, link: dict[str, Any]) -> None:
        term("topics", "broad", live=False)
        narrow = Term(vocabulary="topics", slug="narrow", label_de="Enger", **link)
        with translation.override("en"), pytest.raises(ValidationError, match=r"broad.*not published"):
            narrow.full_clean()

    def test_an_area_in_one_that_is_not_public_is_refused_in_the_form(self, admin: Client) -> None:
        land = area("thueringen", level="land", live=False)
        response = post(admin, url("area", "add"), slug="jena", level="city", name_de="Jena", parent=land.pk)
        assert "“Thueringen” is not published" in problems(response)
        assert not Area.objects.filter(slug="jena").exists()


class TestCodesOfUnpublishedTerms:
    def entry(self) -> Listing:
        term("grounds", "racism", label_de="Rassismus")
        term("grounds", "old", label_de="Früher", live=False)
        return listing(grounds=["old"])

    def test_they_are_not_offered(self) -> None:
        self.entry()
        assert choices("grounds") == [("racism", "Rassismus")]
        assert "old" not in str(form_on(url("listing", "add"))["grounds"])

    def test_who_has_one_sees_its_name_and_keeps_it(self, admin: Client) -> None:
        entry = self.entry()
        with translation.override("en"):
            shown = str(form_on(url("listing", "edit", entry.pk))["grounds"])
        assert "Früher (not published)" in shown
        saved(post(admin, url("listing", "edit", entry.pk), "publish", title_de="Neu"))
        assert (stored(entry).title_de, stored(entry).grounds) == ("Neu", ["old"])
        saved(post(admin, url("listing", "edit", entry.pk), "publish", grounds=["racism"]))
        assert stored(entry).grounds == ["racism"]

    def test_an_area_alike(self, admin: Client) -> None:
        area("jena", name_de="Jena", live=False)
        entry = listing(areas_served=["jena"], belongs_to_area="jena")
        saved(post(admin, url("listing", "edit", entry.pk), "publish"))
        assert (stored(entry).areas_served, stored(entry).belongs_to_area) == (["jena"], "jena")
