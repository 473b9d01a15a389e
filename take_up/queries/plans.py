"""How many councils were meant to use something by a day, beside how many do."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from assets_registry.models import Asset
from core import clock
from core.figures import Share
from councils.kinds import KINDS_OF_TIER
from councils.queries import counts_by_kind_on
from projects.models import Project
from take_up.models import Adoption, TakeUpPlan
from take_up.queries.take_up import BASE_WORDS, is_in_base


@dataclass(frozen=True)
class Planned:
    """A plan, and the councils in live use on its day, or today where that is still to come, each with its base."""

    plan: TakeUpPlan
    meant: Share
    live: Share


def plans_of_asset(asset: Asset) -> list[TakeUpPlan]:
    """The plans of an asset and of the project that it came from, the first due first."""
    return list(TakeUpPlan.objects.filter(Q(asset=asset) | Q(project__isnull=False, project=asset.project_id)))


def plans_of_project(project: Project) -> list[Planned]:
    """The plans of a project beside the councils that use any of its assets live; three queries, however many."""
    plans = list(TakeUpPlan.objects.filter(project=project))
    if not plans:
        return []
    rows = Adoption.objects.filter(asset__project=project, confirmed_at__isnull=False).select_related("council")
    adoptions = list(rows.prefetch_related("earlier_uses"))
    bases = counts_by_kind_on({plan_day(each) for each in plans})
    return [_planned(each, _live(adoptions, each.tier, plan_day(each)), bases[plan_day(each)]) for each in plans]


def planned(plan: TakeUpPlan, live: int) -> Planned:
    """A plan beside so many councils in live use on its day."""
    return _planned(plan, live, counts_by_kind_on({plan_day(plan)})[plan_day(plan)])


def _planned(plan: TakeUpPlan, live: int, base: dict[str, int]) -> Planned:
    words, day = BASE_WORDS[plan.tier], plan_day(plan)
    return Planned(
        plan,
        Share(plan.councils, plan.base, words, as_at=plan.made_on),
        Share(live, sum(base[kind] for kind in KINDS_OF_TIER[plan.tier]), words, as_at=day),
    )


def plan_day(plan: TakeUpPlan) -> dt.date:
    """The day on which what happened is counted."""
    return min(plan.by_day, clock.today())


def live_by_day(asset: Asset, adoptions: Iterable[Adoption], day: dt.date) -> int:
    """How many councils of those that an asset is for used it live on a day."""
    return _live(adoptions, asset.tier, day)


def _live(adoptions: Iterable[Adoption], tier: str, day: dt.date) -> int:
    """The distinct councils of a tier in live use on a day."""
    live = (each.council for each in adoptions if each.counts_as_live(day))
    return len({council.pk for council in live if is_in_base(council, tier, day)})


def meant_on(plans: Iterable[TakeUpPlan], day: dt.date) -> int | None:
    """How many councils were meant to use it by a day: of the plan that comes due next; None where none looks at it."""
    known = (each.planned_on(day) for each in sorted(plans, key=lambda each: each.by_day))
    return next((number for number in known if number is not None), None)
