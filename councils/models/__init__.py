"""Organisations, who belongs to them, and what councils provide and run."""

from councils.models.lineage import Lineage, TakenOver, counted_with, leads_to, lineage_among
from councils.models.organisations import (
    Council,
    EmailDomain,
    Organisation,
    OrganisationQuerySet,
    all_take_overs,
    in_force_on,
    lineage_of,
    take_overs,
)
from councils.models.people import ANSWERED_WITHIN, Enquiry, Membership
from councils.models.reorganisation import Reorganisation
from councils.models.stars import StarsComparator, WebsiteStars
from councils.models.systems import CouncilFigures, Service, System, SystemQuerySet

__all__ = [
    "ANSWERED_WITHIN",
    "Council",
    "CouncilFigures",
    "EmailDomain",
    "Enquiry",
    "Lineage",
    "Membership",
    "Organisation",
    "OrganisationQuerySet",
    "Reorganisation",
    "Service",
    "StarsComparator",
    "System",
    "SystemQuerySet",
    "TakenOver",
    "WebsiteStars",
    "all_take_overs",
    "counted_with",
    "in_force_on",
    "leads_to",
    "lineage_among",
    "lineage_of",
    "take_overs",
]
