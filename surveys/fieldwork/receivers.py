"""What goes with an invitation, and with an address of somebody who is invited."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db.models.signals import post_delete, pre_delete

from accounts.queries import addresses_of, person_at
from questions.models import AnswerSheet
from surveys.fieldwork.models import Fieldwork, SurveyInvitation
from surveys.fieldwork.once import GONE, has_to_do_with, invited_of, keep_together, may_be_invited_again
from surveys.fieldwork.operations.locks import locked
from surveys.fieldwork.queries import may_take_answers

HANDED_IN = SurveyInvitation.State.HANDED_IN


def delete_draft(instance: SurveyInvitation, **signal: Any) -> None:
    """The answers that somebody had begun go with the invitation, whoever deletes it."""
    if instance.sheet_id:  # most of those that are swept have handed in or never began
        AnswerSheet.objects.filter(pk=instance.sheet_id).delete()


def count_without_a_name(instance: SurveyInvitation, **signal: Any) -> None:
    """Who handed in stays counted for their council while a wave is open, though their account is erased.

    What is sealed stays too: nobody can tell which answers are theirs. So that nobody answers twice, none of the
    addresses of their account is invited again. Who handed in nothing may be, at another address.
    """
    if not Fieldwork.objects.filter(pk=instance.fieldwork_id, state__in=Fieldwork.BEFORE_CLOSE).exists():
        return  # counted and kept as it ended
    fieldwork = locked(instance.fieldwork_id)
    # As it stands once the wave is locked: it may just have ended, or somebody have handed in.
    if not SurveyInvitation.objects.filter(pk=instance.pk, state=HANDED_IN).exists():
        may_be_invited_again(fieldwork, instance.email)
        return
    if not fieldwork.is_open:
        return
    key = str(instance.organisation_id)
    fieldwork.nameless[key] = fieldwork.nameless.get(key, 0) + 1
    fieldwork.save(update_fields=["nameless"])
    person = person_at(instance.email)
    keep_together(fieldwork, {instance.email, *(addresses_of(person) if person else ())}, invited=[GONE])


def keep_to_one_answer(instance: EmailAddress, **signal: Any) -> None:
    """Who is invited and takes an address out of their account is invited by neither that address nor their others.

    Before they answer too, and before the wave opens: the one address would hold a link, and the other get a second.
    Part of the deletion, so that the address and what is kept of it go and come together. A wave that takes no more
    answers, or with which this person has nothing to do, is not waited for.
    """
    addresses = addresses_of(instance.user)
    if instance.email.lower() not in addresses:
        return  # typed and never confirmed
    for fieldwork in Fieldwork.objects.filter(state__in=Fieldwork.BEFORE_CLOSE):
        if may_take_answers(fieldwork) and has_to_do_with(fieldwork, addresses):
            fieldwork = locked(fieldwork)
            if not fieldwork.has_ended:
                keep_together(fieldwork, addresses, invited=invited_of(fieldwork, addresses))


def connect() -> None:
    pre_delete.connect(count_without_a_name, sender=SurveyInvitation)
    post_delete.connect(delete_draft, sender=SurveyInvitation)
    pre_delete.connect(keep_to_one_answer, sender=EmailAddress)
