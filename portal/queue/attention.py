"""What is stale, has no owner or was left unanswered: counts, each leading to its list."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.models import AnyUser
from accounts.permissions import acts_as
from accounts.roles import Role
from assets_registry.health.permissions import stewarded_assets
from assets_registry.health.queries import needs_care
from core import clock
from core.words import counted
from councils.leaving import left_behind
from projects.models import Interest
from projects.portfolio.permissions import visible_projects
from take_up.models import Benefit
from take_up.permissions import visible_benefits


@dataclass(frozen=True)
class Attention:
    """How much of a kind needs care, in words, and the list that has it; `words` of none say so."""

    count: int
    words: str
    url: str


def _attention(count: int, one: str, many: str, url: str) -> Attention:
    return Attention(count, counted(count, one, many) if count else f"No {one}", url)


def attention_for(user: AnyUser) -> list[Attention]:
    """The counts for this reader's roles; each is of the list it leads to."""
    found = [
        _attention(
            stewarded_assets(user).filter(needs_care()).count(),
            "asset that needs care",
            "assets that need care",
            "/assets/stewards/",
        ),
        _attention(
            visible_projects(user).late().count(),
            "project with a late update",
            "projects with a late update",
            "/board/portfolio/?overdue=1",
        ),
    ]
    if acts_as(user, Role.SECRETARIAT):
        late = Interest.objects.open().filter(due_on__lt=clock.today())
        unchecked = visible_benefits(user).with_state(Benefit.State.NOT_CHECKED)
        found += [
            _attention(
                len(left_behind()),
                "council with work of people who left",
                "councils with work of people who left",
                reverse("councils:left_behind"),
            ),
            _attention(
                late.count(),
                "offer not answered in time",
                "offers not answered in time",
                f"{reverse('projects:offers')}?state=overdue",
            ),
            _attention(
                unchecked.count(),
                "promise that nobody checked",
                "promises that nobody checked",
                "/board/promises/?state=not_checked",
            ),
            _attention(
                visible_benefits(user).unexplained().count(),
                "missed promise without an explanation",
                "missed promises without an explanation",
                "/board/promises/?unexplained=1",
            ),
        ]
    return found
