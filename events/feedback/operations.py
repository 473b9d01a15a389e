"""The operation of feedback."""

import uuid

from django.db import transaction

from core.errors import Refused
from events.event.models import Event
from events.feedback.models import Feedback
from events.places.models import SignUp


@transaction.atomic
def give_feedback(
    event: Event,
    *,
    answers: dict[str, bool | None],
    place_reference: uuid.UUID | str | None = None,
    is_illustrative: bool = False,
) -> Feedback:
    """Store one form for each person who was there, with nothing that leads back to them.

    Without an audit line: its time could be matched with the person's session.
    """
    if not is_illustrative:
        _mark_as_given(event, place_reference)
    if unknown := answers.keys() - set(Feedback.OUTCOMES):
        raise ValueError(f"No such question: {', '.join(sorted(unknown))}")
    return Feedback.objects.create(event=event, is_illustrative=is_illustrative, **answers)


def _mark_as_given(event: Event, reference: uuid.UUID | str | None) -> None:
    if not event.takes_feedback:
        raise Refused("Feedback on this event is not open.")
    place = event.sign_ups.select_for_update().filter(reference=reference).first() if reference else None
    if place is None or place.checked_in_at is None:
        raise Refused("Feedback is for people who were there. Ask at the desk to be checked in.")
    if place.has_given_feedback:
        raise Refused("You have given your feedback on this event already. Thank you.")
    # Not by save(), which would set the time of the change.
    SignUp.objects.filter(pk=place.pk).update(has_given_feedback=True)
