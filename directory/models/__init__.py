from directory.columns import translated_fields
from directory.models.area import Area
from directory.models.change import Change, Followed, FollowedQuerySet, acting
from directory.models.competence import DIMENSIONS, CompetenceRow, Conditions, Exclusion
from directory.models.configuration import Configuration
from directory.models.contact import Contact, Known, LocatedAt
from directory.models.details import ContactPoint, EventDate, Place, SpokenLanguage
from directory.models.link_check import LinkCheck
from directory.models.listing import Listing, ListingQuerySet
from directory.models.mail_link import MailLink
from directory.models.membership import Invitation, Membership, Role
from directory.models.organisation import Organisation, OrganisationContact, Site
from directory.models.pause import Pause, PausedError
from directory.models.phone_call import PhoneCall
from directory.models.proposal import Proposal
from directory.models.published import Published
from directory.models.term import Term
from directory.models.translated import TranslatedRevisions
from directory.models.unsent_mail import UnsentMail
from directory.models.upkeep import Upkeep

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
    "Invitation",
    "Known",
    "LinkCheck",
    "Listing",
    "ListingQuerySet",
    "LocatedAt",
    "MailLink",
    "Membership",
    "Organisation",
    "OrganisationContact",
    "Pause",
    "PausedError",
    "PhoneCall",
    "Place",
    "Proposal",
    "Published",
    "Role",
    "Site",
    "SpokenLanguage",
    "Term",
    "TranslatedRevisions",
    "UnsentMail",
    "Upkeep",
    "acting",
    "translated_fields",
]
