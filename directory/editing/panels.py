"""How the forms are laid out: tabs, one of them for each language."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.panels.base import get_form_for_model

from directory.editing.forms import (
    AreaForm,
    ConditionsForm,
    ContactForm,
    EntryForm,
    ListingForm,
    OrganisationForm,
    SpokenLanguageForm,
    TermForm,
)
from directory.editing.language_tabs import language_tabs
from directory.editing.reading_back import ReadBack
from directory.languages import SHIPPED, column
from directory.models import DIMENSIONS, Area, Exclusion, Listing, Organisation, Term, translated_fields


def plain(*names: str) -> list[Panel]:
    return [FieldPanel(name) for name in names]


def needed(*names: str) -> list[Panel]:
    """Also a draft is refused without them: the database does not take it either."""
    return [FieldPanel(name, required_on_save=True) for name in names]


def group(heading: Any, *names: str) -> Panel:
    return MultiFieldPanel(plain(*names), heading=heading)


def names_in_all_languages(model: type[Any], heading: Any) -> Panel:
    """For short texts: one group instead of tabs."""
    panels = [
        FieldPanel(column(field, code), heading=language.name)
        for field in translated_fields(model)
        for code, language in SHIPPED.items()
    ]
    return MultiFieldPanel(panels, heading=heading)


class RowsPanel(InlinePanel):
    """Child rows with a form class of their own, which Wagtail's inline panel does not offer."""

    def __init__(self, *args: Any, row_form: type[EntryForm] = EntryForm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row_form = row_form

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "row_form": self.row_form}

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        deferred = self.child_edit_handler.get_form_options().get("defer_required_on_fields", [])
        options["formsets"][self.relation_name]["form"] = get_form_for_model(
            self.db_field.related_model, form_class=self.row_form, defer_required_on_fields=deferred
        )
        return options


def contacts() -> Panel:
    panels = [
        FieldRowPanel(needed("kind", "value")),
        *plain("label", "opening_hours", "opening_hours_note"),
        FieldRowPanel(plain("audience", "on_bill")),
        FieldRowPanel(plain("source", "confirmed_on", "confirmed_by")),
    ]
    return RowsPanel("contacts", panels, heading=_("Contacts"), label=_("contact"), row_form=ContactForm)


def places(relation: str, heading: Any) -> Panel:
    panels = [*plain("name", "address"), FieldRowPanel(plain("visibility", "since")), *plain("areas", "sources")]
    return RowsPanel(relation, panels, heading=heading)


def conditions(relation: str, *before: Panel) -> list[Panel]:
    return [
        ReadBack(relation),
        *before,
        group(_("Where all of this fits"), *DIMENSIONS, "danger_now"),
        group(_("Where"), "areas", "outside_areas", "area_basis"),
        group(_("Where this comes from"), "sources", "unknown", "valid_from", "check_by"),
    ]


ORGANISATION = TabbedInterface(
    [
        ObjectList(plain("slug", "type", "funding", "website", "aliases", "awards"), heading=_("General")),
        *language_tabs(Organisation),
        ObjectList([contacts(), places("sites", _("Sites"))], heading=_("Contacts and sites")),
        ObjectList([PublishingPanel(), *plain("sources")], heading=_("Sources and state")),
    ],
    base_form_class=OrganisationForm,
)

LISTING_GENERAL: list[Panel] = [
    FieldPanel("organisation", widget=forms.Select, required_on_save=True),
    *needed("kind", "audience", "source_language"),
    *plain("slug", "aliases"),
    group(
        _("About"), "topics", "life_areas", "kinds_of_help", "grounds", "ground_sets", "target_groups", "space_for"
    ),
    group(_("Cost and trust"), "cost", "cost_note", "anonymous", "confidential"),
    group(_("Free places"), "capacity", "waiting_weeks"),
    group(
        _("Training"),
        *("sectors", "formats", "level", "duration", "group_size", "price", "in_house", "obligation"),
        *("target_role", "education_stages", "intersectional", "accreditation"),
    ),
]

LISTING_REACH: list[Panel] = [
    contacts(),
    group(_("Opening hours"), "opening_hours", "opening_hours_note"),
    group(_("Call-back"), "callback_email"),
    RowsPanel(
        "languages",
        [FieldRowPanel([*needed("language"), *plain("note", "times")])],
        heading=_("Spoken languages"),
        row_form=SpokenLanguageForm,
    ),
    group(_("Languages"), "interpreter", "interpreter_booked_by", "languages_note"),
    group(_("Area"), "areas_served", "area_note", "modes", "access_features"),
    places("places", _("Places")),
    RowsPanel(
        "dates",
        [FieldRowPanel([*needed("starts_at"), *plain("ends_at")]), *plain("recurrence", "note")],
        heading=_("Dates"),
    ),
]

LISTING_REFERRAL: list[Panel] = [
    group(_("Role"), "role", "belongs_to", "belongs_to_area"),
    RowsPanel(
        "competence_rows",
        conditions("competence_rows", *plain("weight")),
        heading=_("Responsible when"),
        row_form=ConditionsForm,
    ),
    RowsPanel(
        "exclusions",
        conditions(
            "exclusions",
            *needed("strength"),
            *plain("then_go_to"),
            names_in_all_languages(Exclusion, _("Reason in words")),
        ),
        heading=_("Not responsible when"),
        row_form=ConditionsForm,
    ),
]

LISTING_STATE: list[Panel] = [
    PublishingPanel(),
    group(_("State"), "needs_check", "last_confirmed_on", "last_confirmed_by", "valid_until", "internal_only"),
    group(_("Sources"), "sources", "field_sources", "awards"),
    *plain("note"),
]

LISTING = TabbedInterface(
    [
        ObjectList(LISTING_GENERAL, heading=_("General")),
        *language_tabs(Listing),
        ObjectList(LISTING_REACH, heading=_("Contacts and places")),
        ObjectList(LISTING_REFERRAL, heading=_("Referral rules")),
        ObjectList(LISTING_STATE, heading=_("Sources and state")),
    ],
    base_form_class=ListingForm,
)

TERM = TabbedInterface(
    [
        ObjectList(
            [*needed("vocabulary", "slug"), *plain("synonyms", "parent", "also_under", "order", "extra")],
            heading=_("General"),
        ),
        *language_tabs(Term),
        ObjectList([PublishingPanel()], heading=_("State")),
    ],
    base_form_class=TermForm,
)

AREA = TabbedInterface(
    [
        ObjectList(
            [
                *needed("slug", "level"),
                FieldPanel("parent", widget=forms.Select),
                *plain("ags", "postcodes", "aliases", "quarters", "sources"),
            ],
            heading=_("General"),
        ),
        *language_tabs(Area),
        ObjectList([PublishingPanel()], heading=_("State")),
    ],
    base_form_class=AreaForm,
)

CONFIGURATION = ObjectList(
    [
        *plain("home_area", "demo"),
        group(
            _("Who answers for these pages"),
            "publisher",
            "publisher_address",
            "publisher_phone",
            "publisher_email",
        ),
    ],
    base_form_class=EntryForm,
)
