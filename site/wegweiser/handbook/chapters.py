"""The guide for editors: its chapters in order, and the screens that each of them shows."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LANGUAGES = ("de", "en")  # of the guide's texts and pictures
FALLBACK = "en"


@dataclass(frozen=True)
class Chapter:
    slug: str
    title: str | Promise
    screens: tuple[str, ...] = ()


CHAPTERS: Mapping[str, Chapter] = {
    chapter.slug: chapter
    for chapter in (
        Chapter("start", _("Signing in, and ten minutes a week"), ("sign-in", "start")),
        Chapter("write", _("Write an entry"), ("write", "hours", "preview")),
        Chapter("translate", _("Translate"), ("translate", "workbooks")),
        Chapter("review", _("Review and publish"), ("difference", "review")),
        Chapter("history", _("History, and taking something back"), ("history",)),
        Chapter("find", _("Find, filter and change many"), ("list",)),
        Chapter("collect", _("Collect missing contacts, and mend dead links")),
        Chapter("vocabularies", _("Vocabularies, areas, deadlines and rules"), ("term", "deadlines")),
        Chapter("guide", _("Questions, answers and notes")),
        Chapter("pages", _("Pages and pictures"), ("page", "pictures")),
        Chapter("roles", _("Who may do what")),
    )
}
