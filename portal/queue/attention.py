"""What is stale, has no owner or was left unanswered: counts, each leading to its list."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.models import AnyUser
from accounts.permissions import acts_as
from accounts.roles import Role
from assets_registry.health.permissions import stewarded_assets
from assets_registry.health.queries import needs_care
from core import clock
from projects.models import Interest
from projects.portfolio.permissions import visible_projects
from take_up.models import Benefit
from take_up.permissions import visible_benefits


@dataclass(frozen=True)
class Attention:
    """A count of what needs care, and the list that has it."""

    count: int
    words: str
    url: str


def attention_for(user: AnyUser) -> list[Attention]:
    """The counts for this reader's roles; each is of the list it leads to."""
    found = [
        Attention(stewarded_assets(user).filter(needs_care()).count(), "assets need care", "/assets/stewards/"),
        Attention(visible_projects(user).late().count(), "projects with a late update", "/board/portfolio/?overdue=1"),
    ]
    if acts_as(user, Role.SECRETARIAT):
        late = Interest.objects.open().filter(due_on__lt=clock.today())
        unchecked = visible_benefits(user).with_state(Benefit.State.NOT_CHECKED)
        found += [
            Attention(late.count(), "offers unanswered in time", reverse("projects:offers")),
            Attention(unchecked.count(), "promises nobody checked", "/board/promises/?state=not_checked"),
            Attention(
                visible_benefits(user).unexplained().count(),
                "missed promises unexplained",
                "/board/promises/?unexplained=1",
            ),
        ]
    return found
