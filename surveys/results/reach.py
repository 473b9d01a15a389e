"""Which councils answered the survey, for the coverage radar."""

import datetime as dt

from django.db.models import Q

from core.words import day_in_words
from councils.kinds import NATIONS, Kind
from councils.reach import ReachedByType, ReachedCouncils
from surveys.waves.models import KINDS_OF_TYPE, NamedOrganisation, TypeResponse, Wave
from surveys.waves.permissions import shown_waves

ENGLAND, SCOTLAND, WALES, NORTHERN_IRELAND = NATIONS
NATION_OF = {Kind.SCOTTISH: SCOTLAND, Kind.WELSH: WALES, Kind.NORTHERN_IRISH: NORTHERN_IRELAND}


def councils_that_answered(on: dt.date) -> ReachedCouncils | ReachedByType | None:
    """Which councils answered the last published survey that had closed by that day, as at the day it closed.

    Of a report, those that it names. Of a wave run here no list is published, so how many of each type. A made-up wave
    counts only where there is no other.
    """
    waves = Wave.objects.filter(shown_waves(), Q(named__isnull=False) | Q(fieldwork__isnull=False), closed_on__lte=on)
    found = waves.select_related("fieldwork").distinct().order_by("year")
    wave = max(found, key=lambda wave: (not wave.is_illustrative, wave.year), default=None)
    if wave is None or wave.closed_on is None:
        return None
    if wave.is_run_here:
        return _by_type(wave, wave.closed_on)
    named = NamedOrganisation.objects.filter(wave=wave, organisation__isnull=False)
    about = f"As named in the report of {wave.title}, which closed on {day_in_words(wave.closed_on)}."
    return ReachedCouncils(named, "organisation", wave.closed_on, about)


def _by_type(wave: Wave, closed_on: dt.date) -> ReachedByType:
    lines = []
    for each in TypeResponse.objects.filter(wave=wave):
        kind = KINDS_OF_TYPE[each.council_type][0]
        lines.append((kind, NATION_OF.get(kind, ENGLAND), each.councils, each.answered))
    about = (
        f"As counted when {wave.title} closed on {day_in_words(closed_on)}. It says how many councils of each type "
        "answered, and not which or in which region."
    )
    return ReachedByType(tuple(lines), closed_on, about, wave.is_illustrative)
