"""How many councils are meant to use a project’s result, or an asset, by when."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.http import SignedInRequest
from assets_registry.models import Asset
from assets_registry.permissions import visible_assets
from core import clock
from core.answering import answered, posted
from core.permissions import allow, require, signed_in
from councils.queries import base_for
from projects.models import Project
from projects.portfolio.permissions import visible_projects
from take_up import operations
from take_up.forms import PlanForm
from take_up.permissions import can_plan_take_up
from take_up.queries.take_up import BASE_WORDS


@allow(signed_in)
def plan(request: SignedInRequest) -> HttpResponse:
    """A plan for the take-up of `?project=` or `?asset=`."""
    owner = _owner(request)
    require(
        can_plan_take_up(request.user, owner),
        "Only those who lead the project, or publish for the asset's owner, plan its take-up.",
    )
    tier = owner.providing_tier if isinstance(owner, Project) else owner.tier
    base = f"It is for {base_for(tier, clock.today()):,} {BASE_WORDS[tier]} today."
    form = PlanForm(posted(request), base=base)
    if done := answered(request, form, operations.plan_take_up, owner, said="Planned.", to=owner):
        return done
    return render(request, "take_up/plan.html", {"form": form, "about": owner})


def _owner(request: HttpRequest) -> Project | Asset:
    if slug := request.GET.get("asset", "").replace("\0", "")[:120]:
        return get_object_or_404(visible_assets(request.user).select_related("owner"), slug=slug)
    slug = request.GET.get("project", "").replace("\0", "")[:80]
    return get_object_or_404(visible_projects(request.user).select_related("lead_council", "service"), slug=slug)
