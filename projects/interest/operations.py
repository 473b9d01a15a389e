"""A council offers something to a project, and the lead council answers."""

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from core.schedules import do_each
from core.words import at_moment, day_in_words
from councils.models import Organisation
from outbox.operations import queue_message
from projects.interest import emails
from projects.interest.models import ANSWERED_WITHIN, Interest
from projects.interest.permissions import can_answer_interest, can_offer_for
from projects.interest.queries import who_gets
from projects.portfolio.models import Project


@transaction.atomic
def offer_interest(
    project: Project,
    *,
    by: User,
    council: Organisation,
    kind: str,
    words: str,
    source: str = "",
    is_illustrative: bool = False,
) -> Interest:
    """Offer a project something for `council`; its lead answers within two weeks.

    The same words again, as when a form is sent twice, return the offer that is there.
    """
    require(can_offer_for(by, council), f"Only a confirmed contributor of {council} offers something for it.")
    project = Project.objects.select_for_update().get(pk=project.pk)
    if kind not in Interest.Kind.values:
        raise Refused("Choose one of the ways to take part.", field="kind")
    if not words.strip():
        raise Refused("Say what your council offers.", field="words")
    if project.has_ended:
        raise Refused("This project has ended, so nobody would answer. Ask its council instead.")
    if project.lead_council_id == council.pk:
        raise Refused(f"{council} leads this project. Others offer it something.", field="council")
    there = Interest.objects.open().filter(project=project, council=council, kind=kind).first()
    if there and there.words == words:
        return there
    if there:
        raise Refused(
            f"{council} has offered this already, {at_moment(there.asked_at)}. An answer is due by "
            f"{day_in_words(there.due_on)}.",
            field="words",
        )
    now = clock.now()
    interest = Interest.objects.create(
        project=project,
        council=council,
        kind=kind,
        words=words,
        by=by,
        asked_at=now,
        due_on=clock.today() + ANSWERED_WITHIN,
        source=source,
        is_illustrative=is_illustrative,
    )
    log_action("projects.offered_interest", by=by, about=project, interest=interest.pk, council=council.pk, kind=kind)
    queue_message(emails.interest_offered, interest, to=[each for each in who_gets(project) if each != by])
    return interest


def remind_of_offers() -> int:
    """Remind those who answer once of each offer whose day is over; of how many. Safe to run again."""
    late = Interest.objects.open().filter(due_on__lt=clock.today(), project__ended_on=None)
    return do_each(_remind, late.select_related("project__lead_council").order_by("pk"))


@transaction.atomic
def _remind(interest: Interest) -> int:
    queue_message(emails.interest_overdue, interest, to=who_gets(interest.project), key="overdue")
    return 1


@transaction.atomic
def answer_interest(interest: Interest, *, by: User, outcome: str, answer: str) -> Interest:
    """Accept, decline or put off what a council offered, with a sentence that is mailed to whoever offered it."""
    require(
        can_answer_interest(by, interest),
        "Only the leading council's publishers, a facilitator or the secretariat answer this.",
    )
    interest = (
        Interest.objects.select_for_update(of=("self",)).select_related("project", "council", "by").get(pk=interest.pk)
    )
    if not interest.is_open:
        when = at_moment(interest.answered_at) if interest.answered_at else ""
        raise Refused(f"{interest.answered_by} answered this {when}: {interest.get_outcome_display().lower()}.")
    if outcome not in Interest.Outcome.values:
        raise Refused("Choose an answer.", field="outcome")
    if not answer.strip():
        raise Refused("Say something to the council: it waits for your words.", field="answer")
    interest.outcome, interest.answer = outcome, answer
    interest.answered_by, interest.answered_at = by, clock.now()
    interest.save()
    log_action("projects.answered_interest", by=by, about=interest.project, interest=interest.pk, outcome=outcome)
    queue_message(emails.interest_answered, interest, to=interest.by)
    return interest
