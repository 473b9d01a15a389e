"""Asking an organisation something without seeing anybody's address: the question goes out by mail, the answer too."""

import datetime as dt

from django.db import models, transaction

from accounts.models import User
from audit.operations import record
from core import clock
from core.errors import Refused
from core.jobs import tell
from core.permissions import require
from councils import tasks
from councils.models import Enquiry, Organisation

MOST_A_DAY = 20
KEPT_FOR = dt.timedelta(days=90)


@transaction.atomic
def ask(
    organisation: Organisation, *, by: User, words: str, about: models.Model | None = None, person: User | None = None
) -> Enquiry:
    """Send a question to `person`, or to whoever answers for the organisation.

    `about` is the record it is about, with a page of its own; the organisation where none is given.
    """
    require(by.is_authenticated and by.is_active, "Sign in to ask.")
    if organisation.has_ended:
        raise Refused(f"{organisation.official_name} has ended, so nobody there can answer. Ask its successor.")
    if person == by:
        raise Refused("This question would go to yourself.")
    # The asker's row is the lock: questions sent at once are counted one after the other.
    User.objects.select_for_update().get(pk=by.pk)
    if by.enquiries.filter(asked_at__gt=clock.now() - dt.timedelta(days=1)).count() >= MOST_A_DAY:
        raise Refused(f"You have asked {MOST_A_DAY} questions within a day. Ask the next one tomorrow.")
    subject = about or organisation
    asked = Enquiry.objects.create(
        organisation=organisation,
        asker=by,
        person=person,
        about=str(about)[:200] if about else "",
        address=subject.get_absolute_url(),  # type: ignore[attr-defined]  # records with a page of their own
        words=words,
    )
    record("councils.asked", by=by, about=organisation, on=asked.about)
    tell(tasks.send_enquiry, asked.pk)
    return asked


def forget_old_enquiries() -> int:
    """Delete what was asked longer ago than it is kept; returns how many."""
    return Enquiry.objects.filter(asked_at__lt=clock.now() - KEPT_FOR).delete()[0]
