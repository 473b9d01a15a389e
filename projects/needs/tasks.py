"""The tasks that wrote about needs before the outbox did: one that still waits when a site is updated asks for its
message now. Nothing queues them any more; the release after the next deletes them.
"""

from accounts.models import User
from core.jobs import retrying_task
from outbox.operations import queue_message
from projects.needs import emails
from projects.needs.models import Need, NeedMove
from projects.needs.queries import who_has

BEFORE = "before the outbox"  # the occasion of each, so that a task that runs twice asks once


@retrying_task()
def tell_of_merged_need(need_id: int, by_id: int) -> None:
    need = Need.objects.get(pk=need_id)
    queue_message(emails.need_merged, need, to=who_has(need).exclude(pk=by_id), key=BEFORE)


@retrying_task()
def tell_of_withdrawn_need(need_id: int, by_id: int) -> None:
    need = Need.objects.get(pk=need_id)
    queue_message(emails.need_withdrawn, need, to=who_has(need).exclude(pk=by_id), key=BEFORE)


@retrying_task()
def tell_of_move(move_id: int, person_id: int, *others: int) -> None:
    move = NeedMove.objects.select_related("need").get(pk=move_id)
    person = User.objects.get(pk=person_id)
    queue_message(emails.need_moved, move, to=person, key=BEFORE, others=list(others))
