"""The table of docs/roles.md, line by line in every role: what it says is what happens."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from wagtail.models import GroupApprovalTask, GroupPagePermission, Page, Workflow

from directory.models import Listing
from tests.integration.directory.making import person, stored, undone
from tests.integration.editing.posting import post, url
from tests.integration.staff.world import World, again, member
from wegweiser import roles

pytestmark = pytest.mark.django_db

PAGE = Path(__file__).resolve().parents[3] / "docs/roles.md"


def table() -> dict[str, dict[str, bool]]:
    """{line: {role: may}}"""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if re.match(r"\| \w", line)
    ]
    (_first, *names), *lines = rows
    assert all(set(cells) <= {"yes", "–"} for _line, *cells in lines)
    return {line: dict(zip(names, [cell == "yes" for cell in cells], strict=True)) for line, *cells in lines}


Try = Callable[[Client, World], bool]


def opens(*addresses: str) -> Try:
    return lambda client, world: all(client.get(address).status_code == 200 for address in addresses)


def listing_page(view: str, *more: Any) -> Try:
    return lambda client, world: (
        client.get(url("listing", view, world.kinds["listing"].live.pk, *more)).status_code == 200
    )


def newest(entry: Any) -> Any:
    return stored(entry).get_latest_revision_as_object()


def reads(client: Client, world: World) -> bool:
    internal = stored(world.kinds["listing"].live)
    internal.internal_only = True
    internal.save()
    return listing_page("inspect")(client, world)


def changes(client: Client, world: World) -> bool:
    entry = world.kinds["organisation"].live
    post(client, url("organisation", "edit", entry.pk), website="https://changed.example/")
    changed = bool(newest(entry).website == "https://changed.example/")
    assert opens(url("listing", "add"))(client, world) is changed
    return changed


def writes_texts(client: Client, world: World) -> bool:
    entry = world.kinds["listing"].live
    post(client, url("listing", "edit", entry.pk), title_en="In English", title_de="Auf Deutsch")
    found = newest(entry)
    return bool((found.title_en, found.title_de) == ("In English", "Auf Deutsch"))


def submits(client: Client, world: World) -> bool:
    entry = world.kinds["listing"].hidden
    post(client, url("listing", "edit", entry.pk), "submit")
    return bool(stored(entry).workflow_in_progress)


def publishes(client: Client, world: World) -> bool:
    kind = world.kinds["listing"]
    client.post(url("listing", "workflow_action", kind.waiting.pk, "approve", kind.task_state.pk), {"comment": ""})
    post(client, url("listing", "edit", kind.hidden.pk), "publish")
    approved, published = not stored(kind.waiting).workflow_in_progress, stored(kind.hidden).live
    assert approved is published
    return bool(published)


def takes_off(client: Client, world: World) -> bool:
    entry = world.kinds["listing"].live
    client.post(url("listing", "unpublish", entry.pk))
    return not stored(entry).live


def deletes(client: Client, world: World) -> bool:
    entry = world.kinds["listing"].live
    client.post(url("listing", "delete", entry.pk))
    return not Listing.objects.filter(pk=entry.pk).exists()


def confirms(client: Client, world: World) -> bool:
    entry = world.kinds["listing"].live
    client.post(f"/admin/bulk/directory/listing/confirm/?id={entry.pk}")
    return bool(stored(entry).last_confirmed_on)


def brings_back(client: Client, world: World) -> bool:
    kind = world.kinds["listing"]
    return listing_page("revisions_revert", kind.draft.pk)(client, world)


def takes_pages_off(client: Client, world: World) -> bool:
    page = world.pages.live
    client.post(f"/admin/pages/{page.pk}/unpublish/")
    return not stored(page).live


def writes_pages(client: Client, world: World) -> bool:
    parent = Page.objects.get(pk=world.pages.live.pk).get_parent()
    return opens(f"/admin/pages/add/pages/textpage/{parent.pk}/", "/admin/images/add/")(client, world)


TRIES: dict[str, Try] = {
    "read what is published, also what is internal": reads,
    "read drafts and their history": listing_page("history"),
    "make entries and change them": changes,
    "write texts in all languages": writes_texts,
    "submit a draft for review": submits,
    "approve and publish": publishes,
    "take off the public pages": takes_off,
    "delete entries": deletes,
    "confirm many listings at once": confirms,
    "bring an earlier version back": brings_back,
    "take translations out as a workbook": opens("/admin/translations/en/export/"),
    "write pages and add pictures": writes_pages,
    "take pages off": takes_pages_off,
    "read the history of the whole site": opens("/admin/reports/site-history/"),
    "change what the guide assumes": opens("/admin/referral-guides/"),
    "change users and their roles": opens("/admin/users/new/", "/admin/groups/new/"),
    "change the configuration": opens("/admin/configuration/edit/1/"),
    "change workflows": opens("/admin/workflows/list/", "/admin/workflows/add/"),
}


@pytest.fixture
def world(db: None) -> World:
    return again()


def test_the_table_has_every_role_and_every_line_is_tried() -> None:
    found = table()
    assert found.keys() == TRIES.keys()
    assert all(set(cells) == {role.name for role in roles.ROLES} for cells in found.values())


LETTER = {
    roles.ADMINISTRATOR: "A",
    roles.REVIEWER: "R",
    roles.EDITOR: "E",
    roles.TRANSLATOR: "T",
    roles.PARTNER: "P",
}


@pytest.mark.parametrize("line", TRIES)
def test_what_the_table_says_is_what_happens(world: World, line: str) -> None:
    for role, may in table()[line].items():
        client = Client()
        client.force_login(world.people[LETTER[role]])
        with undone():
            assert TRIES[line](client, world) is may, f"{role} may {'not ' * may}{line}"


class TestInstalling:
    def test_again_changes_nothing(self, world: World) -> None:
        def rows() -> list[Any]:
            return [
                sorted(Group.permissions.through.objects.values_list("group__name", "permission__codename")),
                sorted(GroupPagePermission.objects.values_list("group__name", "permission__codename")),
                Workflow.objects.count(),
                GroupApprovalTask.objects.count(),
            ]

        before = rows()
        roles.install()
        assert rows() == before

    def test_rights_that_somebody_took_or_gave_are_those_of_the_table_again(self, world: World) -> None:
        editor = Group.objects.get(name=roles.EDITOR)
        before = set(editor.permissions.all())
        editor.permissions.set(Permission.objects.filter(codename__in=["publish_listing", "access_admin"]))
        roles.install()
        assert set(editor.permissions.all()) == before

    def test_a_citys_own_groups_stay(self, world: World) -> None:
        own = Group.objects.create(name="Choir")
        own.permissions.set(Permission.objects.filter(codename="publish_listing"))
        roles.install()
        assert [found.codename for found in own.permissions.all()] == ["publish_listing"]

    def test_a_workflow_that_a_city_changed_stays(self, world: World) -> None:
        task = GroupApprovalTask.objects.get(name="Review")
        task.name, task.active = "Vier Augen", False
        task.save()
        roles.install()
        assert GroupApprovalTask.objects.filter(groups__name=roles.REVIEWER).count() == 1
        assert not GroupApprovalTask.objects.get(pk=task.pk).active

    def test_no_role_is_a_superuser_or_may_write_the_change_log(self, world: World) -> None:
        for role in roles.ROLES:
            user = User.objects.get(pk=world.people[LETTER[role.name]].pk)
            assert not user.is_superuser
            assert not user.has_perm("directory.change_change")

    def test_nobody_without_a_role_has_a_right(self, db: None) -> None:
        roles.install()
        assert not person("eve").get_all_permissions()
        assert member(roles.PARTNER).has_perm("wagtailadmin.access_admin")
