"""The tasks that wrote about business cases before the outbox did: one that still waits when a site is updated asks
for its message now. Nothing queues them any more; the release after the next deletes them.
"""

from core.jobs import retrying_task
from outbox.operations import queue_message
from projects.portfolio import emails
from projects.portfolio.models import BusinessCase
from projects.portfolio.queries import who_answers_for, who_decides

BEFORE = "before the outbox"  # the occasion of each, so that a task that runs twice asks once


def _case(case_id: int) -> BusinessCase:
    return BusinessCase.objects.select_related("project__lead_council").get(pk=case_id)


@retrying_task()
def tell_of_submitted_case(case_id: int) -> None:
    queue_message(emails.case_submitted, _case(case_id), to=who_decides(), key=BEFORE)


@retrying_task()
def tell_of_decided_case(case_id: int) -> None:
    case = _case(case_id)
    queue_message(emails.case_decided, case, to=who_answers_for(case), key=BEFORE)
