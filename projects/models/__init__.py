"""The four steps: needs, discoveries, prototypes, projects and their business cases."""

from projects.models.business_case import BusinessCase, OutlineBusinessCase
from projects.models.discovery import Discovery, PotentialProject, PriorityIssue, Purpose
from projects.models.need import Need, NeedMove, NeedSupport
from projects.models.project import Project, StatusUpdate
from projects.models.prototype import Prototype

__all__ = [
    "BusinessCase",
    "Discovery",
    "Need",
    "NeedMove",
    "NeedSupport",
    "OutlineBusinessCase",
    "PotentialProject",
    "PriorityIssue",
    "Project",
    "Prototype",
    "Purpose",
    "StatusUpdate",
]
