"""Whatever happens to a page leaves its change row, also where Wagtail does it through its plain page."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.copy_page import CopyPageAction
from wagtail.models import Page

from tests.integration.directory.making import let_an_hour_pass, new_changes
from tests.integration.pages.making import click, edit_url, home, page, plain, stored
from wegweiser.pages.models import EditorialPage, TextPage

pytestmark = pytest.mark.django_db


def of_pages(rows: list[tuple[str, str, str]]) -> list[tuple[str, str]]:
    return [(slug, action) for model, slug, action in rows if model.startswith("pages.")]


class TestOwnSaves:
    def test_a_new_page(self) -> None:
        with new_changes() as rows:
            page("about")
        assert rows == [("pages.textpage", "about", "create")]

    def test_a_saved_page(self) -> None:
        found = page("about")
        with new_changes() as rows:
            found.heading_en = "About us"
            found.save()
        assert of_pages(rows) == [("about", "update")]

    def test_a_published_draft(self) -> None:
        found = page("about", live=False)
        with new_changes() as rows:
            found.save_revision().publish()
        assert ("about", "update") in of_pages(rows)

    def test_an_unpublished_page(self) -> None:
        found = page("about")
        with new_changes() as rows:
            found.unpublish()
        assert of_pages(rows) == [("about", "update")]

    def test_a_page_that_is_taken_back_to_an_older_state(self) -> None:
        found = page("about")
        old = found.save_revision()
        found.heading_de = "Neu"
        found.save_revision().publish()
        with new_changes() as rows:
            old.publish()
        assert ("about", "update") in of_pages(rows)
        assert stored(found).heading_de == "Über uns"

    def test_a_copy(self) -> None:
        found = page("about")
        page("team", parent=found)
        with new_changes() as rows:
            CopyPageAction(found, to=home(), update_attrs={"slug": "copy"}, recursive=True).execute()
        assert {row for row in of_pages(rows) if row[1] == "create"} == {("copy", "create"), ("team", "create")}


class TestThroughThePlainPage:
    def test_a_move(self) -> None:
        found, target = page("about"), page("target")
        with new_changes() as rows:
            plain(found).move(target, pos="last-child")
        assert ("about", "update") in of_pages(rows)
        assert stored(found).url_path.endswith("/target/about/")

    def test_a_move_changes_the_addresses_below(self) -> None:
        found, target = page("about"), page("target")
        page("team", parent=found)
        with new_changes() as rows:
            found.move(target, pos="last-child")
        assert {"about", "team"} <= {slug for slug, _action in of_pages(rows)}

    def test_a_new_order(self, admin: Client) -> None:
        page("first"), page("second")
        second = TextPage.objects.get(slug="second")
        address = reverse("wagtailadmin_pages:set_page_position", args=[second.pk])
        with new_changes() as rows:
            assert admin.post(f"{address}?position=0").status_code == 200
        assert of_pages(rows) == [("second", "update")]
        assert [each.slug for each in home().get_children()] == ["second", "first"]

    def test_a_plain_save(self) -> None:
        found = plain(page("about"))
        with new_changes() as rows:
            found.save()
        assert of_pages(rows) == [("about", "update")]

    def test_the_root_of_all_trees_is_none_of_ours(self) -> None:
        with new_changes() as rows:
            Page.objects.get(depth=1).save()
        assert rows == []

    def test_a_page_whose_time_is_over(self) -> None:
        found = page("about", expire_at=timezone.now() - timedelta(hours=1))
        with new_changes() as rows:
            call_command("publish_scheduled")
        assert of_pages(rows) == [("about", "update")]
        assert not stored(found).live

    def test_a_page_whose_time_has_come(self) -> None:
        found = page("about", live=False, go_live_at=timezone.now() + timedelta(hours=1))
        found.save_revision().publish()
        assert not stored(found).live
        let_an_hour_pass()
        with new_changes() as rows:
            call_command("publish_scheduled")
        assert of_pages(rows) == [("about", "update")]
        assert stored(found).live

    def test_a_new_word_in_the_address_changes_the_addresses_below(self) -> None:
        found = page("about")
        page("team", parent=found)
        with new_changes() as rows:
            found.slug = "we"
            found.save()
        assert {"we", "team"} == {slug for slug, _action in of_pages(rows)}


class TestDeleting:
    def below(self) -> Any:
        found = page("about")
        page("team", parent=found)
        return found

    def test_a_page_with_what_is_below_it(self) -> None:
        found = self.below()
        with new_changes() as rows:
            found.delete()
        assert sorted(of_pages(rows)) == [("about", "delete"), ("team", "delete")]
        assert not EditorialPage.objects.filter(slug__in=["about", "team"]).exists()

    def test_through_the_plain_page(self) -> None:
        found = plain(self.below())
        with new_changes() as rows:
            found.delete()
        assert sorted(of_pages(rows)) == [("about", "delete"), ("team", "delete")]

    def test_through_a_list_of_pages(self) -> None:
        self.below()
        with new_changes() as rows:
            TextPage.objects.filter(slug="about").delete()
        assert sorted(of_pages(rows)) == [("about", "delete"), ("team", "delete")]

    @pytest.mark.parametrize("method", ["update", "bulk_create", "bulk_update"])
    def test_writes_that_would_pass_by_are_refused(self, method: str) -> None:
        with pytest.raises(TypeError, match="change row"):
            getattr(TextPage.objects.all(), method)()


class TestClicks:
    def test_an_edit(self, admin: Client) -> None:
        found = page("about")
        with new_changes() as rows:
            click(admin, edit_url(found), "publish", heading_en="About us")
        assert ("about", "update") in of_pages(rows)
        assert stored(found).heading_en == "About us"

    @pytest.mark.parametrize("action", ["delete", "unpublish", "move"])
    def test_many_at_once(self, admin: Client, action: str) -> None:
        found = [page("one"), page("two")]
        target = page("target")
        query = "&".join(f"id={each.pk}" for each in found)
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        with new_changes() as rows:
            admin.post(f"{address}?{query}", {"chooser": target.pk})
        expected = "delete" if action == "delete" else "update"
        assert {("one", expected), ("two", expected)} <= set(of_pages(rows))

    def test_delete_one(self, admin: Client) -> None:
        found = page("about")
        with new_changes() as rows:
            admin.post(reverse("wagtailadmin_pages:delete", args=[found.pk]))
        assert of_pages(rows) == [("about", "delete")]

    def test_move_one(self, admin: Client) -> None:
        found, target = page("about"), page("target")
        with new_changes() as rows:
            admin.post(reverse("wagtailadmin_pages:move_confirm", args=[found.pk, target.pk]))
        assert ("about", "update") in of_pages(rows)

    def test_copy_one(self, admin: Client) -> None:
        found = page("about")
        address = reverse("wagtailadmin_pages:copy", args=[found.pk])
        with new_changes() as rows:
            admin.post(address, {"new_title": "Kopie", "new_slug": "copy", "new_parent_page": home().pk})
        assert ("copy", "create") in of_pages(rows)

    def test_a_copy_takes_no_address_of_the_site(self, admin: Client) -> None:
        found = page("about")
        address = reverse("wagtailadmin_pages:copy", args=[found.pk])
        data = {"new_title": "Kopie", "new_slug": "impressum", "new_parent_page": home().pk}
        response = admin.post(address, data)
        assert "impressum" in str(response.context["form"].errors["new_slug"])

    def test_who_did_it(self, admin: Client) -> None:
        from directory.models import Change

        found = page("about")
        click(admin, edit_url(found), "publish", heading_en="About us")
        newest = Change.objects.filter(slug="about").latest("id")
        assert newest.by == "chris"
