"""One tab per language: how far its texts are, what the source says, and whether readers get them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, Panel
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.fields import RichTextField
from wagtail.rich_text import get_text_for_indexing

from directory import translation_state
from directory.editing.forms import CHECKED, PUBLIC
from directory.languages import SHIPPED, Language, column
from directory.models import translated_fields
from directory.translation_state import State


class Mark(NamedTuple):
    icon: str
    word: str | Promise
    meaning: str | Promise


MARKS: Mapping[str, Mark] = {
    "missing": Mark("radio-empty", _("missing"), _("Nothing is written in this language yet.")),
    "outdated": Mark(
        "history", _("outdated"), _("The source has changed since. Compare the texts and correct the translation.")
    ),
    "machine": Mark(
        "cogs", _("machine"), _("A machine translated this and nobody has checked it. Readers are told so.")
    ),
    "partial": Mark("warning", _("partial"), _("The source says more: some texts are missing in this language.")),
    "human": Mark("edit", _("written"), _("A person wrote this.")),
    "unnoted": Mark("edit", _("written"), _("Nobody has noted who wrote this.")),
    "checked": Mark("check", _("checked"), _("Somebody has compared this with the source.")),
    "source": Mark("pilcrow", _("source"), _("The other languages are translated from this one.")),
}


def marks(entry: Any, language: str) -> list[str]:
    """What is to be said of a language; the most urgent comes first."""
    found = translation_state.state(entry, language)
    is_source = language == translation_state.source_language(entry)
    is_noted = bool(translation_state.noted(entry, language).get("by"))
    if found is State.MISSING:
        return ["missing"]
    told = {
        "outdated": found is State.OUTDATED,
        "machine": translation_state.is_machine_made(entry, language),
        "partial": not is_source and translation_state.is_partial(entry, language),
        "source": is_source,
        "checked": found is State.CHECKED and not is_source,
        "human": found is State.HUMAN and not is_source and is_noted,
        "unnoted": found is State.HUMAN and not is_source and not is_noted,
    }
    return [name for name, holds in told.items() if holds]


class OfLanguage(Panel):
    """A part of the form that belongs to one language."""

    def __init__(self, *args: Any, language: Language, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language = language

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "language": self.language}


class LanguageTab(OfLanguage, ObjectList):
    @property
    def clean_name(self) -> str:
        return f"language_{self.language.code.replace('-', '_')}"

    class BoundPanel(ObjectList.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            language = self.panel.language
            mark = MARKS[marks(self.instance, language.code)[0]]
            context = {"language": language, "mark": mark}
            self.heading = render_to_string("directory/editing/language_heading.html", context)


class RowsTab(ObjectList):
    """Child rows with texts: `texts` is the tab that translators get in its place, without the other fields."""

    def __init__(self, *args: Any, texts: Panel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts = texts

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "texts": self.texts}


class StatePanel(OfLanguage):
    """What is known of the language's texts, and what the editor decides about them."""

    def get_form_options(self) -> dict[str, Any]:
        return {"fields": [CHECKED, PUBLIC]}

    class BoundPanel(Panel.BoundPanel):
        template_name = "directory/editing/language_state.html"

        def is_shown(self) -> bool:
            code = self.panel.language.code
            return any(column(field, code) in self.form.fields for field in translated_fields(self.panel.model))

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            code = self.panel.language.code
            noted = translation_state.noted(self.instance, code)
            found: dict[str, Any] = super().get_context_data(parent_context)
            return found | {
                "language": self.panel.language,
                "marks": [MARKS[name] for name in marks(self.instance, code)],
                "by": noted.get("by", ""),
                "at": datetime.fromisoformat(noted["at"]) if noted.get("at") else None,
                "is_source": code == translation_state.source_language(self.instance),
                "boxes": [box for name in (CHECKED, PUBLIC) if (box := self._box(name, code))],
            }

        def _box(self, name: str, code: str) -> dict[str, Any] | None:
            field = self.form[name] if name in self.form.fields else None
            offered = enumerate(field.subwidgets) if field else ()
            return next(
                (
                    {"name": name, "id": f"{field.auto_id}_{number}", "label": field.label, "data": each.data}
                    for number, each in offered
                    if field and each.data["value"] == code
                ),
                None,
            )


class TextPanel(OfLanguage, FieldPanel):
    """A text, and above it what the source says."""

    def __init__(self, *args: Any, original: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.original = original

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "original": self.original}

    class BoundPanel(FieldPanel.BoundPanel):
        template_name = "directory/editing/language_text.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            code = translation_state.source_language(self.instance)
            source = translation_state.texts(self.instance, code)[self.panel.original]
            found: dict[str, Any] = super().get_context_data(parent_context)
            if isinstance(self.panel.model._meta.get_field(self.panel.original), RichTextField):
                source = get_text_for_indexing(source)  # its words, without the marks of its form
            shown = source if code != self.panel.language.code else ""
            return found | {"source": shown, "source_language": SHIPPED[code]}


def language_tabs(model: type[Any]) -> list[Panel]:
    """All shipped languages; a tab is shown where the form offers its fields."""
    return [
        LanguageTab(
            [StatePanel(language=language), *_texts(model, language)], heading=language.name, language=language
        )
        for language in SHIPPED.values()
    ]


def _texts(model: type[Any], language: Language) -> list[Panel]:
    return [_text(model, field, language) for field in translated_fields(model)]


def _text(model: type[Any], field: str, language: Language) -> Panel:
    original = model._meta.get_field(field)
    grows = original.get_internal_type() == "TextField" and not isinstance(original, RichTextField)
    widget = AdminAutoHeightTextInput if grows else None
    heading = capfirst(original.verbose_name)
    return TextPanel(
        column(field, language.code), original=field, language=language, heading=heading, widget=widget
    )
