"""One of everything that staff work with, a secret in every draft, and somebody in every role."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser, Group, User
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.models import Collection, GroupApprovalTask, Page, Site, TaskState, Workflow

from directory.models import Configuration, Membership, Organisation, Pause, Proposal, Role
from referrals.models import Case, Deadline, Guide, Note, Option, Question
from tests.integration.directory.making import area, listing, organisation, person, term
from tests.integration.pages.making import page, picture
from wegweiser import roles
from wegweiser.handbook.chapters import CHAPTERS
from wegweiser.pages.models import Picture

SECRET = "Kanarienvogel-7f3a"
LETTERS = {
    "A": roles.ADMINISTRATOR,
    "R": roles.REVIEWER,
    "E": roles.EDITOR,
    "T": roles.TRANSLATOR,
    "P": roles.PARTNER,
    "N": "",  # signed in, without a role
    "M": "",  # member of the organisation that the entries belong to
    "V": None,  # visitor
}

STAFF = {letter: role for letter, role in LETTERS.items() if letter != "M"}


def member(role: str) -> User:
    made = person(role.lower() or "nobody")
    if role:
        made.groups.add(Group.objects.get(name=role))
    return made


@dataclass
class Kind:
    """Of each kind of entry: a published one with a newer draft, one under review, and one never published."""

    live: Any
    waiting: Any
    hidden: Any
    draft: Any
    task_state: Any


@dataclass
class World:
    kinds: dict[str, Kind] = field(default_factory=dict)
    pages: Kind = None  # type: ignore[assignment]
    picture: Any = None
    people: dict[str, Any] = field(default_factory=dict)
    others: dict[str, Any] = field(default_factory=dict)


_remembered: list[World] = []


def remember() -> None:
    """Made once for all tests; the database is given back to each as it was."""
    _remembered[:] = [make()]


def again() -> World:
    return deepcopy(_remembered[0])


def make() -> World:
    roles.install()
    Configuration(pk=1).save()
    Pause.objects.create(account=person("paused"))
    Case(slug="case", title="Fall").save()
    Proposal(kind=Proposal.Kind.ORGANISATION, fields={"name": SECRET}, remark=SECRET).save()
    author = person("author")
    house = organisation("house")
    deadline = {"law_de": "AGG § 15"}
    makers = {
        "listing": (lambda slug, **more: listing(slug, organisation=house, **more), "title_de"),
        "organisation": (organisation, "name_de"),
        "term": (lambda slug, **more: term("grounds", slug, **more), "label_de"),
        "area": (area, "name_de"),
        "deadline": (lambda slug, **more: _deadline(slug, **{**deadline, **more}), "law_de"),
        "note": (_note, "heading_de"),
        "question": (_question, "text_de"),
    }
    world = World({name: _kind(maker, column, author) for name, (maker, column) in makers.items()})
    world.pages = _kind(page, "heading_de", author)
    world.picture = picture()
    world.people = {letter: AnonymousUser() if role is None else member(role) for letter, role in STAFF.items()}
    world.people["M"] = person("asel")
    Membership.objects.create(organisation=house, user=world.people["M"], role=Role.OWNER)
    world.others = _others(world)
    return world


def _deadline(slug: str, **fields: Any) -> Deadline:
    made = Deadline(slug=slug, **fields)
    made.save()
    return made


def _note(slug: str, **fields: Any) -> Note:
    made = Note(slug=slug, **{"kind": "keep", "heading_de": "Fotos", "text_de": "Aufheben.", **fields})
    made.save()
    return made


def _question(slug: str, **fields: Any) -> Question:
    guide = Guide.objects.first() or Guide(slug="counselling")
    guide.save()
    texts = {"text_de": "Was ist passiert?", "why_de": "Davon hängt es ab."}
    made = Question(guide=guide, slug=slug, dimension="what", **{**texts, **fields})
    made.options = [Option(slug="insult", text_de="Beleidigung", facts={"what": ["insult"]})]  # type: ignore[misc]
    made.save()
    return made


def _kind(maker: Any, column: str, author: User) -> Kind:
    live, waiting = maker("live-one", live=True), maker("waiting-one", live=True)
    hidden = maker("hidden-one", live=False, **{column: SECRET})
    hidden.save_revision(user=author)
    draft = _secret_draft(live, column, author)
    _secret_draft(waiting, column, author)
    review = Workflow.objects.get(name="Review").start(type(waiting).objects.get(pk=waiting.pk), author)
    return Kind(live, waiting, hidden, draft, review.current_task_state)


def _secret_draft(entry: Any, column: str, author: User) -> Any:
    setattr(entry, column, SECRET)
    return entry.save_revision(user=author)


# --- addresses ---------------------------------------------------------------------------------------------------


def routes() -> list[str]:
    """Every address below /admin/, as it is written in the patterns."""
    found = [route for route in _walk(get_resolver().url_patterns) if route.startswith("admin/")]
    return list(dict.fromkeys(found))


def _walk(patterns: list[Any], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route


def keys(world: World, route: str) -> dict[str, Any]:
    """What stands in the address for <pk> and the others, so that it leads to something that is there."""
    kind = _kind_of(world, route)
    chosen = None if kind is None else (kind.waiting if "workflow" in route else kind.live)
    values = dict(world.others)
    if kind is not None and chosen is not None:
        values |= {
            "pk": chosen.pk,
            "page_id": chosen.pk,
            "page_to_move_id": chosen.pk,
            "revision_id": kind.draft.pk,
            "revision_id_a": "live",
            "revision_id_b": "latest",
            "task_state_id": kind.task_state.pk,
            "workflow_state_id": kind.task_state.workflow_state_id,
            "task_id": kind.task_state.task_id,
        }
    else:
        values["pk"] = _pk_of(route)
    if "/exchange/" in route:
        values["slug"] = world.kinds["organisation"].live.slug
    return values


def _others(world: World) -> dict[str, Any]:
    return {
        "app_label": "directory",
        "model_name": "listing",
        "app_name": "wagtailcore",
        "content_type_app_name": "pages",
        "content_type_model_name": "textpage",
        "action_name": "approve",
        "action": "delete",
        "parent_page_id": Page.objects.get(slug="live-one").get_parent().pk,
        "destination_id": Page.get_first_root_node().pk,
        "page_pk": Page.get_first_root_node().pk,
        "collection_id": Collection.get_first_root_node().pk,
        "image_id": world.picture.pk,
        "object_id": world.kinds["listing"].live.pk,
        "organisation": world.kinds["organisation"].live.pk,
        "task_id": GroupApprovalTask.objects.get(name="Review").pk,
        "workflow_pk": Workflow.objects.get(name="Review").pk,
        "filter_spec": "width-100",
        "language": "en",
        "slug": next(iter(CHAPTERS)),
        "session_id": 0,
        "uploaded_file_id": 0,
        "document_id": 0,
        "doc_id": 0,
        "mail": 0,
        "uidb36": "1",
        "key": "set-password",
        "uidb64": "MQ",
        "token": "x",
        "rest": "",
        "what": "entries",
        "kind": "csv",
    }


def _kind_of(world: World, route: str) -> Kind | None:
    for name, kind in world.kinds.items():
        if f"/{name}/" in route:
            return kind
    return world.pages if route.startswith(("admin/pages/", "admin/api/main/^pages")) else None


def _pk_of(route: str) -> Any:
    organisations: Any = Organisation.objects
    owners = {
        "admin/users": User.objects.filter(username="author"),
        "admin/groups": Group.objects.filter(name=roles.PARTNER),
        "admin/sites": Site.objects.all(),
        "admin/collections": Collection.objects.all(),
        "admin/workflows/tasks": GroupApprovalTask.objects.filter(name="Review"),
        "admin/workflows": Workflow.objects.filter(name="Review"),
        "admin/members": organisations.filter(slug="house"),
        "admin/proposals": Proposal.objects.all(),
        "admin/images": Picture.objects.all(),
        "admin/referral-cases": Case.objects.all(),
        "admin/reviews/accounts": Pause.objects.all(),
        "admin/reviews": TaskState.objects.filter(workflow_state__base_content_type__model="listing"),
        "admin/referral-guides": Guide.objects.all(),
    }
    found = next((rows.first() for start, rows in owners.items() if route.startswith(start)), None)
    return found.pk if found else 1
