"""Pages that editors write: one tree, each page in all its languages (docs/decisions/0007)."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.models import COMMENTS_RELATION_NAME, Page, PageManager
from wagtail.query import PageQuerySet

from directory.models import Change, Followed, TranslatedRevisions
from directory.models.change import FollowedQuerySet
from directory.models.drafting import Drafting
from wegweiser.pages.pictures import Picture, PictureRendition
from wegweiser.pages.reserved import refuse_reserved
from wegweiser.pages.videos import VideoField

__all__ = [
    "EasyLanguagePage",
    "EditorialPage",
    "HomePage",
    "Picture",
    "PictureRendition",
    "SignLanguagePage",
    "TextPage",
]

# A save of these alone means that a draft was saved: what a page keeps of its own draft, and the talk about it.
_OF_THE_DRAFT = frozenset({"draft_title", "latest_revision_created_at", COMMENTS_RELATION_NAME})
FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "image"]


class EditorialQuerySet(PageQuerySet):
    """Refuses the writes that would pass by the change log; every deletion of a page ends in `delete` here."""

    update = FollowedQuerySet.update
    bulk_create = FollowedQuerySet.bulk_create
    bulk_update = FollowedQuerySet.bulk_update

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            for page in self:
                for leaving in page.get_descendants(inclusive=True).specific():
                    leaving._follow(Change.Action.DELETE, ())
            return super().delete(*args, **kwargs)


class EditorialPage(TranslatedRevisions, Drafting, Followed, Page):
    """What all types share, in one table: a menu of headings is one query. Nobody makes a page of this class.

    Wagtail's own title is for staff and follows the heading; slug and tree are the same in all languages.
    """

    title: Any
    heading = models.CharField(_("heading"), max_length=200, blank=True)
    intro = models.TextField(_("introduction"), blank=True)
    text = RichTextField(_("text"), features=FEATURES, blank=True)
    description = models.CharField(
        _("description for search engines"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences. Empty: the introduction."),
    )
    on_first_page = models.BooleanField(
        _("linked on the first page"), default=False, help_text=_("Below the tiles, as soon as it is published.")
    )
    # As in directory.models.Published: part of the revision, revert restores it.
    translation_state = models.JSONField(_("state of translations"), default=dict, blank=True, editable=False)

    objects: ClassVar[Any] = PageManager.from_queryset(EditorialQuerySet)()

    is_creatable = False
    private_page_options: ClassVar[list[str]] = []  # visitors have no accounts
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def __str__(self) -> str:
        return self.text_of("heading") or self.title

    def difference(self, update_fields: Iterable[str] | None) -> tuple[str, tuple[str, ...]]:
        return super().difference(None if update_fields is None else set(update_fields) - _OF_THE_DRAFT)

    def _set_core_field_defaults(self) -> None:
        """Wagtail asks for these before every check and save."""
        former: str = self.title or ""
        self.title = (self.text_of("heading") or former)[:255]
        super()._set_core_field_defaults()

    def clean(self) -> None:
        super().clean()
        refuse_reserved(self.slug)
        if not self.text_of("heading"):
            raise ValidationError(_("Write the heading in at least one language."))

    def minimal_clean(self) -> None:
        super().minimal_clean()
        refuse_reserved(self.slug)

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        return list(settings.LANGUAGES)

    @property
    def default_preview_mode(self) -> str:
        return settings.LANGUAGE_CODE

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        from wegweiser.pages.views import preview  # above the models, but this hook of Wagtail is down here

        return preview(request, self, mode_name)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from wegweiser.pages.views import answer

        return answer(request, self)


class HomePage(EditorialPage):
    """The root of the tree: its words stand on the first page, below the tiles."""

    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["pages.TextPage", "pages.EasyLanguagePage", "pages.SignLanguagePage"]

    class Meta:
        verbose_name = _("first page")
        verbose_name_plural = _("first pages")


class TextPage(EditorialPage):
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage", "pages.TextPage", "pages.EasyLanguagePage"]
    subpage_types: ClassVar[list[str]] = ["pages.TextPage"]

    class Meta:
        verbose_name = _("text page")
        verbose_name_plural = _("text pages")


class EasyLanguagePage(EditorialPage):
    """Explanations in Leichte Sprache; the first page links them wherever they exist (BITV 2.0 § 4)."""

    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    subpage_types: ClassVar[list[str]] = ["pages.TextPage"]

    class Meta:
        verbose_name = _("page in Leichte Sprache")
        verbose_name_plural = _("pages in Leichte Sprache")


class SignLanguagePage(EditorialPage):
    """Explanations in German Sign Language: a video to download, with size and length (BITV 2.0, annex 2)."""

    video = VideoField(_("video"), blank=True)
    video_url = models.URLField(
        _("or the address of the video"),
        max_length=500,
        blank=True,
        help_text=_("On the town's own server. Visitors go there only when they choose to."),
    )
    video_megabytes = models.PositiveIntegerField(
        _("size in megabytes"), null=True, blank=True, help_text=_("Only for a video at another address.")
    )
    video_seconds = models.PositiveIntegerField(_("length in seconds"), null=True, blank=True)

    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]

    class Meta:
        verbose_name = _("page in German Sign Language")
        verbose_name_plural = _("pages in German Sign Language")
