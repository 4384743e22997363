"""Forms of pages and pictures, by the same rules as those of the directory's entries."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import CopyForm, WagtailAdminPageForm
from wagtail.fields import RichTextField
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from directory.columns import translated_fields
from directory.editing.forms import NamedForm, enabled_languages
from directory.languages import MAIN, SHIPPED, Language, column
from wegweiser.pages.pictures import Picture, clean_upload
from wegweiser.pages.reserved import refuse_reserved

_TAG = re.compile(r"<(?!embed\b)[^>]*>|&nbsp;|\s|\u200b")


def without_emptiness(html: str | None) -> str:
    """An editor's empty paragraph is no text: it would keep the fallback away from readers."""
    return html if html and _TAG.sub("", html) else ""


class PageForm(NamedForm, WagtailAdminPageForm):
    named_by = "heading"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, language in self._rich_texts():
            editor = self.fields[name].widget
            label = f"{capfirst(self._meta.model._meta.get_field('text').verbose_name)} ({language.name})"
            editor.options = {**editor.options, "ariaLabel": label}  # the editor's own box has no name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, _language in self._rich_texts():
            cleaned[name] = without_emptiness(cleaned.get(name))
        self._need_a_heading(cleaned)
        self._refuse_reserved(cleaned)
        return cleaned

    def _rich_texts(self) -> Iterator[tuple[str, Language]]:
        model = self._meta.model
        rich = [
            name for name in translated_fields(model) if isinstance(model._meta.get_field(name), RichTextField)
        ]
        columns = ((column(name, each.code), each) for name in rich for each in SHIPPED.values())
        return ((name, each) for name, each in columns if name in self.fields)

    def _need_a_heading(self, cleaned: dict[str, Any]) -> None:
        """A draft needs one too: lists and the tree call it by that."""
        names = [column("heading", code) for code in SHIPPED]
        if not any(cleaned.get(name) if name in self.fields else getattr(self.instance, name) for name in names):
            self.add_error(None, _("Write the heading in at least one language."))

    def _refuse_reserved(self, cleaned: dict[str, Any]) -> None:
        try:
            refuse_reserved(cleaned.get("slug") or "")
        except ValidationError as problem:
            self.add_error(None, problem)


class SignLanguageForm(PageForm):
    """A draft may wait for its video; visitors get no page without one, and know what they download."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.is_deferred_validation and "video" not in self.errors:
            for name, words in _missing(cleaned):
                self.add_error(name, words)
        return cleaned


def _missing(cleaned: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    if not (cleaned.get("video") or cleaned.get("video_url")):
        yield "video", _("Add the video, or its address.")
    if cleaned.get("video") and cleaned.get("video_url"):
        yield "video_url", _("Either a video or an address, not both.")
    if not cleaned.get("video_seconds"):
        yield "video_seconds", _("Visitors need to know how long the video is.")
    if cleaned.get("video_url") and not cleaned.get("video_megabytes"):
        yield "video_megabytes", _("Visitors need to know how large the video is.")


class CopyPageForm(CopyForm):
    """Wagtail saves the copy without a form that could say what is wrong with it."""

    def clean_new_slug(self) -> str:
        slug: str = self.cleaned_data["new_slug"]
        try:
            refuse_reserved(slug)
        except ValidationError as problem:
            raise ValidationError(problem.messages) from problem
        return slug


class PictureUpload(WagtailImageField):
    """Encodes anew before Wagtail looks at the file: to learn its size, Willow decodes whatever it is given."""

    def to_python(self, data: Any) -> Any:
        if data in self.empty_values:
            return super().to_python(data)
        claimed = data.name.rpartition(".")[2].lower().replace("jpeg", "jpg")
        clean_upload(data)
        if not data.name.endswith(f".{claimed}"):
            raise ValidationError(_("This file is another kind of picture than its name says."))
        return super().to_python(data)


class PictureForm(BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            given = self.fields["file"]
            self.fields["file"] = PictureUpload(label=given.label, required=given.required, widget=given.widget)
        for code, language in SHIPPED.items():
            name = column("alt", code)
            if name in self.fields and code not in enabled_languages():
                del self.fields[name]  # only hidden, it would be cleared by the next save
            elif name in self.fields:
                self._offer(self.fields[name], language)

    def _offer(self, field: Any, language: Language) -> None:
        field.label = f"{capfirst(Picture._meta.get_field('alt').verbose_name)} ({language.name})"
        field.widget.attrs |= {"lang": language.code, "dir": language.direction}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        name = column("alt", MAIN)
        if name in self.fields and not cleaned.get(name) and not cleaned.get("is_decorative"):
            self.add_error(name, _("Write what the picture shows, or mark it as decoration."))
        return cleaned
