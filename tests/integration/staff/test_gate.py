"""The gate before the views of entries: what does not belong together is not found, and texts are texts."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import SnippetViewSet

from directory.editing.gate import policy_of
from directory.editing.policy import EntryPolicy
from directory.languages import SHIPPED, column
from directory.models import Listing, Organisation, translated_fields
from tests.integration.directory.making import new_changes, person, stored
from tests.integration.editing.posting import form_on, shown, url
from tests.integration.staff.world import SECRET, World, again
from wegweiser import roles
from wegweiser.staff.areas import AREAS, may_enter

pytestmark = pytest.mark.django_db

OF_REFERRALS = ("deadline", "note", "question")
KINDS = ("listing", "organisation", "term", "area", *OF_REFERRALS)


@pytest.fixture
def world(db: None) -> World:
    return again()


def address(kind: str, view: str, *args: Any) -> str:
    app = "referrals" if kind in OF_REFERRALS else "directory"
    return reverse(f"wagtailsnippets_{app}_{kind}:{view}", args=args)


def as_(world: World, letter: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.people[letter])
    return client


class TestBelonging:
    @pytest.mark.parametrize("kind", KINDS)
    def test_a_version_of_another_entry_is_not_found(self, world: World, kind: str) -> None:
        own, other = world.kinds[kind].live, world.kinds["term" if kind != "term" else "area"]
        client = as_(world, "A")
        foreign = other.draft.pk
        for view in ("revisions_view", "revisions_revert", "revisions_unschedule"):
            for method in (client.get, client.post):
                assert method(address(kind, view, own.pk, foreign)).status_code == 404, view
        compare = address(kind, "revisions_compare", own.pk, "live", foreign)
        assert client.get(compare).status_code == 404

    @pytest.mark.parametrize("kind", KINDS)
    def test_a_step_of_another_entrys_workflow_is_not_found(self, world: World, kind: str) -> None:
        own, other = world.kinds[kind].live, world.kinds["term" if kind != "term" else "area"]
        client, task = as_(world, "R"), other.task_state
        for view in ("workflow_action", "collect_workflow_action_data"):
            answer = client.post(address(kind, view, own.pk, "approve", task.pk), {"comment": ""})
            assert answer.status_code == 404, view
        assert (
            client.get(address(kind, "workflow_history_detail", own.pk, task.workflow_state_id)).status_code == 404
        )
        assert stored(other.waiting).workflow_in_progress

    @pytest.mark.parametrize("key", [0, 10**15, 2**63])
    def test_a_number_that_is_none_is_not_found(self, world: World, key: int) -> None:
        client, own = as_(world, "A"), world.kinds["listing"].live
        assert client.get(address("listing", "edit", key)).status_code == 404
        assert client.get(address("listing", "revisions_view", own.pk, key)).status_code == 404


class TestReaders:
    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.parametrize("view", ["inspect", "edit", "history", "delete", "usage"])
    def test_an_unpublished_entry_does_not_exist_for_a_partner(self, world: World, kind: str, view: str) -> None:
        client = as_(world, "P")
        assert client.get(address(kind, view, world.kinds[kind].hidden.pk)).status_code == 404

    @pytest.mark.parametrize("kind", KINDS)
    def test_a_partner_reads_the_published_one(self, world: World, kind: str) -> None:
        page = as_(world, "P").get(address(kind, "inspect", world.kinds[kind].live.pk)).content.decode()
        assert SECRET not in page
        assert str(stored(world.kinds[kind].live)) in page

    def test_contacts_for_professionals_and_no_internal_note(self, world: World) -> None:
        entry = stored(world.kinds["listing"].live)
        entry.note = "Interner Vermerk"
        entry.contacts.create(kind="phone", value="0211 1234", audience="professionals")
        entry.places.create(address="Geheime Str. 1", visibility="hidden")
        entry.save()
        page = as_(world, "P").get(address("listing", "inspect", entry.pk)).content.decode()
        assert "0211 1234" in page
        assert "Interner Vermerk" not in page
        assert "Geheime" not in page

    def test_a_partner_finds_published_entries_only(self, world: World) -> None:
        def found(letter: str) -> set[int]:
            answer = as_(world, letter).get(address("listing", "list"))
            return {entry.pk for entry in answer.context["object_list"]}

        kind = world.kinds["listing"]
        assert found("P") == {kind.live.pk, kind.waiting.pk}
        assert found("T") == {kind.live.pk, kind.waiting.pk, kind.hidden.pk}


def texts(model: type[Any]) -> set[str]:
    return {column(field, code) for field in translated_fields(model) for code in SHIPPED}


class TestTranslators:
    @pytest.mark.parametrize("kind", KINDS)
    def test_a_forged_request_changes_texts_only(self, world: World, kind: str) -> None:
        """Everything that the editors' form takes is sent, and changed wherever it is a plain word."""
        entry = world.kinds[kind].live
        target = address(kind, "edit", entry.pk)
        before = stored(entry).get_latest_revision_as_object().serializable_data()
        forged = {name: "1" if value in ("", "0") else value for name, value in shown(form_on(target)).items()}
        forged |= {f"{name}-TOTAL_FORMS": "1" for name in getattr(form_on(target), "formsets", {})}
        text = next(iter(sorted(name for name in texts(type(entry)) if name.endswith("_en"))))
        answer = as_(world, "T").post(target, {**forged, text: "By the translator", "live": "", "slug": "taken"})
        assert answer.status_code == 302
        after = stored(entry).get_latest_revision_as_object().serializable_data()
        changed = {name for name in before if before[name] != after[name]}
        assert text in changed
        allowed = texts(type(entry)) | {"translation_state", "latest_revision", "has_unpublished_changes"}
        assert changed <= allowed | {"last_published_at", "latest_revision_created_at"}
        assert stored(entry).live

    def test_the_form_shows_languages_only(self, world: World) -> None:
        fields = set(
            as_(world, "T").get(url("listing", "edit", world.kinds["listing"].live.pk)).context["form"].fields
        )
        assert column("title", "en") in fields
        assert not fields & {"slug", "kind", "audience", "organisation", "internal_only", "note", "go_live_at"}

    @pytest.mark.parametrize("action", ["publish", "unpublish", "cancel-workflow"])
    def test_no_button_of_others_works(self, world: World, action: str) -> None:
        entry = world.kinds["listing"].hidden
        target = url("listing", "edit", entry.pk)
        as_(world, "T").post(target, {**shown(form_on(target)), f"action-{action}": "1"})
        assert not stored(entry).live

    def test_it_is_one_row_of_the_change_log(self, world: World) -> None:
        entry = world.kinds["listing"].live
        target = url("listing", "edit", entry.pk)
        with new_changes() as rows:
            as_(world, "T").post(target, {**shown(form_on(target)), "title_en": "Once"})
        assert [(model, slug) for model, slug, _action in rows] == [("listing", entry.slug)]


