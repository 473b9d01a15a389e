"""Mail about business cases: takes ids, reads afresh, safe to run twice."""

from core.jobs import retrying_task
from projects.portfolio import emails
from projects.portfolio.models import BusinessCase


def _case(case_id: int) -> BusinessCase:
    return BusinessCase.objects.select_related("project__lead_council").get(pk=case_id)


@retrying_task()
def tell_of_submitted_case(case_id: int) -> None:
    emails.case_submitted(_case(case_id))


@retrying_task()
def tell_of_decided_case(case_id: int) -> None:
    emails.case_decided(_case(case_id))
