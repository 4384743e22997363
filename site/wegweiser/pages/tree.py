"""Where published pages are linked: footer, first page, sitemap. Kept in the process until a page changes."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any, NamedTuple

from django.urls import reverse

from directory import vocabulary
from directory.models import Change
from directory.models.change import RESTORED, last_write_here, uncommitted
from directory.text import Text, choose, translations
from wegweiser.pages.models import EasyLanguagePage, EditorialPage, HomePage, SignLanguagePage, TextPage

SERVE = "wagtail_serve"  # Wagtail asks for this name when it links a page
_TYPES = (HomePage, TextPage, EasyLanguagePage, SignLanguagePage)
_LABELS = [model._meta.label_lower for model in _TYPES]


@dataclass(frozen=True)
class Kept:
    """A published page that says something, and its address below that of the tree's root."""

    pk: int
    path: str
    kind: str
    headings: Mapping[str, str]
    intros: Mapping[str, str]
    languages: tuple[str, ...]
    in_menus: bool
    on_first_page: bool
    changed: str

    @property
    def intro(self) -> Text:
        return choose(self.intros)


@dataclass(frozen=True)
class Tree:
    position: int = 0
    root: str = ""
    pages: tuple[Kept, ...] = ()

    @property
    def first(self) -> Kept | None:
        return next((page for page in self.pages if not page.path), None)


class Link(NamedTuple):
    label: Text
    url: str
    kind: str


class _Cache:
    def __init__(self) -> None:
        self.lock = Lock()
        self.tree: Tree | None = None
        self.checked_at = 0.0
        self.write_seen = -1

    def get(self) -> Tree:
        if uncommitted(_LABELS):
            return _load(0)  # nobody else may see what this transaction has written
        fresh = time.monotonic() - self.checked_at < vocabulary.RECHECK_SECONDS
        if self.tree and fresh and self.write_seen == last_write_here():
            return self.tree
        with self.lock:
            self.write_seen, position = last_write_here(), _position()
            if self.tree is None or self.tree.position != position:
                self.tree = _load(position)
            self.checked_at = time.monotonic()
            return self.tree


_cache = _Cache()


def tree() -> Tree:
    return _cache.get()


def forget() -> None:
    """Read everything again: for a database that was exchanged under the process."""
    _cache.tree = None


def _position() -> int:
    found = Change.of_public().filter(model__in=[*_LABELS, RESTORED]).order_by("-id")
    return found.values_list("id", flat=True).first() or 0


def _load(position: int) -> Tree:
    root = HomePage.objects.order_by("path").first()
    if root is None:
        return Tree(position)
    below = EditorialPage.objects.filter(path__startswith=root.path).live().public().order_by("path")
    shown = SignLanguagePage.objects.exclude(video="", video_url="")
    videos = set(shown.values_list("pk", flat=True))
    kept = (_kept(page, root, has_video=page.pk in videos) for page in below.select_related("content_type"))
    return Tree(position, root.url_path, tuple(page for page in kept if page))


def _kept(page: Any, root: Any, *, has_video: bool) -> Kept | None:
    is_root = page.pk == root.pk
    languages = tuple(languages_of(page))
    if not (languages or has_video or is_root):
        return None  # nothing empty is ever linked
    return Kept(
        pk=page.pk,
        path=page.url_path.removeprefix(root.url_path),
        kind=page.content_type.model,
        headings=translations(page, "heading"),
        intros=translations(page, "intro"),
        languages=languages,
        in_menus=page.show_in_menus and not is_root,
        on_first_page=page.on_first_page and not is_root,
        changed=page.last_published_at.date().isoformat() if page.last_published_at else "",
    )


def languages_of(page: EditorialPage) -> list[str]:
    """The languages in which the page says more than its heading."""
    return list(dict.fromkeys((*translations(page, "text"), *translations(page, "intro"))))


def link(page: Kept) -> Link:
    return Link(choose(page.headings), reverse(SERVE, args=[page.path]), page.kind)


def menu() -> list[Link]:
    return [link(page) for page in tree().pages if page.in_menus and page.kind not in EXPLAINING]


def first_page_links() -> list[Link]:
    return [link(page) for page in tree().pages if page.on_first_page and page.kind not in EXPLAINING]


# What BITV 2.0 § 4 asks of a first page. Called by the names that their readers look for, in German everywhere.
EXPLAINING = {
    EasyLanguagePage._meta.model_name: Text("Leichte Sprache", "de", "ltr", is_fallback=True),
    SignLanguagePage._meta.model_name: Text("Deutsche Gebärdensprache", "de", "ltr", is_fallback=True),
}


def explanations() -> Iterator[Link]:
    """The first published page of each kind."""
    for kind, label in EXPLAINING.items():
        for page in tree().pages:
            if page.kind == kind:
                yield Link(label, reverse(SERVE, args=[page.path]), str(kind))
                break
