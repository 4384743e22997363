"""Names of entries as their organisation wrote them: drafts, too, and in languages that visitors do not get."""

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from directory.languages import MAIN
from directory.models import Listing
from directory.templatetags.directory import mark
from directory.text import choose
from directory.text import written as texts

register = template.Library()


@register.simple_tag
def written(listing: Listing) -> SafeString:
    return mark(choose(texts(listing, "title"), get_language() or MAIN) or listing.slug)


@register.filter
def chosen(field: Any) -> list[str]:
    """The labels of the boxes that are ticked."""
    return [str(box.choice_label) for box in field.subwidgets if box.data["selected"]]
