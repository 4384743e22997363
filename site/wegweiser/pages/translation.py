"""What is translated (one column per shipped language). The module's name is fixed by modeltranslation."""

from modeltranslation.translator import TranslationOptions, register

from wegweiser.pages.models import EasyLanguagePage, EditorialPage, HomePage, Picture, SignLanguagePage, TextPage


@register(EditorialPage)
class EditorialPageTranslation(TranslationOptions):
    fields = ("heading", "intro", "text", "description")


@register([HomePage, TextPage, EasyLanguagePage, SignLanguagePage])
class TypeTranslation(TranslationOptions):
    """Nothing of their own: without it, their managers would not know the columns of what they are."""


@register(Picture)
class PictureTranslation(TranslationOptions):
    fields = ("alt",)
