"""Choosing what a wave prints, before it opens."""

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core.errors import Refused
from core.permissions import require
from surveys.fieldwork.models import Fieldwork
from surveys.fieldwork.operations import locked
from surveys.fieldwork.permissions import BECAUSE, can_run_surveys
from surveys.fieldwork.tables import Plan, full_plan

FIXED = "The plan was fixed when the survey opened, so that no table can be chosen for what it shows."


@transaction.atomic
def choose_plan(fieldwork: Fieldwork, *, plan: Plan, by: User | None) -> Fieldwork:
    """Choose which tables the wave prints and by what, as often as one likes until it opens."""
    if by is not None:
        require(can_run_surveys(by), BECAUSE)
    fieldwork = locked(fieldwork)
    if fieldwork.state != Fieldwork.State.PREPARED:
        raise Refused(FIXED)
    most = full_plan(fieldwork.wave)
    for slug, breakdowns in plan.items():
        if slug not in most or not {*breakdowns} <= {*most[slug]}:
            raise Refused("This table cannot be printed so.", field=slug)
    if not plan:
        raise Refused("Choose at least one table. A survey that prints nothing asks people for nothing.")
    if plan != fieldwork.plan:
        fieldwork.plan = plan
        fieldwork.save(update_fields=["plan"])
        log_action("surveys.plan_chosen", by=by, about=fieldwork, tables=sorted(plan))
    return fieldwork
