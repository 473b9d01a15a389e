"""What goes with an invitation."""

from typing import Any

from django.db.models.signals import post_delete

from questions.models import AnswerSheet
from surveys.fieldwork.models import SurveyInvitation


def delete_draft(instance: SurveyInvitation, **signal: Any) -> None:
    """The answers that somebody had begun go with the invitation, whoever deletes it."""
    if instance.sheet_id:  # most of those that are swept have handed in or never began
        AnswerSheet.objects.filter(pk=instance.sheet_id).delete()


def connect() -> None:
    post_delete.connect(delete_draft, sender=SurveyInvitation)
