"""The roles that every installation has, as groups. What each may do: docs/roles.md."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q, QuerySet
from wagtail.models import Collection as Folder
from wagtail.models import (
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.snippets.models import create_extra_permissions

from directory.models import Published

ADMINISTRATOR, EDITOR, REVIEWER = "Administrator", "Editor", "Reviewer"
TRANSLATOR, PARTNER = "Translator", "Partner"


@dataclass(frozen=True)
class Role:
    name: str
    entries: Collection[str]
    """What the role may do with every kind of entry: the verbs of Django's and Wagtail's permissions."""
    pages: Collection[str] = ()
    images: Collection[str] = ()
    everything: bool = False


_WRITING = ("view", "add", "change", "translate")
_PUBLISHING = ("delete", "publish", "lock", "unlock")

ROLES = (
    Role(
        ADMINISTRATOR,
        entries=_WRITING + _PUBLISHING,
        pages=("add", "change", "publish", "bulk_delete", "lock", "unlock"),
        images=("add", "change", "choose", "delete"),
        everything=True,
    ),
    Role(EDITOR, entries=_WRITING, pages=("add", "change"), images=("add", "change", "choose")),
    Role(
        REVIEWER,
        entries=_WRITING + _PUBLISHING,
        pages=("add", "change", "publish", "bulk_delete", "lock", "unlock"),
        images=("add", "change", "choose", "delete"),
    ),
    Role(TRANSLATOR, entries=("view", "translate")),
    Role(PARTNER, entries=("view",)),
)


def install() -> None:
    """Makes the groups, and gives each exactly its permissions; groups of other names stay untouched."""
    _make_permissions()
    with transaction.atomic():
        for role in ROLES:
            group, _made = Group.objects.get_or_create(name=role.name)
            group.permissions.set(permissions(role))
            _on_all_pages(group, role.pages)
            _on_all_images(group, role.images)
        install_review(Group.objects.get(name=REVIEWER))


def install_review(reviewers: Group) -> None:
    """What editors submit waits for a reviewer. Made once: a city may change it, or close it."""
    if GroupApprovalTask.objects.filter(groups=reviewers).exists():
        return
    task = GroupApprovalTask(name="Review", active=True)
    task.save()
    task.groups.add(reviewers, Group.objects.get(name=ADMINISTRATOR))
    review = Workflow(name="Review", active=True)
    review.save()
    WorkflowTask(workflow=review, task=task, sort_order=0).save()
    for model in entry_models():
        of_entries = ContentType.objects.get_for_model(model)
        WorkflowContentType.objects.get_or_create(content_type=of_entries, defaults={"workflow": review})
    # Wagtail's own asks a group in which nobody is.
    WorkflowPage.objects.update_or_create(page=Page.get_first_root_node(), defaults={"workflow": review})


def permissions(role: Role) -> QuerySet[Permission]:
    if role.everything:
        return Permission.objects.exclude(content_type__app_label="directory", content_type__model="change")
    wanted = Q(content_type__app_label="wagtailadmin", codename="access_admin")
    for model in entry_models():
        names = [f"{verb}_{model._meta.model_name}" for verb in role.entries]
        wanted |= Q(
            content_type__app_label=model._meta.app_label,
            content_type__model=model._meta.model_name,
            codename__in=names,
        )
    return Permission.objects.filter(wanted)


def entry_models() -> list[type[Published]]:
    return [model for model in apps.get_models() if issubclass(model, Published)]


def _make_permissions() -> None:
    """Django makes them after a migration only, and an editing screen may come without one."""
    for name in {model._meta.app_label for model in entry_models()}:
        create_permissions(apps.get_app_config(name), verbosity=0, interactive=False)
        create_extra_permissions(apps.get_app_config(name))


def _on_all_pages(group: Group, verbs: Iterable[str]) -> None:
    root = Page.get_first_root_node()
    wanted = _of("wagtailcore", "page", verbs)
    granted = GroupPagePermission.objects.filter(group=group, page=root)
    granted.exclude(permission__in=wanted).delete()
    for permission in wanted.exclude(pk__in=granted.values("permission")):
        GroupPagePermission(group=group, page=root, permission=permission).save()


def _on_all_images(group: Group, verbs: Iterable[str]) -> None:
    root = Folder.get_first_root_node()
    wanted = _of("wagtailimages", "image", verbs)
    granted = GroupCollectionPermission.objects.filter(group=group, collection=root)
    granted.exclude(permission__in=wanted).delete()
    for permission in wanted.exclude(pk__in=granted.values("permission")):
        GroupCollectionPermission(group=group, collection=root, permission=permission).save()


def _of(app: str, model: str, verbs: Iterable[str]) -> QuerySet[Permission]:
    names = [f"{verb}_{model}" for verb in verbs]
    return Permission.objects.filter(
        content_type__app_label=app, content_type__model=model, codename__in=names
    ).order_by("pk")
