"""The section of an event's page about the series that it belongs to."""

from accounts.models import AnyUser
from core.panels import Panel
from events.event.models import Event
from events.permissions import visible_events

MOST_SHOWN = 60


def days_of_series(event: Event, user: AnyUser) -> Panel | None:
    """The days of the event's series, soonest first, and the next after this one."""
    if event.series_id is None:
        return None
    days = list(visible_events(user).filter(series=event.series_id).order_by("starts_at", "pk")[:MOST_SHOWN])
    later = [day for day in days if day.starts_at > event.starts_at and day.state == Event.State.PUBLISHED]
    if len(days) < 2:
        return None
    context = {"name": event.series, "days": days, "here": event, "next": later[0] if later else None}
    return Panel("events/series.html", context, place="side", order=50)
