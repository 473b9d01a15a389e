"""What a survey says of the skills, noted once for each skill and survey."""

import datetime as dt

from django.db import transaction

from events.event.skills import Skill, SkillDemand


@transaction.atomic
def note_demand(
    skill: Skill, *, asked_on: dt.date, not_important: int, important: int, key: int, source: str
) -> bool | None:
    """Note how many said in the survey of that day how much they need a skill.

    Returns whether the line is new; None where it stood just so already.
    """
    said = {"not_important": not_important, "important": important, "key": key, "source": source}
    stood = SkillDemand.objects.select_for_update().filter(skill=skill, asked_on=asked_on).first()
    if stood and all(getattr(stood, name) == value for name, value in said.items()):
        return None
    row = stood or SkillDemand(skill=skill, asked_on=asked_on)
    for name, value in said.items():
        setattr(row, name, value)
    row.save()
    return stood is None
