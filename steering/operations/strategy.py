"""Operations on the strategy: a council assesses itself, the secretariat says what departments' services mean."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from core.words import day_in_words
from councils.models import Organisation
from steering.framework import KEYS, SEVEN_DEPARTMENTS
from steering.models import FlagAssessment, FlagStep, LocalImpact
from steering.permissions import can_assess, can_minute

ASSESSED_THAT_DAY = "There is an assessment of {} already, and it stays as it is. Give another day."
NOT_THE_LEAD = "Only the lead of a council, with a second factor, assesses it."
NOT_THE_SECRETARIAT = "Only the secretariat writes down what departments’ services mean for councils."


@transaction.atomic
def assess_council(
    council: Organisation,
    *,
    by: User,
    assessed_on: dt.date | None = None,
    source: str = "",
    is_illustrative: bool = False,
    **steps: int,
) -> FlagAssessment:
    """Add a council's assessment of itself on a day: a step for each of the fifteen items. Earlier ones stay."""
    require(can_assess(by, council), NOT_THE_LEAD)
    # Locked, so that two leads do not assess it on the same day.
    council = Organisation.objects.select_for_update().get(pk=council.pk)
    day = assessed_on or clock.today()
    if day > clock.today():
        raise Refused("An assessment is of today or of a day before.", field="assessed_on")
    for key in KEYS:
        if steps.get(key) not in FlagStep.values:
            raise Refused("Say for each of the fifteen items how far the council has come.", field=key)
    if council.flag_assessments.filter(assessed_on=day).exists():
        raise Refused(ASSESSED_THAT_DAY.format(day_in_words(day)), field="assessed_on")
    assessment = FlagAssessment.objects.create(
        council=council,
        assessed_on=day,
        assessed_by=by,
        source=source,
        is_illustrative=is_illustrative,
        **{key: steps[key] for key in KEYS},
    )
    log_action("steering.council_assessed", by=by, about=assessment, council=council.pk)
    return assessment


@transaction.atomic
def fill_impact(
    department: Organisation,
    *,
    part: str,
    level: str,
    wording: str,
    by: User,
    source: str = "",
    is_illustrative: bool = False,
) -> LocalImpact:
    """Say what a department's services mean for councils in one of their parts; what stood before is kept beside it.

    The same words again change nothing.
    """
    require(can_minute(by), NOT_THE_SECRETARIAT)
    if department.slug not in dict(SEVEN_DEPARTMENTS):
        raise Refused(f"{department} is none of the seven departments.")
    if part not in LocalImpact.Part.values:
        raise Refused("Choose one of the parts that councils play.", field="part")
    if level not in LocalImpact.Level.values:
        raise Refused("Choose how strong it is.", field="level")
    if not wording.strip():
        raise Refused("Say what it is.", field="wording")
    # Locked, so that one stands at a time.
    department = Organisation.objects.select_for_update().get(pk=department.pk)
    standing = department.local_impacts.standing().filter(part=part).first()
    if standing and (standing.level, standing.wording) == (level, wording):
        return standing
    if standing:
        standing.replaced_at = clock.now()
        standing.save(update_fields=["replaced_at"])
    impact = LocalImpact.objects.create(
        department=department,
        part=part,
        level=level,
        wording=wording,
        filled_by=by,
        source=source,
        is_illustrative=is_illustrative,
    )
    log_action("steering.impact_filled", by=by, about=impact, department=department.pk, part=part)
    return impact
