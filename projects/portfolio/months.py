"""How a project stood month by month: a row of cells for each month, the newest first."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber, TruncMonth
from django.utils import timezone

from core import clock
from core.words import month_in_words
from design_system.lines import noted, tag
from projects.portfolio.models import Project, StatusUpdate
from projects.portfolio.standing import COLOURS, by_lead, who_set

LATEST, MOST = 10, 12  # updates, and months
COLUMNS = ["Month", "Rating", "Line"]


def updates_shown(project: Project) -> list[StatusUpdate]:
    """The last updates of a project and the last of each month, the newest first. One query of few rows."""
    newest_first = [F("at").desc(), F("pk").desc()]
    ranked = project.updates.annotate(
        by_lead=by_lead(),
        place=Window(RowNumber(), order_by=newest_first),
        place_in_month=Window(RowNumber(), partition_by=[TruncMonth("at")], order_by=newest_first),
    )
    return list(ranked.filter(Q(place__lte=LATEST) | Q(place_in_month=1)).order_by("place")[: LATEST + MOST])


def rows_of(project: Project, updates: Sequence[StatusUpdate]) -> list[list[Any]]:
    """Month, rating and last line of each month, back to the start or for a year; `updates` as of `updates_shown`.

    It ends with this month, or with the last one of a project that has ended or is of the record.
    """
    found: dict[dt.date, StatusUpdate] = {}
    for update in updates:
        found.setdefault(timezone.localdate(update.at).replace(day=1), update)
    return [_row(project, month, found.get(month)) for month in _months_of(project)]


def _row(project: Project, month: dt.date, update: StatusUpdate | None) -> list[Any]:
    is_over = month < clock.today().replace(day=1) or project.has_ended
    said = month_in_words(month) if is_over else f"{month_in_words(month)}, so far"
    if update:
        return [said, _rating(update), noted(update.said, f"Because: {update.because}" if update.because else "")]
    is_paused = project.paused_on is not None and month >= project.paused_on.replace(day=1)
    return [said, "", "Paused" if is_paused else "No update"]


def _rating(update: StatusUpdate) -> Any:
    if not update.rating:
        return "Not rated"
    word = update.get_rating_display()
    if not update.is_overridden:
        return tag(word, COLOURS[update.rating])
    suggested = f"The portal suggested {update.suggested} that day"
    return noted(tag(f"{word}, set by {who_set(update)}", COLOURS[update.rating]), suggested)


def _months_of(project: Project) -> list[dt.date]:
    """The first day of each month, the newest first."""
    last = project.ended_on or (project.updated_on if project.is_of_the_record else clock.today())
    month, months = last.replace(day=1), []
    while len(months) < MOST and month >= min(project.started_on, last).replace(day=1):
        months.append(month)
        month = (month - dt.timedelta(days=1)).replace(day=1)
    return months
