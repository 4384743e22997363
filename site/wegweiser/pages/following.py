"""The change log, where Wagtail saves a page as the plain page that it also is."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from wagtail.models import Page

from directory.models import Change, Followed


def follow_the_tree() -> None:
    """A move, a new order and a timed end go through `Page` itself, which knows nothing of our types.

    Each page type's own save has its row from `Followed`; these two methods are all that pass it by.
    """
    Page.save = _then(Page.save, _follow_plain)
    Page._update_descendant_url_paths = _then(Page._update_descendant_url_paths, _follow_moved)


def _then(method: Callable[..., Any], follow: Callable[[Page], None]) -> Callable[..., Any]:
    @wraps(method)
    def both(page: Page, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            result = method(page, *args, **kwargs)
            follow(page)
        return result

    return both


def _follow_plain(page: Page) -> None:
    if not isinstance(page, Followed) and issubclass(page.specific_class or Page, Followed):
        page.specific_class.objects.get(pk=page.pk)._follow(Change.Action.UPDATE, ())


def _follow_moved(page: Page) -> None:
    """The address of what lies below changes with its parent's."""
    for below in page.get_descendants().specific():
        if isinstance(below, Followed):
            below._follow(Change.Action.UPDATE, ())
