"""The link in a mail that asks for an update: it says that the last line is still accurate, without signing in.

It is good for one project, one person, the one day on which that update was due, and two weeks.
"""

import datetime as dt
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from accounts.models import User
from core import clock
from core.words import day_in_words
from projects.portfolio.models import Project
from projects.portfolio.queries import who_updates

LASTS = dt.timedelta(days=14)
_SIGNER = Signer(salt="projects.still_accurate", sep=".")


@dataclass(frozen=True)
class UpdateLink:
    """What a link was given for: the project, whom, which update, until when."""

    project: Project
    person: User
    due: dt.date
    until: dt.date

    @property
    def token(self) -> str:
        return _SIGNER.sign_object([self.project.pk, self.person.pk, self.due.isoformat(), self.until.isoformat()])

    def get_absolute_url(self) -> str:
        return reverse("projects:still_accurate", args=[self.token])

    @property
    def is_answered(self) -> bool:
        """Whether there is another update since, by this link or otherwise."""
        return self.project.next_update_due != self.due

    @property
    def why_over(self) -> str:
        """Why it changes nothing any more, as a sentence; empty while it does."""
        if none_asked := why_none(self.project):
            return none_asked
        if self.is_answered:
            said, due = day_in_words(self.project.updated_on), day_in_words(self.project.next_update_due)
            return f"Nothing is asked for any more: the last update is of {said}, and the next is due on {due}."
        if clock.today() > self.until:
            return f"This link was good until {day_in_words(self.until)}."
        if not who_updates(self.project).filter(pk=self.person.pk).exists():
            return "Whoever this link was sent to no longer writes for the council that leads this project."
        return ""


def link_for(project: Project, person: User) -> UpdateLink:
    """The link for one of those who keep a project up to date, about the update that is due now."""
    return UpdateLink(project, person, project.next_update_due, clock.today() + LASTS)


def link_in(token: str) -> UpdateLink | None:
    """What a token was given for; None for one that we never gave, or whose project or account is gone."""
    try:
        project_key, person_key, due, until = _SIGNER.unsign_object(token)
    except (BadSignature, ValueError):
        return None
    project = Project.objects.select_related("lead_council").filter(pk=project_key).first()
    person = User.objects.filter(pk=person_key, is_active=True).first()
    if project is None or person is None:
        return None
    return UpdateLink(project, person, dt.date.fromisoformat(due), dt.date.fromisoformat(until))


def why_none(project: Project) -> str:
    """Why nobody is asked for an update of a project, as a sentence; empty where its rhythm holds."""
    if project.has_ended:
        return "This project has ended: no update of it is asked for."
    if project.is_of_the_record:
        return "This project is part of the record of 2013 to 2015: no update of it is asked for."
    if project.is_paused:
        return "This project is paused: no update of it is asked for."
    return ""
