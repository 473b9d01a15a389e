"""Business cases before the board, and how many councils each would reach."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from core import clock
from core.figures import Share
from core.words import day_in_words
from councils.kinds import Tier
from councils.models import Organisation
from councils.queries import base_for
from projects.models import BusinessCase, Need, NeedSupport
from steering.models import Decision
from steering.queries.decisions import reviews_due_by


@dataclass(frozen=True)
class Coverage:
    """How many councils a case would reach, as at a day: with the need, taking part, with the service."""

    with_the_need: int
    taking_part: int
    providers: int
    as_at: dt.date
    tier: str = Tier.ALL
    is_about_a_need: bool = True

    def pairs(self) -> list[tuple[str, str]]:
        is_past = self.as_at < clock.today()
        base = "councils in England"
        if self.tier != Tier.ALL:
            base += " that provided the service" if is_past else " that provide the service"
        if is_past:
            base += f" on {day_in_words(self.as_at)}"
        needs = "Not known: the project has no need on record"
        if self.is_about_a_need:
            needs = Share(self.with_the_need, self.providers, base, as_at=self.as_at).of_base
        return [
            ("Have the need", needs),
            ("Take part", f"{self.taking_part:,}, the lead included"),
        ]


def cases_waiting() -> QuerySet[BusinessCase]:
    """Submitted and not decided, the longest waiting first; without those that wait for conditions to be met."""
    on_conditions = Decision.objects.filter(
        business_case=OuterRef("pk"), result=Decision.Result.CONDITIONAL, conditions_met_on=None
    )
    submitted = BusinessCase.objects.filter(~Exists(on_conditions), state=BusinessCase.State.SUBMITTED)
    return submitted.select_related("project__lead_council").order_by("submitted_at", "pk")


def reviews_due() -> QuerySet[Decision]:
    """Decisions whose review is due today or was before, the longest due first."""
    return reviews_due_by(clock.today())


def coverage(case: BusinessCase) -> Coverage:
    """The coverage of a case, in distinct councils, as at the day of its decision; today while there is none."""
    project, day = case.project, case.decided_on or clock.today()
    needs = Need.objects.filter(prototypes=project.prototype_id) if project.prototype_id else Need.objects.none()
    tier = project.providing_tier
    supports = NeedSupport.objects.filter(
        need__prototypes=project.prototype_id,
        joined_at__date__lte=day,
        council__in=Organisation.objects.in_force(day).providing(tier),
    )
    return Coverage(
        with_the_need=supports.values("council").distinct().count() if project.prototype_id else 0,
        taking_part=project.partners.councils().count() + bool(project.lead_council_id),
        providers=base_for(tier, day),
        as_at=day,
        tier=tier,
        is_about_a_need=needs.exists(),
    )
