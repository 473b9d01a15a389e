"""What the board can speak about: a business case, a project, a block, a promise, or something else."""

from typing import Any

from django.db import models
from django.db.models import Q

from projects.models import Block, BusinessCase, Project
from take_up.models import Benefit

SUBJECTS = ("business_case", "project", "block", "promise")
Subject = BusinessCase | Project | Block | Benefit
_FIELDS: dict[type[models.Model], str] = {
    BusinessCase: "business_case",
    Project: "project",
    Block: "block",
    Benefit: "promise",
}


def field_of(subject: Subject) -> str:
    """The name of the key to a subject: `business_case` of a business case."""
    return _FIELDS[type(subject)]


class AboutASubject(models.Model):
    """A row about one record at most: a business case, a project, a block or a promise."""

    business_case = models.ForeignKey(
        BusinessCase, on_delete=models.PROTECT, null=True, blank=True, related_name="%(class)ss"
    )
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, blank=True, related_name="%(class)ss")
    block = models.ForeignKey(Block, on_delete=models.PROTECT, null=True, blank=True, related_name="%(class)ss")
    promise = models.ForeignKey(Benefit, on_delete=models.PROTECT, null=True, blank=True, related_name="%(class)ss")

    class Meta:
        abstract = True

    @property
    def subject(self) -> Any:
        """The record that it is about, or None."""
        return self.business_case or self.project or self.block or self.promise

    @property
    def project_behind(self) -> Project | None:
        """The project that it is about, directly or through the case, the block or the promise."""
        return self.project or next(
            (each.project for each in (self.business_case, self.block, self.promise) if each is not None), None
        )


def one_subject_at_most(name: str) -> models.CheckConstraint:
    """The constraint that a row is about no more than one record."""
    none_but = [Q(**{f"{other}__isnull": True for other in SUBJECTS if other != each}) for each in SUBJECTS]
    condition = none_but[0]
    for other in none_but[1:]:
        condition |= other
    return models.CheckConstraint(condition=condition, name=name)