class TestPolicy:
    def test_every_kind_of_entry_has_it(self) -> None:
        for model in roles.entry_models():
            assert isinstance(policy_registry.get_by_type(model), EntryPolicy), model

    def test_a_kind_without_it_is_a_mistake_of_ours(self) -> None:
        with pytest.raises(TypeError, match="register"):
            policy_of(User)

    def test_every_view_of_a_viewset_stands_behind_the_gate(self) -> None:
        """Also those that a future Wagtail adds: all are built by construct_view."""
        for model in (Listing, Organisation):
            viewset: SnippetViewSet = model.snippet_viewset
            for pattern in viewset.get_urlpatterns():
                assert pattern.callback.__name__ == "gated", pattern

    def test_users_who_may_change_include_translators(self, world: World) -> None:
        policy = policy_of(Listing)
        names = set(policy.users_with_permission("change").values_list("username", flat=True))
        assert names == {"administrator", "reviewer", "editor", "translator"}


class TestAreas:
    @pytest.mark.parametrize("area", AREAS, ids=lambda area: area.start)
    def test_a_closed_area_answers_like_any_other_refusal(self, world: World, area: Any) -> None:
        page = as_(world, "P").get(area.start)
        assert (page.status_code, page.headers["Location"]) == (302, "/admin/")
        script = as_(world, "P").get(area.start, headers={"x-requested-with": "XMLHttpRequest"})
        assert (script.status_code, script.headers["Content-Type"]) == (403, "application/json")

    def test_what_no_area_names_is_left_to_its_own_view(self) -> None:
        assert may_enter(person("eve"), "/admin/users/")


class TestLimits:
    def test_a_form_that_is_too_large_is_refused(self, world: World) -> None:
        target = url("listing", "edit", world.kinds["listing"].live.pk)
        much = "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
        assert as_(world, "E").post(target, {"description_de": much}).status_code in (400, 413)

    def test_too_many_files_are_refused(self, world: World) -> None:
        from django.core.files.uploadedfile import SimpleUploadedFile

        many = settings.DATA_UPLOAD_MAX_NUMBER_FILES + 1
        files = {f"files-{number}": SimpleUploadedFile("a.png", b"a") for number in range(many)}
        assert as_(world, "E").post("/admin/images/add/", files).status_code == 400


@pytest.mark.parametrize("address", ["login/", "logout/", "password/reset/", "password/reset/done/", "inactive/"])
def test_sign_in_carries_the_headers_of_staff_pages(client: Client, db: None, address: str) -> None:
    answer = client.get(f"/admin/{address}", follow=True)
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    page = answer.content.decode()
    assert "onclick" not in page
    assert "allauth" not in page.lower()
