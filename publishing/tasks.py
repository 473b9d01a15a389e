"""Mail about pages on their way to publication, sent outside the request. Each may run twice."""

from wagtail.models import Page, TaskState

from accounts.models import User
from core.jobs import retrying_task
from publishing import emails


@retrying_task()
def mail_waiting(state_id: int) -> None:
    """To whoever the step belongs to, if it still waits."""
    state = TaskState.objects.filter(pk=state_id, status=TaskState.STATUS_IN_PROGRESS).first()
    if state:
        emails.send_waiting(state)


@retrying_task()
def mail_returned(state_id: int) -> None:
    """To the author, with the reason."""
    state = TaskState.objects.filter(pk=state_id, status=TaskState.STATUS_REJECTED).first()
    if state:
        emails.send_returned(state)


@retrying_task()
def mail_published(page_id: int, author_id: int) -> None:
    """To the author, if the page is still on the site."""
    page = Page.objects.filter(pk=page_id, live=True).first()
    author = User.objects.filter(pk=author_id, is_active=True).first()
    if page and author:
        emails.send_published(page, author)
