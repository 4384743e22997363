"""What layout and templates ask of the tree of pages."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from directory.text import Text
from wegweiser.pages import tree
from wegweiser.pages.rich_text import expanded

register = template.Library()


@register.simple_tag
def pages_in_footer() -> list[tree.Link]:
    return tree.menu()


@register.simple_tag
def pages_on_first_page() -> list[tree.Link]:
    return tree.first_page_links()


@register.simple_tag
def explanations() -> list[tree.Link]:
    return list(tree.explanations())


@register.simple_tag
def first_page() -> tree.Kept | None:
    return tree.tree().first


@register.filter
def as_rich_text(shown: Text) -> SafeString:
    return mark_safe(expanded(shown))  # noqa: S308 - Wagtail's editor lets only listed elements into the database


@register.filter
def own_language(shown: Text) -> SafeString:
    """`lang` and `dir` of an element that holds a text of another language (WCAG 3.1.2)."""
    if not shown.is_fallback:
        return mark_safe("")
    return format_html(' lang="{}" dir="{}"', shown.lang, shown.dir)
