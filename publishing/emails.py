"""The words and recipients of each message about a case study on its way to publication."""

from django.conf import settings
from django.urls import reverse
from wagtail.models import TaskState

from accounts.models import User
from accounts.permissions import holders_of
from accounts.roles import Role
from core import mail
from councils.models import Membership
from councils.permissions import members_of
from publishing.models import CaseStudyPage, CouncilPublisherTask


def _page_of(state: TaskState) -> CaseStudyPage:
    """Wagtail keeps the page as a plain one, without its council."""
    return state.workflow_state.content_object.specific


def _editing_address(page: CaseStudyPage) -> str:
    return f"{settings.BASE_URL}{reverse('wagtailadmin_pages:edit', args=[page.pk])}"


def waiting_for(state: TaskState) -> list[User]:
    """Whose step it is: the council's publishers and leads, or the Alliance editors; not who asked."""
    page = _page_of(state)
    if isinstance(state.task.specific, CouncilPublisherTask):
        roles = [Membership.Role.PUBLISHER, Membership.Role.LEAD]
        people = members_of(page.council).filter(memberships__role__in=roles)
    else:
        people = holders_of(Role.EDITOR)
    return list(people.exclude(pk=state.workflow_state.requested_by_id).distinct())


def send_waiting(state: TaskState) -> None:
    """Something waits for you."""
    page = _page_of(state)
    for person in waiting_for(state):
        context = {"person": person, "page": page, "url": _editing_address(page)}
        mail.send(to=person.email, template="emails/case_study_waiting", context=context)


def send_returned(state: TaskState) -> None:
    """Your case study came back, with the reason."""
    page, author = _page_of(state), state.workflow_state.requested_by
    if author is None or not author.is_active:
        return
    context = {"person": author, "page": page, "reason": state.comment, "url": _editing_address(page)}
    mail.send(to=author.email, template="emails/case_study_returned", context=context)


def send_published(page: CaseStudyPage, author: User) -> None:
    """Your case study is on the site."""
    context = {"person": author, "page": page, "url": f"{settings.BASE_URL}{page.url}"}
    mail.send(to=author.email, template="emails/case_study_published", context=context)
