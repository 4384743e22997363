"""Coded values: slugs of a vocabulary, kept in the row itself (docs/decisions/0002)."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class CodesFormField(forms.MultipleChoiceField):
    """A missing code stays selectable, so that saving a form never drops what it did not know."""

    def prepare_value(self, value: Any) -> Any:
        offered: list[tuple[str, str]] = list(self.widget.choices)
        known = {code for code, _label in offered}
        if unknown := [(code, code) for code in value or [] if isinstance(code, str) and code not in known]:
            self.choices = [*offered, *unknown]
        return value


class CodesField(models.JSONField):
    """A list of slugs of one vocabulary ("areas" and "listings" name those tables)."""

    def __init__(self, *args: Any, vocabulary: str = "", **kwargs: Any) -> None:
        self.vocabulary = vocabulary
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "vocabulary": self.vocabulary}

    def validate(self, value: Any, model_instance: Any) -> None:
        if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
            raise ValidationError(_("This must be a list of codes."))
        from directory.vocabulary import choices  # reads the database, which models must not do on import

        known = {code for code, _label in choices(self.vocabulary)}
        if unknown := [code for code in value if code not in known]:
            message = _("Unknown codes for “%(vocabulary)s”: %(codes)s. Add them to the vocabulary first.")
            raise ValidationError(message, params={"vocabulary": self.vocabulary, "codes": ", ".join(unknown)})

    def formfield(self, **kwargs: Any) -> Any:
        from directory.vocabulary import choices

        return CodesFormField(
            choices=lambda: choices(self.vocabulary),
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text,
            initial=list,
        )


class WordsFormField(forms.CharField):
    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        return [line.strip() for line in (value or "").splitlines() if line.strip()]


class WordsField(models.JSONField):
    """A list of free words or addresses, one per line in forms: aliases, sources, postcodes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def validate(self, value: Any, model_instance: Any) -> None:
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            raise ValidationError(_("This must be a list of words."))

    def formfield(self, **kwargs: Any) -> Any:
        return WordsFormField(
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text or _("One per line."),
            widget=forms.Textarea(attrs={"rows": 3}),
        )
