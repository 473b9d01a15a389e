"""Mail about membership, and questions to organisations: takes ids, reads afresh, safe to run twice."""

from core.jobs import retrying_task
from councils import emails
from councils.models import Enquiry, Membership


def _membership(membership_id: int) -> Membership | None:
    """The membership; None where it was deleted with its person's account."""
    return Membership.objects.select_related("person", "organisation").filter(pk=membership_id).first()


@retrying_task()
def tell_of_candidate(membership_id: int) -> None:
    if membership := _membership(membership_id):
        emails.candidate_waits(membership)


@retrying_task()
def tell_of_confirmation(membership_id: int) -> None:
    if membership := _membership(membership_id):
        emails.membership_confirmed(membership)


@retrying_task()
def tell_of_end(membership_id: int) -> None:
    if membership := _membership(membership_id):
        emails.membership_ended(membership)


@retrying_task()
def ask_to_affirm(membership_id: int) -> None:
    if membership := _membership(membership_id):
        emails.asked_to_affirm(membership)


@retrying_task()
def send_enquiry(enquiry_id: int) -> None:
    rows = Enquiry.objects.select_related("asker", "organisation", "person")
    if enquiry := rows.filter(pk=enquiry_id).first():
        emails.enquiry(enquiry)
