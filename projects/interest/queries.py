"""Reads of what councils offer projects: how many of each kind, and who answers."""

from dataclasses import dataclass

from django.db.models import Count

from accounts.models import User
from accounts.permissions import holders_of
from accounts.roles import Role
from councils.queries import who_answers
from projects.interest.models import Interest
from projects.portfolio.models import Project

# What the councils of each kind have done, to follow their number.
_DO: dict[str, tuple[str, str]] = {
    Interest.Kind.IDEAS: ("shares ideas", "share ideas"),
    Interest.Kind.TEST: ("joins as tester", "join as testers"),
    Interest.Kind.FUND: ("offers to co-fund", "offer to co-fund"),
    Interest.Kind.ADOPT: ("wants to adopt it", "want to adopt it"),
}


@dataclass(frozen=True)
class OfferCount:
    """How many councils offer one kind of thing."""

    kind: str
    councils: int

    @property
    def words(self) -> str:
        """join as testers, shares ideas: what those councils do."""
        return _DO[self.kind][0 if self.councils == 1 else 1]


def counts_of(project: Project) -> list[OfferCount]:
    """How many distinct councils have offered each kind and were not declined; kinds of none are left out."""
    offered = Interest.objects.filter(project=project).exclude(outcome=Interest.Outcome.DECLINED)
    found = dict(offered.order_by().values_list("kind").annotate(Count("council", distinct=True)))
    return [OfferCount(kind, found[kind]) for kind in Interest.Kind.values if kind in found]


def who_gets(project: Project) -> list[User]:
    """Those who hear of an offer: the leads of the leading council, or the secretariat where there is none."""
    return who_answers(project.lead_council) if project.lead_council else list(holders_of(Role.SECRETARIAT))
