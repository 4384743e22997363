"""Pictures of editorial pages: what is stored is always encoded anew, whichever form or import it came by."""

import hashlib
import secrets
from typing import Any, ClassVar

from django.core.files.base import ContentFile, File
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    ImageQuerySet,
    WagtailImageField,
    WagtailImageFieldFile,
    get_upload_to,
)

from directory.languages import SHIPPED, column
from directory.models import Followed
from directory.models.change import FollowedQuerySet
from directory.text import choose, translations
from wegweiser.pages.encoding import encoded_anew, size_of

ORIGINALS, RENDITIONS = "original_images", "images"


def clean_upload(upload: "File[bytes]") -> None:
    """Write the new encoding over the upload itself: Wagtail keeps that very file until its form is complete."""
    upload.seek(0)
    content, extension = encoded_anew(upload.read())
    upload.seek(0)
    upload.truncate()
    upload.write(content)
    upload.seek(0)
    upload.size = len(content)
    upload.name = f"{secrets.token_urlsafe(12)}.{extension}"
    upload.encoded = _digest(content)  # type: ignore[attr-defined]


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


class CleanFile(WagtailImageFieldFile):
    def get_image_dimensions(self) -> tuple[int, int]:
        was_closed = self.closed
        try:
            self.open()
            return size_of(self)
        finally:
            self.close() if was_closed else self.seek(0)

    def save(self, name: str, content: "File[bytes]", save: bool = True) -> None:
        content.seek(0)
        picture = content.read()
        if getattr(content, "encoded", "") != _digest(picture):  # once is enough: each encoding loses a little
            picture, extension = encoded_anew(picture)
            name = f"{secrets.token_urlsafe(12)}.{extension}"
        super().save(name, ContentFile(picture, name), save)


class CleanImageField(WagtailImageField):
    attr_class = CleanFile


class PictureQuerySet(FollowedQuerySet, ImageQuerySet):
    pass


class Picture(Followed, AbstractImage):
    file = CleanImageField(
        _("file"), upload_to=get_upload_to, width_field="width", height_field="height", max_length=200
    )
    alt = models.CharField(
        _("what the picture shows"),
        max_length=250,
        blank=True,
        help_text=_("For people who do not see it: one sentence, without “picture of”."),
    )
    is_decorative = models.BooleanField(
        _("only decoration"), default=False, help_text=_("It tells nothing; nobody misses it who does not see it.")
    )
    source = models.CharField(
        _("source and licence"), max_length=250, blank=True, help_text=_("Who made it, and who allows its use.")
    )

    objects: ClassVar[Any] = PictureQuerySet.as_manager()

    admin_form_fields = (
        "title",
        "file",
        *(column("alt", code) for code in SHIPPED),
        "is_decorative",
        "source",
        "collection",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_picture", "Can choose picture")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.file and not self.file._committed:
            self.file.save(
                self.file.name, self.file.file, save=False
            )  # first: turning it changes width and height
        super().save(*args, **kwargs)

    def get_upload_to(self, filename: str) -> str:
        return f"{ORIGINALS}/{filename}"

    @property
    def default_alt_text(self) -> str:
        return self.alt_in(None)

    def alt_in(self, language: str | None, otherwise: str = "") -> str:
        """In that language; else what the editor wrote in place; else in another language."""
        found = choose({} if self.is_decorative else translations(self, "alt"), language)
        if self.is_decorative or (found and not found.is_fallback):
            return found.text
        return otherwise or found.text

    def generate_rendition_file(self, filter: Any, *, source: Any = None) -> "File[bytes]":
        """In memory: Wagtail leaves its temporary file open."""
        made = super().generate_rendition_file(filter, source=source)
        with made.file as file:
            file.seek(0)
            return ContentFile(file.read(), made.name)


class PictureRendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
