"""Business cases on the board's table, and how many councils stand behind each."""

from dataclasses import dataclass

from django.db.models import QuerySet

from councils.models import Organisation, Tier
from projects.models import BusinessCase, NeedSupport


@dataclass(frozen=True)
class Coverage:
    """Whom a case would reach: councils with the need, those taking part, those that provide the service."""

    with_the_need: int
    taking_part: int
    providers: int

    def pairs(self) -> list[tuple[str, str]]:
        base = f"{self.providers:,} councils in England that provide the service"
        return [
            ("Have the need", f"{self.with_the_need:,} of {base}"),
            ("Take part", f"{self.taking_part:,}, the lead included"),
        ]


def cases_waiting() -> QuerySet[BusinessCase]:
    """Submitted and not decided, the longest waiting first."""
    submitted = BusinessCase.objects.filter(state=BusinessCase.State.SUBMITTED)
    return submitted.select_related("project__lead_council").order_by("submitted_at", "pk")


def coverage(case: BusinessCase) -> Coverage:
    """Distinct councils, each counted once."""
    project = case.project
    supports = NeedSupport.objects.filter(need__prototypes=project.prototype_id)
    tier = project.service.providing_tier if project.service else Tier.ALL
    return Coverage(
        with_the_need=supports.values("council").distinct().count() if project.prototype_id else 0,
        taking_part=project.partners.councils().count() + bool(project.lead_council_id),
        providers=Organisation.objects.councils().in_force().providing(tier).count(),
    )
