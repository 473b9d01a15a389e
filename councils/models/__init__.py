"""Organisations, who belongs to them, and what councils provide and run."""

from councils.models.organisations import (
    Council,
    EmailDomain,
    Organisation,
    OrganisationQuerySet,
    in_force_on,
    lineage_among,
    lineage_of,
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
    "Membership",
    "Organisation",
    "OrganisationQuerySet",
    "Reorganisation",
    "Service",
    "StarsComparator",
    "System",
    "SystemQuerySet",
    "WebsiteStars",
    "in_force_on",
    "lineage_among",
    "lineage_of",
]
