"""One submits in one language, another approves in another: nothing bleeds, and each click is one row."""

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils import translation
from wagtail.models import GroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask

from directory.models import Listing
from tests.integration.directory.making import listing, new_changes, stored, superuser
from tests.integration.editing.posting import form_on, post, saved, shown, url

pytestmark = pytest.mark.django_db(transaction=True)

UPDATED = [("listing", "advice", "update")]
DRAFTED = [("listing", "advice", "draft")]


@pytest.fixture
def review() -> Workflow:
    """Every listing goes past a second pair of eyes."""
    task = GroupApprovalTask.objects.create(name="Review", active=True)
    task.groups.add(Group.objects.create(name="Reviewers"))
    made = Workflow.objects.create(name="Review", active=True)
    WorkflowTask.objects.create(workflow=made, task=task, sort_order=0)
    WorkflowContentType.objects.create(workflow=made, content_type=ContentType.objects.get_for_model(Listing))
    return made


@pytest.fixture
def dana() -> Client:
    client = Client()
    client.force_login(superuser("dana"))
    return client


@pytest.mark.parametrize(("submitting", "approving"), [("en", "ar"), ("de", "en"), ("ar", "de")])
def test_submitted_and_approved(
    admin: Client, dana: Client, review: Workflow, submitting: str, approving: str
) -> None:
    entry = listing(title_de="", title_ar="استشارة", source_language="ar", live=False)
    with translation.override(submitting), new_changes() as submitted:
        saved(post(admin, url("listing", "edit", entry.pk), "submit", description_en="In English"))
    assert submitted == DRAFTED
    assert not stored(entry).live
    state = stored(entry).current_workflow_task_state
    with translation.override(approving), new_changes() as approved:
        saved(dana.post(url("listing", "workflow_action", entry.pk, "approve", state.pk), {"comment": ""}))
    assert approved == UPDATED
    found = stored(entry)
    assert found.live
    assert (found.title_ar, found.title_de or "", found.title_en or "") == ("استشارة", "", "")
    assert (found.description_en, found.description_de or "") == ("In English", "")


def test_saved_in_the_background(admin: Client, chris: User) -> None:
    """Wagtail's page saves by itself while somebody writes: one draft, and one row for it."""
    entry = listing()
    address = url("listing", "edit", entry.pk)
    data = shown(form_on(address)) | {"title_de": "Neu"}
    with new_changes() as rows:
        answer = admin.post(address, data, headers={"accept": "application/json"}).json()
    assert answer["success"]
    assert rows == DRAFTED
    overwriting = data | {"title_de": "Noch neuer", "overwrite_revision_id": answer["revision_id"]}
    with new_changes() as rows:
        assert admin.post(address, overwriting, headers={"accept": "application/json"}).json()["success"]
    assert rows == []
    assert stored(entry).revisions.count() == 2  # the one that is public, and the draft
    assert stored(entry).get_latest_revision_as_object().title_de == "Noch neuer"
    assert stored(entry).title_de == "Beratung"
