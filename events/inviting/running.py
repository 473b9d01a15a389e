"""The line about invitations on the page of those who run an event."""

from django.urls import reverse

from accounts.models import AnyUser
from core.inbox import Action
from core.words import counted
from events.event.models import Event
from events.event.running import RunLine
from events.inviting.queries import invitations_of


def invitations_to_run(event: Event, user: AnyUser) -> list[RunLine]:
    """How many are invited and how many of them have signed up, while people can be invited."""
    if not event.takes_sign_ups:
        return []
    signed_up = list(invitations_of(event).order_by().values_list("has_signed_up", flat=True))
    words = (
        f"{counted(len(signed_up), 'invitation')}, {sum(signed_up):,} signed up" if signed_up else "Nobody invited yet"
    )
    action = Action("Invite councils", reverse("events:invite", args=[event.slug]), is_second=True)
    return [RunLine("Invitations", f"{words}.", action)]
