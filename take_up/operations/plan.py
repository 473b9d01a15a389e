"""What take-up is meant, by when."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from assets_registry.models import Asset
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from core.words import counted, day_in_words
from councils.queries import base_for
from projects.models import Project
from take_up.models import TakeUpPlan
from take_up.permissions import can_plan_take_up
from take_up.queries.take_up import BASE_WORDS


@transaction.atomic
def plan_take_up(
    owner: Project | Asset,
    *,
    councils: int,
    by_day: dt.date,
    by: User,
    source: str = "",
    is_illustrative: bool = False,
) -> TakeUpPlan:
    """Say how many councils are meant to use it by a day, of those it is for today. One plan for each day."""
    owner = type(owner)._default_manager.select_for_update(of=("self",)).get(pk=owner.pk)
    require(can_plan_take_up(by, owner), "Only those who lead the project, or publish for the owner, plan its take-up.")
    today, is_project = clock.today(), isinstance(owner, Project)
    if isinstance(owner, Project) and owner.launched_on is None:
        raise Refused("The take-up of a project is planned once it is launched.")
    tier = owner.providing_tier if isinstance(owner, Project) else owner.tier
    base = base_for(tier, today)
    if by_day <= today:
        raise Refused("Give a day to come.", field="by_day")
    if not 1 <= councils <= base:
        raise Refused(f"It is for {base:,} {BASE_WORDS[tier]}: plan for one to {base:,} of them.", field="councils")
    of = {"project": owner} if is_project else {"asset": owner}
    if known := TakeUpPlan.objects.filter(**of, by_day=by_day).first():
        said = counted(known.councils, "council")
        raise Refused(f"For {day_in_words(by_day)} {said} are planned already.", field="by_day")
    plan = TakeUpPlan.objects.create(
        **of,
        councils=councils,
        by_day=by_day,
        tier=tier,
        base=base,
        made_on=today,
        made_by=by,
        source=source,
        is_illustrative=is_illustrative,
    )
    log_action("take_up.take_up_planned", by=by, about=plan, councils=councils, by_day=by_day.isoformat())
    return plan
