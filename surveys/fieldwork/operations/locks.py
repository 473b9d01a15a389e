"""The locks of a wave that is run here. The running is locked before anything else of it, by everybody."""

from core.errors import Refused
from surveys.fieldwork.models import Fieldwork, SurveyInvitation
from surveys.fieldwork.queries import why_not_taken


def locked(fieldwork: Fieldwork | int) -> Fieldwork:
    """Lock a running, and return it as read after that."""
    key = fieldwork if isinstance(fieldwork, int) else fieldwork.pk
    rows = Fieldwork.objects.select_for_update(of=("self",)).select_related("wave__questions", "round")
    return rows.get(pk=key)


def locked_with(invitation: SurveyInvitation, *, waits: bool = False) -> tuple[Fieldwork, SurveyInvitation]:
    """Lock the running of an invitation and then the invitation, and return both as read after that.

    Refused at once where the wave has closed, unless it `waits`: while answers are counted, one waits in vain.
    """
    before = Fieldwork.objects.filter(pk=invitation.fieldwork_id).select_related("wave").get()
    if not waits and before.state != Fieldwork.State.PREPARED and (why := why_not_taken(before)):
        raise Refused(why)
    fieldwork = locked(invitation.fieldwork_id)
    rows = SurveyInvitation.objects.select_for_update(of=("self",)).select_related("organisation", "sheet__set")
    found = rows.filter(pk=invitation.pk).first()
    if found is None:
        raise Refused("This invitation has been taken back. Ask those who run the survey.")
    found.fieldwork = fieldwork
    return fieldwork, found
