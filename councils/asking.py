"""Questions to an organisation, sent by mail without showing the asker any address."""

import datetime as dt

from django.db import models, transaction

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from councils import emails
from councils.models import Enquiry, Organisation
from councils.queries import askable_members, who_answers
from outbox.operations import queue_message

MOST_A_DAY = 20
A_DAY = dt.timedelta(days=1)
KEPT_FOR = dt.timedelta(days=90)


@transaction.atomic
def ask(
    organisation: Organisation, *, by: User, words: str, about: models.Model | None = None, person: User | None = None
) -> Enquiry:
    """Send a question to `person`, or to those who answer for the organisation.

    `about` is a record with a page of its own; by default the organisation. The same words within a day about the same
    record and to the same person are not sent again.
    """
    require(by.is_authenticated and by.is_active, "Sign in to ask.")
    require(person is None or _may_be_asked(person, organisation, about), "They have not agreed to be asked by name.")
    if organisation.has_ended:
        raise Refused(f"{organisation.official_name} has ended, so nobody there can answer. Ask its successor.")
    if goes_to_oneself(organisation, by=by, person=person):
        raise Refused("This question would go to yourself.")
    # The asker's row is the lock: questions sent at once are counted one after the other.
    User.objects.select_for_update().get(pk=by.pk)
    of_today = by.enquiries.filter(asked_at__gt=clock.now() - A_DAY)
    subject = about or organisation
    question = {
        "organisation": organisation,
        "person": person,
        "about": str(about)[:200] if about else "",
        "address": subject.get_absolute_url(),  # type: ignore[attr-defined]  # records with a page of their own
        "words": words,
    }
    if sent := of_today.filter(**question).first():
        return sent
    if of_today.count() >= MOST_A_DAY:
        raise Refused(f"You have asked {MOST_A_DAY} questions within a day. Ask the next one tomorrow.")
    asked = Enquiry.objects.create(asker=by, **question)
    log_action("councils.asked", by=by, about=organisation, on=asked.about)
    readers = [person] if person else who_answers(organisation)
    queue_message(emails.enquiry, asked, to=[reader for reader in readers if reader != by])
    return asked


def _may_be_asked(person: User, organisation: Organisation, about: models.Model | None) -> bool:
    """Whether the person agreed to be asked at the organisation, or is the `contact` of the record."""
    if not person.is_active:
        return False
    return person == getattr(about, "contact", None) or askable_members(organisation).filter(person=person).exists()


def goes_to_oneself(organisation: Organisation, *, by: User, person: User | None = None) -> bool:
    """Whether nobody but the asker would get the question."""
    return by == person or (person is None and who_answers(organisation) == [by])


def forget_old_enquiries() -> int:
    """Delete questions that are older than the retention period; returns how many."""
    return Enquiry.objects.filter(asked_at__lt=clock.now() - KEPT_FOR).delete()[0]
