"""Which councils answered the survey, for the coverage radar."""

import datetime as dt

from core.words import day_in_words
from councils.reach import ReachedCouncils
from surveys.waves.models import NamedOrganisation, Wave
from surveys.waves.permissions import shown_waves


def councils_that_answered(on: dt.date) -> ReachedCouncils | None:
    """The councils that the last report by that day names, counted on the day on which its survey closed.

    Of a wave run here no list is published, so that it is told by type alone, on its own page.
    """
    waves = Wave.objects.filter(shown_waves(), named__isnull=False, closed_on__lte=on)
    wave = waves.order_by("-year").first()
    if wave is None or wave.closed_on is None:
        return None
    named = NamedOrganisation.objects.filter(wave=wave, organisation__isnull=False)
    about = f"As named in the report of {wave.title}, which closed on {day_in_words(wave.closed_on)}."
    return ReachedCouncils(named, "organisation", wave.closed_on, about)
