"""The four steps: needs, discoveries, prototypes, projects and their business cases."""

from projects.blocks.models import Block, BlockStep
from projects.discoveries.models import (
    Discovery,
    OutlineBusinessCase,
    PotentialProject,
    PriorityIssue,
    Prototype,
    Purpose,
)
from projects.interest.models import Interest
from projects.needs.models import Need, NeedMove, NeedSupport
from projects.portfolio.models import BusinessCase, Project, StatusUpdate

__all__ = [
    "Block",
    "BlockStep",
    "BusinessCase",
    "Discovery",
    "Interest",
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
