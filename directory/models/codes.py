"""Coded values: slugs of a vocabulary, kept in the row itself (docs/decisions/0002)."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


def _choices(vocabulary: str) -> list[tuple[str, str]]:
    from directory.vocabulary import choices  # reads the database, which models must not do on import

    return choices(vocabulary)


def _unpublished(vocabulary: str, codes: list[str]) -> dict[str, str]:
    """Names of those that exist, but are not offered: who has one keeps it until its term is published again."""
    from directory.vocabulary import unpublished

    return unpublished(vocabulary, codes) if codes else {}


def _refuse_unknown(vocabulary: str, codes: list[str]) -> None:
    known = {code for code, _label in _choices(vocabulary)}
    missing = [code for code in codes if code not in known]
    hidden = _unpublished(vocabulary, missing)
    if unknown := [code for code in missing if code not in hidden]:
        message = _("Unknown codes for “%(vocabulary)s”: %(codes)s. Add them to the vocabulary first.")
        raise ValidationError(message, params={"vocabulary": vocabulary, "codes": ", ".join(unknown)})


def _offer(field: Any, codes: list[Any]) -> None:
    """A missing code stays selectable, so that a form never drops in silence what it did not know."""
    offered: list[tuple[str, str]] = list(field.widget.choices)
    known = {code for code, _label in offered}
    if missing := [code for code in codes if code and isinstance(code, str) and code not in known]:
        hidden = _unpublished(field.vocabulary, missing)
        words = {code: _("%(name)s (not published)") % {"name": name} for code, name in hidden.items()}
        field.choices = [*offered, *((code, words.get(code, code)) for code in missing)]


class CodesFormField(forms.MultipleChoiceField):
    """Takes what it is given: the model's own check names an unknown code in better words."""

    vocabulary = ""

    def prepare_value(self, value: Any) -> Any:
        _offer(self, value if isinstance(value, list) else [])
        return value

    def valid_value(self, value: Any) -> bool:
        return True


class CodeFormField(forms.ChoiceField):
    vocabulary = ""

    def prepare_value(self, value: Any) -> Any:
        _offer(self, [value])
        return value

    def valid_value(self, value: Any) -> bool:
        return True


if TYPE_CHECKING:
    _Text = models.CharField[str, str]
else:  # Django's fields take no type arguments when the program runs
    _Text = models.CharField


class CodeField(_Text):
    """The slug of one term, or nothing."""

    def __init__(self, *args: Any, vocabulary: str = "", **kwargs: Any) -> None:
        self.vocabulary = vocabulary
        kwargs.setdefault("max_length", 60)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "vocabulary": self.vocabulary}

    def validate(self, value: Any, model_instance: Any) -> None:
        super().validate(value, model_instance)
        _refuse_unknown(self.vocabulary, [value] if value else [])

    def formfield(self, **kwargs: Any) -> Any:
        field = CodeFormField(
            choices=lambda: [("", "---------"), *_choices(self.vocabulary)],
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text,
        )
        field.vocabulary = self.vocabulary
        return field


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
        _refuse_unknown(self.vocabulary, value)

    def formfield(self, **kwargs: Any) -> Any:
        field = CodesFormField(
            choices=lambda: _choices(self.vocabulary),
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text,
            initial=list,
        )
        field.vocabulary = self.vocabulary
        return field


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
