"""What is translated (one column per shipped language). The module's name is fixed by modeltranslation."""

from modeltranslation.translator import TranslationOptions, register

from directory.models import Area, Exclusion, Listing, Organisation, Term


@register(Area)
class AreaTranslation(TranslationOptions):
    fields = ("name",)


@register(Term)
class TermTranslation(TranslationOptions):
    fields = ("label",)


@register(Organisation)
class OrganisationTranslation(TranslationOptions):
    fields = ("name", "description")


@register(Listing)
class ListingTranslation(TranslationOptions):
    fields = ("title", "helps_with", "description", "what_happens")


@register(Exclusion)
class ExclusionTranslation(TranslationOptions):
    fields = ("reason",)
