"""What stands in the text of a page, as readers get it."""

from contextvars import ContextVar
from typing import Any

from django.utils.html import escape
from wagtail.images.formats import get_image_format
from wagtail.images.rich_text import ImageEmbedHandler
from wagtail.rich_text import LinkHandler, expand_db_html
from wagtail.rich_text.pages import PageLinkHandler

from directory.text import Text
from wegweiser.pages.pictures import Picture
from wegweiser.pages.tree import link, tree

_language: ContextVar[str | None] = ContextVar("language of the text around a picture", default=None)


def expanded(shown: Text) -> str:
    """A picture tells what it shows in the language of the text around it; links stay in the reader's."""
    token = _language.set(shown.lang)
    try:
        html: str = expand_db_html(shown.text)
        return html
    finally:
        _language.reset(token)


class LivePageLink(PageLinkHandler):
    """Words that linked a page which is not published any more stay words."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        urls = {str(page.pk): link(page).url for page in tree().pages}
        found = (urls.get(attrs.get("id", "")) for attrs in attrs_list)
        return [f'<a href="{escape(url)}">' if url else "<a>" for url in found]


class LeavingLink(LinkHandler):
    """The other site is not told where its reader comes from."""

    identifier = "external"

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, str]) -> str:
        return f'<a href="{escape(attrs["href"])}" rel="noreferrer noopener">'


class PictureEmbed(ImageEmbedHandler):
    @classmethod
    def get_many(cls, attrs_list: list[dict[str, str]]) -> list[Any]:
        wanted = [attrs.get("id", "") for attrs in attrs_list]
        rows = Picture.objects.filter(pk__in=[key for key in wanted if key.isdigit()]).prefetch_renditions()
        found = {str(picture.pk): picture for picture in rows}
        return [found.get(key) for key in wanted]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        pictures = zip(cls.get_many(attrs_list), attrs_list, strict=True)
        return [_shown(picture, attrs) if picture else "" for picture, attrs in pictures]


def _shown(picture: Picture, attrs: dict[str, str]) -> str:
    alt = picture.alt_in(_language.get(), otherwise=attrs.get("alt", ""))
    html: str = get_image_format(attrs["format"]).image_to_html(picture, alt)
    return html
