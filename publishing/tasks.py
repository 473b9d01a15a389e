"""The tasks that wrote about pages before the outbox did: one that still waits when a site is updated asks for its
message now. Nothing queues them any more; the release after the next deletes them.
"""

from wagtail.models import Page, TaskState

from accounts.models import User
from core.jobs import retrying_task
from outbox.operations import queue_message
from publishing import emails
from publishing.standing import people_to_decide

BEFORE = "before the outbox"  # the occasion of each, so that a task that runs twice asks once


@retrying_task()
def mail_waiting(state_id: int) -> None:
    state = TaskState.objects.filter(pk=state_id, status=TaskState.STATUS_IN_PROGRESS).first()
    if state:
        queue_message(emails.page_waits, state, to=people_to_decide(state), key=BEFORE)


@retrying_task()
def mail_returned(state_id: int) -> None:
    state = TaskState.objects.filter(pk=state_id).first()
    if state and (author := state.workflow_state.requested_by):
        queue_message(emails.page_returned, state, to=author, key=BEFORE)


@retrying_task()
def mail_published(page_id: int, author_id: int) -> None:
    page, author = Page.objects.filter(pk=page_id).first(), User.objects.filter(pk=author_id).first()
    if page and author:
        queue_message(emails.page_published, page, to=author, key=BEFORE)
