"""What a card asks before it offers to report a mistake."""

from django import template

from directory.proposals import entries

register = template.Library()


@register.simple_tag
def entry_code(slug: str) -> str:
    """What its button posts on a page that must not name the listing in an address."""
    return entries.code_of(slug)
