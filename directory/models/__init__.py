from directory.models.area import Area
from directory.models.change import Change, Followed, FollowedQuerySet, acting
from directory.models.competence import DIMENSIONS, CompetenceRow, Conditions, Exclusion
from directory.models.configuration import Configuration
from directory.models.contact import Contact, Known, LocatedAt
from directory.models.details import ContactPoint, EventDate, Place, SpokenLanguage
from directory.models.listing import Listing, ListingQuerySet
from directory.models.organisation import Organisation, OrganisationContact, Published, Site
from directory.models.term import Term
from directory.models.translated import TranslatedRevisions, translated_fields

__all__ = [
    "DIMENSIONS",
    "Area",
    "Change",
    "CompetenceRow",
    "Conditions",
    "Configuration",
    "Contact",
    "ContactPoint",
    "EventDate",
    "Exclusion",
    "Followed",
    "FollowedQuerySet",
    "Known",
    "Listing",
    "ListingQuerySet",
    "LocatedAt",
    "Organisation",
    "OrganisationContact",
    "Place",
    "Published",
    "Site",
    "SpokenLanguage",
    "Term",
    "TranslatedRevisions",
    "acting",
    "translated_fields",
]
