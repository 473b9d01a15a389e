"""Organisations, who belongs to them, and what councils provide and run."""

from councils.models.organisations import Council, EmailDomain, Organisation, OrganisationQuerySet, in_force_on
from councils.models.people import ANSWERED_WITHIN, Enquiry, Membership
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
    "Service",
    "StarsComparator",
    "System",
    "SystemQuerySet",
    "WebsiteStars",
    "in_force_on",
]
