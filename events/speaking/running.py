"""The line about speakers on the page of those who run an event."""

from accounts.models import AnyUser
from core.inbox import Action
from core.words import counted
from events.event.models import Event
from events.event.running import RunLine
from events.speaking.queries import claims_of


def speakers_to_run(event: Event, user: AnyUser) -> list[RunLine]:
    """How many people say that they are a speaker, while somebody does."""
    if event.state == Event.State.CANCELLED or not (asked := claims_of(event, user, is_staff=True)):
        return []
    words = f"{counted(sum(map(len, asked.values())), 'person says', 'people say')} that a speaker is them."
    action = Action("Say whether it is", f"{event.get_absolute_url()}#by-the-hour", is_second=True)
    return [RunLine("Speakers", words, action)]
