"""The form says at its top what an editor or reviewer has to know first."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from wagtail.models import GroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask
from wagtail.users.models import UserProfile

from directory.models import Area, Listing
from tests.integration.directory.making import area, listing, organisation, person, stored
from tests.integration.editing.posting import post, saved, url

pytestmark = pytest.mark.django_db

EDITING = ("access_admin", "view_listing", "add_listing", "change_listing")


@pytest.fixture
def reviewers() -> Group:
    """Every listing goes past a second pair of eyes."""
    group = Group.objects.create(name="Reviewers")
    task = GroupApprovalTask.objects.create(name="Review", active=True)
    task.groups.add(group)
    workflow = Workflow.objects.create(name="Review", active=True)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowContentType.objects.create(workflow=workflow, content_type=ContentType.objects.get_for_model(Listing))
    return group


def client_of(user: User) -> Client:
    UserProfile(user=user, preferred_language="en").save()
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def ed(db: None) -> Client:
    return client_of(person("ed", *EDITING))


@pytest.fixture
def dana(reviewers: Group) -> Client:
    user = person("dana", *EDITING, "publish_listing", "lock_listing", "unlock_listing")
    user.groups.add(reviewers)
    return client_of(user)


def edit(entry: Any) -> str:
    return url(entry._meta.model_name, "edit", entry.pk)


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def act(client: Client, entry: Any, action: str, comment: str = "") -> Any:
    state = stored(entry).current_workflow_task_state
    return client.post(url("listing", "workflow_action", entry.pk, action, state.pk), {"comment": comment})


class TestReview:
    def test_the_reviewer_is_led_to_what_changes(self, ed: Client, dana: Client) -> None:
        entry = listing()
        saved(post(ed, edit(entry), "submit", title_ar="استشارة"))
        compare = url("listing", "revisions_compare", entry.pk, "live", "latest")
        shown = page(dana, edit(entry))
        assert "waits for your review" in shown
        assert compare in shown
        assert "Title (Arabic)" in page(dana, compare)
        assert "waits for your review" not in page(ed, edit(entry))

    def test_what_was_never_public_has_nothing_to_compare_with(self, ed: Client, dana: Client) -> None:
        entry = listing(live=False)
        saved(post(ed, edit(entry), "submit"))
        shown = page(dana, edit(entry))
        assert "waits for your review" in shown
        assert url("listing", "revisions_compare", entry.pk, "live", "latest") not in shown

    def test_a_comment_reaches_the_editor_in_the_form_and_in_the_history(self, ed: Client, dana: Client) -> None:
        entry = listing()
        saved(post(ed, edit(entry), "submit", title_de="Neu"))
        act(dana, entry, "reject", "Bitte <b>kürzer</b>")
        shown = page(ed, edit(entry))
        assert "dana asks for changes: “Bitte &lt;b&gt;kürzer&lt;/b&gt;”" in shown
        assert "Bitte &lt;b&gt;kürzer" in page(ed, url("listing", "history", entry.pk))
        saved(post(ed, edit(entry), "submit", title_de="Kurz"))
        assert "asks for changes" not in page(ed, edit(entry))

    def test_without_a_comment(self, ed: Client, dana: Client) -> None:
        entry = listing()
        saved(post(ed, edit(entry), "submit", title_de="Neu"))
        act(dana, entry, "reject")
        assert "dana asks for changes." in page(ed, edit(entry))

    def test_the_comment_of_an_approval_is_in_the_history(self, ed: Client, dana: Client) -> None:
        entry = listing()
        saved(post(ed, edit(entry), "submit", title_de="Neu"))
        act(dana, entry, "approve", "Sehr schön")
        assert stored(entry).title_de == "Neu"
        assert "Sehr schön" in page(ed, url("listing", "history", entry.pk))
        assert "review" not in "".join(str(each) for each in ed.get(edit(entry)).context["messages"])

    def test_without_a_workflow_nothing_is_said(self, admin: Client) -> None:
        assert not list(admin.get(edit(listing())).context["messages"])


class TestWhatADraftNamesIsDeleted:
    def test_an_organisation(self, admin: Client) -> None:
        entry, gone = listing(), organisation("gone")
        entry.organisation, entry.title_de = gone, "Neu"
        entry.save_revision()
        gone.delete()
        shown = page(admin, edit(entry))
        assert "Organisation: what this version named has been deleted" in shown
        saved(post(admin, edit(entry), "publish"))
        assert (stored(entry).organisation.slug, stored(entry).title_de) == ("house", "Neu")
        assert "has been deleted" not in page(admin, edit(entry))

    def test_every_page_of_its_history_opens(self, admin: Client) -> None:
        entry, gone = listing(), organisation("gone")
        entry.organisation = gone
        draft = entry.save_revision()
        gone.delete()
        for view, *rest in (
            ("history",),
            ("revisions_compare", "live", "latest"),
            ("revisions_revert", draft.pk),
            ("revisions_view", draft.pk),
        ):
            page(admin, url("listing", view, entry.pk, *rest))

    def test_the_area_around_an_area(self, admin: Client) -> None:
        jena, gone = area("jena", area("thueringen")), area("gone")
        jena.parent = gone
        jena.save_revision()
        Area.objects.filter(slug="gone").delete()
        assert stored(jena).get_latest_revision_as_object().parent.slug == "thueringen"
        assert "has been deleted" in page(admin, edit(jena))

    def test_what_is_still_there_is_kept(self) -> None:
        entry, other = listing(), organisation("other")
        entry.organisation = other
        entry.save_revision()
        draft = stored(entry).get_latest_revision_as_object()
        assert (draft.organisation, draft.lost) == (other, ())
