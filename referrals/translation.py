"""What is translated (one column per shipped language). The module's name is fixed by modeltranslation."""

from modeltranslation.translator import TranslationOptions, register

from referrals.models import Deadline, Note, Option, Question


@register(Deadline)
class DeadlineTranslation(TranslationOptions):
    fields = ("scope", "act", "period", "starts", "law", "only_if", "status", "note")


@register(Note)
class NoteTranslation(TranslationOptions):
    fields = ("heading", "text")


@register(Question)
class QuestionTranslation(TranslationOptions):
    fields = ("text", "why")


@register(Option)
class OptionTranslation(TranslationOptions):
    fields = ("text",)
