"""The demo's editorial pages, as examples of what an editor writes."""

from pathlib import Path
from typing import Any

from django.utils import timezone

from directory.languages import MAIN, SHIPPED
from directory.models import Change
from directory.translation_state import State, note, texts
from wegweiser.demo.reader import FOLDER
from wegweiser.demo.shapes import translated
from wegweiser.demo.sheets import Record, flag, one_of, read_sheet, record, slug
from wegweiser.pages.models import EasyLanguagePage, EditorialPage, HomePage, TextPage

KINDS: dict[str, type[EditorialPage]] = {"text": TextPage, "easy_language": EasyLanguagePage}
PAGE = record(
    {
        "slug": slug(100),
        "kind": one_of(*KINDS),
        "show_in_menus": flag,
        "on_first_page": flag,
        **translated("heading", 200),
        **translated("intro"),
        **translated("text"),
    },
    required=("slug", "kind", "heading_de", "text_de"),
)


def read_pages(folder: Path = FOLDER) -> list[Record]:
    """In the order of their files, which is the order of the tree."""
    return [read_sheet(path, folder, PAGE)[0] for path in sorted((folder / "pages").glob("*.yaml"))]


def load_pages(pages: list[Record], by: str) -> None:
    """Below the tree's root; what is there, or was deleted by somebody, stays as it is."""
    home = HomePage.objects.first()
    labels = [model._meta.label_lower for model in KINDS.values()]
    deleted = Change.objects.filter(model__in=labels, action=Change.Action.DELETE).values_list("slug", flat=True)
    known = {*EditorialPage.objects.values_list("slug", flat=True), *deleted}
    for found in pages:
        if home is not None and found["slug"] not in known:
            home.add_child(instance=_page(found, by))


def _page(found: Record, by: str) -> Any:
    values = {name: value for name, value in found.values.items() if name != "kind"}
    now = timezone.now()
    page = KINDS[found["kind"]](**values, live=True, first_published_at=now, last_published_at=now)
    for code in SHIPPED:
        if code != MAIN and any(texts(page, code).values()):
            note(page, code, state=State.HUMAN, by=by)
    return page
