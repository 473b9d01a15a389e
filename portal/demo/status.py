"""How the projects of today stand: lines month by month, and one whose owner sees it otherwise than the portal."""

import datetime as dt

from core import clock
from core.office_days import last_office_day
from portal.demo.people import person
from projects.models import Project
from projects.portfolio import operations as portfolio

PERMITS = "Parking permits that renew themselves"
# Days before today, and the line; the last one with the rating that its owner set, and why.
LINES = (
    (96, "Norwich has the interface on its test site."),
    (64, "Bristol renews half of its permits without papers; Exeter’s first ward begins in a month."),
)
LATEST = "Bristol and Exeter renew by themselves. Norwich waits for its supplier."
BECAUSE = "Two more councils wait for the same supplier, and nobody has its date yet."


def build() -> None:
    """Add the earlier lines to the project that was launched; all of it is illustrative, as the project is."""
    project = Project.objects.get(title=PERMITS)
    launched_on = project.launched_on
    for days, line in LINES:
        on = last_office_day(clock.today() - dt.timedelta(days=days))
        if launched_on is None or on > launched_on:
            _post(on, project, line)


def build_latest() -> None:
    """Add the latest line, with the rating that its owner set against what the portal suggested that day."""
    project = Project.objects.get(title=PERMITS)
    _post(last_office_day(clock.today() - dt.timedelta(days=4)), project, LATEST, rating="amber", because=BECAUSE)


def _post(on: dt.date, project: Project, line: str, **rated: str) -> None:
    with clock.at(dt.datetime.combine(on, dt.time(11))):
        portfolio.post_update(project, line=line, by=person("facilitator"), **rated)
