"""What goes with an invitation."""

from typing import Any

from django.db.models.signals import post_delete, pre_delete

from questions.models import AnswerSheet
from surveys.fieldwork.models import Fieldwork, SurveyInvitation


def delete_draft(instance: SurveyInvitation, **signal: Any) -> None:
    """The answers that somebody had begun go with the invitation, whoever deletes it."""
    if instance.sheet_id:  # most of those that are swept have handed in or never began
        AnswerSheet.objects.filter(pk=instance.sheet_id).delete()


def count_without_a_name(instance: SurveyInvitation, **signal: Any) -> None:
    """Who handed in stays counted for their council while a wave is open, though their account is erased.

    What is sealed stays too: nobody can tell which answers are theirs.
    """
    is_open = Fieldwork.objects.filter(pk=instance.fieldwork_id, state=Fieldwork.State.OPEN)
    fieldwork = is_open.select_for_update().first()
    if fieldwork is None:
        return  # counted and kept as it ended
    # As it stands once the wave is locked: somebody may just have handed in.
    if not SurveyInvitation.objects.filter(pk=instance.pk, state=SurveyInvitation.State.HANDED_IN).exists():
        return
    key = str(instance.organisation_id)
    fieldwork.nameless[key] = fieldwork.nameless.get(key, 0) + 1
    fieldwork.save(update_fields=["nameless"])


def connect() -> None:
    pre_delete.connect(count_without_a_name, sender=SurveyInvitation)
    post_delete.connect(delete_draft, sender=SurveyInvitation)
