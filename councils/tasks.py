"""The tasks that wrote about membership, and sent questions, before the outbox did: one that still waits when a site is
updated asks for its message now. Nothing queues them any more; the release after the next deletes them.
"""

from core.jobs import retrying_task
from councils import emails
from councils.models import Enquiry, Membership
from councils.queries import who_answers, who_confirms
from outbox.kinds import MessageKind
from outbox.operations import queue_message

BEFORE = "before the outbox"  # the occasion of each, so that a task that runs twice asks once


def _membership(membership_id: int) -> Membership | None:
    """The membership; None where it was deleted with its person's account."""
    return Membership.objects.select_related("person", "organisation").filter(pk=membership_id).first()


def _to_themselves(kind: MessageKind, membership_id: int) -> None:
    if membership := _membership(membership_id):
        queue_message(kind, membership, to=membership.person, key=BEFORE)


@retrying_task()
def tell_of_candidate(membership_id: int) -> None:
    if membership := _membership(membership_id):
        queue_message(emails.candidate_waits, membership, to=who_confirms(membership.organisation), key=BEFORE)


@retrying_task()
def tell_of_confirmation(membership_id: int) -> None:
    _to_themselves(emails.membership_confirmed, membership_id)


@retrying_task()
def tell_of_end(membership_id: int) -> None:
    _to_themselves(emails.membership_ended, membership_id)


@retrying_task()
def ask_to_affirm(membership_id: int) -> None:
    _to_themselves(emails.asked_to_affirm, membership_id)


@retrying_task()
def send_enquiry(enquiry_id: int) -> None:
    rows = Enquiry.objects.select_related("asker", "organisation", "person")
    if asked := rows.filter(pk=enquiry_id).first():
        readers = [asked.person] if asked.person else who_answers(asked.organisation)
        queue_message(emails.enquiry, asked, to=[reader for reader in readers if reader != asked.asker], key=BEFORE)
