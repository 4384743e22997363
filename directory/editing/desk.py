"""The start page of staff: what waits, grows old or is missing; each number leads to the list that it counts."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.components import Component
from wagtail.models import TaskState
from wagtail.permissions import policy_registry

from directory import queries
from directory.editing.freshness import strip
from directory.editing.policy import SEEING
from directory.languages import SHIPPED
from directory.models import Area, Listing, Organisation, Term
from directory.permissions import may_publish_everywhere

Wanted = Mapping[str, str]  # the filters of a list, by name
TASKS_AT_MOST = 10

LINES: Mapping[str, Mapping[str, Any]] = {
    "soon": {
        "heading": _("To do soon"),
        "review": _("Waiting for review"),
        "proposals": _("Sent by others, without an account"),
        "sent_back": _("Sent back for changes"),
        "needs_check": _("Marked as to be checked"),
        "silent": _("Asked and reminded, and no answer"),
        "unsent": _("The mail server did not take"),
        "expires": _("Expiring within the next 60 days"),
        "check_by": _("Past the day on which they were to be checked"),
    },
    "right": {
        "heading": _("Still right?"),
        "confirmed": _("Public, and not confirmed within the last 180 days"),
        "contact": _("Public, and no contact known"),
        "links": _("Web addresses that lead nowhere"),
    },
    "hidden": {
        "heading": _("Not public yet"),
        "draft": _("Never published"),
        "changed": _("Public, with changes that are not"),
        "scheduled": _("Will be published on a date"),
    },
}
OF_ALL: Mapping[str, Wanted] = {
    "review": {"review": "waiting"},
    "sent_back": {"review": "sent_back"},
    "draft": {"state": "draft"},
    "changed": {"state": "changed"},
    "scheduled": {"state": "scheduled"},
}
PUBLIC = {"state": "live"}
OF_ORGANISATIONS: Mapping[str, Wanted] = {
    **OF_ALL,
    "expires": {**PUBLIC, "expires": "soon"},
    "contact": {**PUBLIC, "contact": "none"},
}
OF_LISTINGS: Mapping[str, Wanted] = {
    **OF_ORGANISATIONS,
    "needs_check": {"needs_check": "true"},
    "confirmed": {**PUBLIC, "confirmed": "due"},
}


@dataclass(frozen=True)
class Part:
    """A number of things, and the list that shows exactly these."""

    line: str
    number: int
    things: str
    url: str


@dataclass(frozen=True)
class Line:
    label: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Group:
    heading: str
    lines: tuple[Line, ...]
    lang: str = ""  # of the heading, where it is a language's own name


@dataclass(frozen=True)
class Task:
    """What the reader of the page may approve or send back."""

    title: str
    things: str
    url: str
    by: str
    waiting: str
    since: datetime


def visible(user: AbstractBaseUser, model: type[Model]) -> QuerySet[Any]:
    """The entries that the user's lists hold."""
    found: QuerySet[Any] = policy_registry.get_by_type(model).instances_user_has_any_permission_for(user, SEEING)
    return found.order_by()


def counted(user: AbstractBaseUser, model: type[Any], lines: Mapping[str, Wanted]) -> Iterator[Part]:
    """All numbers of one model, with one query."""
    if not policy_registry.get_by_type(model).user_has_any_permission(user, SEEING):
        return
    numbers = {line: Count("pk", filter=queries.all_of(model, wanted)) for line, wanted in lines.items()}
    for line, number in visible(user, model).aggregate(**numbers).items():
        yield part(line, number, model, lines[line])


def untranslated(user: AbstractBaseUser, model: type[Any]) -> Iterator[Part]:
    if policy_registry.get_by_type(model).user_has_any_permission(user, SEEING):
        for standing, number in queries.open_translations(model).items():
            yield part(standing, number, model, {**PUBLIC, "translation": standing})


def part(line: str, number: int, model: type[Any], wanted: Wanted) -> Part:
    names = model._meta
    address = reverse(model.snippet_viewset.get_url_name("list"))
    things = names.verbose_name if number == 1 else names.verbose_name_plural
    return Part(line, number, str(things), f"{address}?{urlencode(wanted)}")


def of_directory(request: HttpRequest) -> Iterator[Part]:
    user: Any = request.user
    yield from counted(user, Listing, OF_LISTINGS)
    yield from counted(user, Organisation, OF_ORGANISATIONS)
    yield from counted(user, Term, OF_ALL)
    yield from counted(user, Area, OF_ALL)
    for model in (Listing, Organisation, Term, Area):
        yield from untranslated(user, model)


def counts(request: HttpRequest) -> dict[str, list[Part]]:
    """By line; other rooms add theirs through the hook."""
    found: dict[str, list[Part]] = {}
    sources: Iterable[Callable[[HttpRequest], Iterator[Part]]] = hooks.get_hooks("count_for_desk")
    for each in (each for source in sources for each in source(request)):
        if each.number:
            found.setdefault(each.line, []).append(each)
    return found


def groups(found: Mapping[str, list[Part]]) -> Iterator[Group]:
    for texts in LINES.values():
        lines = [Line(str(texts[key]), tuple(found[key])) for key in texts if key in found]
        if lines:
            yield Group(str(texts["heading"]), tuple(lines))


STANDS = {"missing": _("No text"), "outdated": _("Outdated"), "machine": _("By a machine, unchecked")}


def languages(found: Mapping[str, list[Part]]) -> Iterator[Group]:
    for code, _name in settings.LANGUAGES:
        keys = {f"{code}-{how}": str(label) for how, label in STANDS.items()}
        lines = [Line(label, tuple(found[key])) for key, label in keys.items() if key in found]
        if lines:
            yield Group(SHIPPED[code].name, tuple(lines), code)


def tasks(request: HttpRequest) -> list[Task]:
    """The oldest first, of whatever kind: pages too."""
    states = TaskState.objects.reviewable_by(request.user).select_related("revision", "revision__user")
    oldest = states.prefetch_related("revision__content_object").order_by("started_at")[:TASKS_AT_MOST]
    finder = AdminURLFinder(request.user)
    return [task_of(state, finder) for state in oldest if state.revision.content_object]


def task_of(state: TaskState, finder: AdminURLFinder) -> Task:
    revision = state.revision
    return Task(
        title=revision.object_str,
        things=capfirst(revision.content_object._meta.verbose_name),
        url=finder.get_edit_url(revision.content_object) or "",
        by=str(revision.user or ""),
        waiting=timesince(state.started_at, depth=1),
        since=state.started_at,
    )


class Desk(Component):
    name = "desk"
    template_name = "directory/editing/desk.html"
    order = 50

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        request: HttpRequest = parent_context["request"]
        found = counts(request)
        context = {
            "tasks": tasks(request),
            "may_review": may_publish_everywhere(request.user),  # type: ignore[arg-type]
            "groups": list(groups(found)),
            "languages": list(languages(found)),
            "strip": strip(visible(request.user, Listing)),  # type: ignore[arg-type]
        }
        return context | {"nothing": not any(context[name] for name in ("tasks", "groups", "languages"))}
