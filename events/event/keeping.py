"""How long what is held of an event's people is kept; the pages, the forms and the deleting schedules read it here."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from core import clock
from core.words import day_in_words
from events.event.models import Event, EventQuerySet


@dataclass(frozen=True)
class Keeping:
    """How long something is kept after the end of an event."""

    days: int
    words: str  # as within a sentence: 14 days

    @property
    def cutoff(self) -> dt.datetime:
        """What belongs to an event that ended at this moment or before goes now."""
        return clock.now() - dt.timedelta(days=self.days)

    @property
    def over(self) -> EventQuerySet:
        """The events that ended so long ago, without told history, whose people are made up and stay."""
        return self.over_at(clock.now())

    def over_at(self, moment: dt.datetime) -> EventQuerySet:
        """The events that will have ended so long ago at `moment`: what a dry run asks for."""
        return Event.objects.run_here().filter(ends_at__lte=moment - dt.timedelta(days=self.days))

    def goes_on(self, event: Event) -> dt.date:
        """The day on which it goes."""
        return timezone.localdate(event.ends_at + dt.timedelta(days=self.days))

    def sentence(self, event: Event) -> str:
        """When it goes, for whoever gives it: `We delete it 14 days after the event, on 16 October 2026.`"""
        return f"We delete it {self.words} after the event, on {day_in_words(self.goes_on(event))}."


HEALTH = Keeping(14, "14 days")  # what people need, and what they do not eat
OFFERS = Keeping(14, "14 days")  # of a place to a colleague
WAITING = Keeping(30, "30 days")
INVITATIONS = Keeping(30, "30 days")
NAMES = Keeping(365, "12 months")  # of those who had a place, kept the desk, ran the event, asked, or told of a saving
MESSAGES = Keeping(365, "12 months")  # what organisers wrote to the people of the event
