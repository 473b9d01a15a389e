"""What goes with an invitation, and with an address of somebody who is invited."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_removed
from django.db import transaction
from django.db.models.signals import post_delete, pre_delete

from accounts.models import User
from accounts.queries import addresses_of, person_at
from questions.models import AnswerSheet
from surveys.fieldwork.models import Fieldwork, SurveyInvitation
from surveys.fieldwork.once import do_not_invite_again, has_digest, may_be_invited_again
from surveys.fieldwork.operations.locks import locked

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
    do_not_invite_again(fieldwork, {instance.email, *(addresses_of(person) if person else ())})


def keep_to_one_answer(user: User, email_address: EmailAddress, **signal: Any) -> None:
    """Who is invited and takes an address out of their account is invited by neither that address nor their others.

    Before they answer too, and before the wave opens: the one address would hold a link, and the other get a second.
    """
    if not email_address.verified:
        return
    addresses = {email_address.email.lower(), *addresses_of(user)}
    for key in Fieldwork.objects.filter(state__in=Fieldwork.BEFORE_CLOSE).values_list("pk", flat=True):
        with transaction.atomic():
            fieldwork = locked(key)
            if fieldwork.state not in Fieldwork.BEFORE_CLOSE:
                continue
            invited = SurveyInvitation.objects.filter(fieldwork=fieldwork, email__in=addresses)
            waiting = [each.email for each in invited if each.state != HANDED_IN]
            if len(waiting) < len(invited) or (not waiting and has_digest(fieldwork, addresses)):
                do_not_invite_again(fieldwork, addresses)
            for address in waiting:
                do_not_invite_again(fieldwork, addresses, while_invited=address)


def connect() -> None:
    pre_delete.connect(count_without_a_name, sender=SurveyInvitation)
    post_delete.connect(delete_draft, sender=SurveyInvitation)
    email_removed.connect(keep_to_one_answer)
