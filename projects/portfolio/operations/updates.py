"""Operations on how a project stands: its line and rating, pauses, and whether it is of the record."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.history import is_told
from core.permissions import require
from projects.permissions import can_facilitate
from projects.portfolio.links import why_none
from projects.portfolio.models import Project, StatusUpdate
from projects.portfolio.operations.guards import BECAUSE, locked_running
from projects.portfolio.permissions import can_edit_project, leads_project
from projects.portfolio.suggestion import SuggestedRating, is_rated, suggestion_once_updated

BECAUSE_RECORD = "Only a facilitator or the secretariat say what is part of the record."


@transaction.atomic
def post_update(project: Project, *, line: str, by: User, rating: str = "", because: str = "") -> StatusUpdate:
    """Add one line on how a project stands. The same person's last line again changes nothing.

    It is rated as the portal suggests, unless `rating` says otherwise and `because` says why.
    """
    require(can_edit_project(by, project), BECAUSE)
    project = locked_running(project)
    update = _new_update(project, line, by)
    latest = project.updates.first()
    if latest and latest.line == line and latest.by_id == by.pk and rating in {"", latest.rating}:
        return latest
    _rate(update, rating, because.strip())
    _add_update(update)
    log_action("projects.posted_update", by=by, about=project)
    return update


@transaction.atomic
def confirm_update(project: Project, *, by: User) -> StatusUpdate:
    """Say that the last line and its rating still hold, so that the next update is due a whole rhythm from now."""
    require(leads_project(by, project), "Only the leading council's publishers say that its last line still holds.")
    update = add_confirmation(locked_running(project), by=by)
    log_action("projects.confirmed_update", by=by, about=project)
    return update


def add_confirmation(project: Project, *, by: User) -> StatusUpdate:
    """Add the last line of a project that the caller has locked once more, as confirmed.

    Where the portal suggests something else by now, the reason the owner gave for their rating still stands; without
    one the portal is followed.
    """
    latest = project.updates.first()
    if latest is None:
        raise Refused("There is no update yet that could be still accurate. Write one.")
    if none_asked := why_none(project):
        raise Refused(none_asked)
    update = StatusUpdate(project=project, line=latest.line, by=by, is_confirmation=True)
    _rate(update, latest.rating if latest.because else "", latest.because)
    _add_update(update)
    return update


@transaction.atomic
def pause_project(project: Project, *, by: User, because: str, lesson: str, look_again_on: dt.date) -> Project:
    """Pause a project until a day; refused without why and without what was learned so far.

    Until it goes on nobody is asked for an update. On that day it waits for those who lead it.
    """
    require(can_edit_project(by, project), BECAUSE)
    project = locked_running(project)
    may_be_paused(project)
    if not because.strip():
        raise Refused("Say why it is paused.", field="because")
    if not lesson.strip():
        raise Refused("Say what was learned so far.", field="lesson")
    if look_again_on <= clock.today():
        raise Refused("Give a day to come on which to look again.", field="look_again_on")
    project.paused_on, project.paused_because, project.look_again_on = clock.today(), because, look_again_on
    project.lesson = lesson
    project.save()
    log_action("projects.paused_project", by=by, about=project, until=look_again_on.isoformat())
    return project


@transaction.atomic
def resume_project(project: Project, *, by: User, line: str) -> Project:
    """Let a paused project go on, with one line on how it stands, from which its rhythm begins anew."""
    require(can_edit_project(by, project), BECAUSE)
    project = locked_running(project)
    may_go_on(project)
    update = _new_update(project, line, by)
    end_pause(project)
    _rate(update)
    _add_update(update)
    log_action("projects.resumed_project", by=by, about=project)
    return project


@transaction.atomic
def put_on_record(project: Project, *, by: User) -> Project:
    """Mark a project as part of the record of 2013 to 2015: nobody is asked for an update of it."""
    require(can_facilitate(by), BECAUSE_RECORD)
    project = locked_running(project)
    if not is_told(project.started_on):
        raise Refused("Only what began by 31 December 2015 can be part of the record.")
    if project.is_of_the_record:
        raise Refused("This project is part of the record already.")
    end_pause(project)
    project.is_of_the_record = True
    project.save()
    log_action("projects.put_on_record", by=by, about=project)
    return project


@transaction.atomic
def take_off_record(project: Project, *, by: User, line: str) -> Project:
    """Say that a project of the record goes on today, with one line on how it stands.

    From then on its owner is asked for updates again.
    """
    require(can_facilitate(by), BECAUSE_RECORD)
    project = locked_running(project)
    may_leave_record(project)
    update = _new_update(project, line, by)
    project.is_of_the_record = False
    _rate(update)
    _add_update(update)
    log_action("projects.took_off_record", by=by, about=project)
    return project


def may_be_paused(project: Project) -> None:
    """Refuse to pause what is of the record, or is paused already."""
    if project.is_of_the_record:
        raise Refused("This project is part of the record. There is nothing to pause.")
    if project.is_paused:
        raise Refused("This project is paused already.")


def may_go_on(project: Project) -> None:
    """Refuse to let go on what is not paused."""
    if not project.is_paused:
        raise Refused("This project is not paused.")


def may_leave_record(project: Project) -> None:
    """Refuse to take off the record what is not on it."""
    if not project.is_of_the_record:
        raise Refused("This project is not part of the record.")


def end_pause(project: Project) -> None:
    """Take off what a pause says; the caller saves."""
    project.paused_on, project.paused_because, project.look_again_on = None, "", None


def _new_update(project: Project, line: str, by: User) -> StatusUpdate:
    """An unsaved update with its line; refused without one."""
    if not line.strip():
        raise Refused("Say in one line how the project stands.", field="line")
    return StatusUpdate(project=project, line=line, by=by)


def _rate(update: StatusUpdate, rating: str = "", because: str = "") -> None:
    """Give an update the suggested rating and its reasons, and its own where that is another.

    It has none where its project is not rated.
    """
    if not is_rated(update.project):
        return
    suggestion = suggestion_once_updated(update.project)
    if rating and rating not in StatusUpdate.Rating.values:
        raise Refused("Choose green, amber or red.", field="rating")
    if rating not in {"", suggestion.colour} and not because:
        raise Refused(f"{_suggested(suggestion)} Say why you choose {rating}.", field="because")
    update.suggested, update.suggested_because = suggestion.colour, suggestion.in_words
    update.rating = rating or suggestion.colour
    update.because = because if update.is_overridden else ""


def _suggested(suggestion: SuggestedRating) -> str:
    reasons = f": {suggestion.in_words}" if suggestion.signals else ""
    return f"The portal suggests {suggestion.colour}{reasons}."


def _add_update(update: StatusUpdate) -> None:
    """Save an update, from which its project counts the next rhythm."""
    update.save()
    update.project.last_updated_at = update.at
    update.project.save()
