"""Asking those who lead a project for its update, and their answer by the link in the mail."""

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from core.schedules import do_each
from outbox.operations import queue_message
from projects.permissions import can_facilitate
from projects.portfolio import emails
from projects.portfolio.links import UpdateLink, why_none
from projects.portfolio.models import Project, StatusUpdate
from projects.portfolio.operations import add_confirmation
from projects.portfolio.queries import who_updates

Freshness = Project.Freshness


def ask_for_updates() -> int:
    """Ask for every update that is due or overdue, of each project once for either. Safe to run again."""
    asked = Project.objects.with_freshness(Freshness.DUE, Freshness.OVERDUE).select_related("lead_council")
    return do_each(_ask, asked.exclude(lead_council=None).order_by("pk"))


@transaction.atomic
def _ask(project: Project) -> int:
    due, freshness = project.next_update_due.isoformat(), project.freshness
    queue_message(emails.update_due, project, to=who_updates(project), key=f"{freshness} since {due}", due=due)
    return 1


@transaction.atomic
def nudge_owner(project: Project, *, by: User) -> Project:
    """Have those who lead a project asked for its update, at most once a day."""
    require(can_facilitate(by), "Only a facilitator or the secretariat ask for an update.")
    project = Project.objects.select_for_update(of=("self",)).select_related("lead_council").get(pk=project.pk)
    if none_asked := why_none(project):
        raise Refused(none_asked)
    if project.freshness == Freshness.FRESH:
        raise Refused("The update of this project is not due yet.")
    if project.nudged_on == clock.today():
        raise Refused("Its owner has been asked today.")
    people = list(who_updates(project))
    if not people:
        raise Refused("No publisher or lead of its council has an account: nobody could be asked.")
    project.nudged_on = clock.today()
    project.save(update_fields=["nudged_on"])
    due, key = project.next_update_due.isoformat(), f"asked on {clock.today()}"
    queue_message(emails.update_due, project, to=people, key=key, due=due, asked=True)
    log_action("projects.nudged_owner", by=by, about=project)
    return project


@transaction.atomic
def confirm_by_link(link: UpdateLink) -> StatusUpdate:
    """Say by the link in a mail that the last line still holds; whom it was sent to stands for it.

    Refused once it is answered, has run out, or its reader no longer writes for the council.
    """
    project = Project.objects.select_for_update(of=("self",)).select_related("lead_council").get(pk=link.project.pk)
    link = UpdateLink(project, link.person, link.due, link.until)
    if over := link.why_over:
        raise Refused(over)
    update = add_confirmation(project, by=link.person)
    log_action("projects.confirmed_update", by=link.person, about=project, by_link=True)
    return update
