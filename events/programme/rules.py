"""What is refused of every event, new or changed."""

import datetime as dt
from collections.abc import Iterable

from accounts.models import User
from core.errors import Refused
from core.words import moment_in_words
from events.event.agenda import AgendaEntry, outside
from events.event.deadlines import refuse_wrong_deadline
from events.event.models import Event
from events.event.skills import Skill
from projects.discoveries.queries import why_no_co_design_day
from projects.models import Discovery

LONGEST = dt.timedelta(days=31)
NOT_STAFF = "Only those who run an event change it, and only facilitators and the secretariat plan one."


def refuse_wrong_times(event: Event) -> None:
    if event.ends_at <= event.starts_at:
        raise Refused("An event ends after it starts.", field="ends_at")
    if event.ends_at - event.starts_at > LONGEST:
        raise Refused(f"An event lasts at most {LONGEST.days} days. Is the year right?", field="ends_at")


def refuse_wrong_closing(event: Event) -> None:
    """Refuse a new time at which sign-up closes, where that is past or after the start."""
    too_late = "Sign-up closes when the event starts, or before."
    refuse_wrong_deadline(event, event.sign_up_closes_at, field="sign_up_closes_at", too_late=too_late)


def refuse_closed_sign_up(event: Event) -> None:
    """Refuse to open a draft for sign-up whose closing time has passed meanwhile."""
    if event.closes_at <= event.now < event.starts_at:
        raise Refused(f"Sign-up would have closed on {moment_in_words(event.closes_at)}. Change that first.")


def refuse_wrong_agenda(event: Event, agenda: Iterable[AgendaEntry]) -> None:
    """Refuse entries outside the event's hours; `outside` says how much earlier is allowed."""
    if found := outside(agenda, event.starts_at, event.ends_at):
        raise Refused(" ".join(found), field="agenda")


def refuse_contact(event: Event, *, planner: User, before: int | None) -> None:
    """Refuse to name somebody else as contact, and a contact without a host, who receives the questions."""
    if event.contact_id not in {None, before, planner.pk}:
        raise Refused("Only you yourself can put your name down as the person to ask.", field="contact")
    if event.contact_id and not event.host_id:
        raise Refused("Choose the host as well: whoever asks, asks the host.", field="contact")


def refuse_skills(event: Event, skills: Iterable[Skill]) -> None:
    if skills and event.stream != Event.Stream.SKILLS:
        raise Refused("Only an event of the stream Skills teaches skills.", field="skills")


def refuse_what_is_over(event: Event) -> None:
    """Refuse to publish an event that is over: figures would count a day that nobody could come to."""
    if event.has_ended:
        raise Refused("This day is over. Give one that is to come.", field="ends_at")


def refuse_unfinished_discovery(event: Event) -> None:
    """Refuse a Co-Design Day of a discovery whose Discovery Day has not brought all that it needs.

    Days of told history stand as they were. The discovery is locked, so that its verdict stays while this is decided.
    """
    if event.kind != Event.Kind.CO_DESIGN_DAY or event.discovery_id is None or event.is_told:
        return
    discovery = Discovery.objects.select_for_update().get(pk=event.discovery_id)
    if why := why_no_co_design_day(discovery):
        raise Refused(f"This discovery cannot go on to a Co-Design Day yet. {why}.", field="discovery")


def refuse_cancelled(event: Event) -> None:
    """Refuse to change an event that was cancelled."""
    if event.state == Event.State.CANCELLED:
        raise Refused("This event was cancelled, so it can no longer be changed.")
