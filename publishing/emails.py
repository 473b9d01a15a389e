"""The words and recipients of each message about a page on its way to publication."""

from django.conf import settings
from wagtail.models import Page, TaskState

from accounts.models import User
from core import mail
from publishing.addresses import editing_address
from publishing.models import CaseStudyPage, NewsPage
from publishing.standing import people_to_decide, standing


def _page_of(state: TaskState) -> CaseStudyPage | NewsPage:
    """Wagtail keeps the page as a plain one, without what it says of itself."""
    return state.workflow_state.content_object.specific


def send_waiting(state: TaskState) -> None:
    """To those who may decide: a page waits for them."""
    page = _page_of(state)
    for person in people_to_decide(state):
        context = {
            "person": person,
            "page": page,
            "url": settings.BASE_URL + editing_address(page),
            "standing": standing(page),
        }
        context["asker"] = state.workflow_state.requested_by
        mail.send(to=person.email, template="emails/case_study_waiting", context=context)


def send_returned(state: TaskState) -> None:
    """To the author: the page was sent back, with the reason."""
    page, author = _page_of(state), state.workflow_state.requested_by
    if author is None or not author.is_active:
        return
    context = {
        "person": author,
        "page": page,
        "reason": state.comment,
        "url": settings.BASE_URL + editing_address(page),
    }
    context["standing"] = standing(page)
    mail.send(to=author.email, template="emails/case_study_returned", context=context)


def send_published(page: Page, author: User) -> None:
    """To the author: the page is on the site."""
    context = {"person": author, "page": page, "url": f"{settings.BASE_URL}{page.url}"}
    mail.send(to=author.email, template="emails/case_study_published", context=context)
