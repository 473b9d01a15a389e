"""The context of an event's page."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.models import AnyUser
from core import clock
from core.panels import panel_context
from core.words import counted, days_in_short, one_or_many, time_in_words
from events.event.models import Event
from events.event.running import lines_of, next_first
from events.feedback.queries import Outcomes, comments_on, is_void, results_for, why_not_read
from events.floor.permissions import can_moderate_floor, is_at
from events.outputs.queries import came_out
from events.permissions import can_run_event, reads_as_staff
from events.places.models import SignUp
from events.places.queries import listed_people, own_place, queue_position, released_place
from events.places.standing import rooms_and_left, state_of
from events.places.who_comes import (
    MIX_COLUMNS,
    WhoComes,
    councils_sentence,
    missing_sentence,
    mix_lines,
    needed_sentence,
    people_sentence,
    who_comes,
)
from events.places.whose_places import whose_places
from events.whats_on.main_action import main_action_of
from events.whats_on.the_day import about_the_day


def when_of(event: Event) -> str:
    """The day and time for a list: `6 Jul, 10:00`, `6 to 7 Jul 2027, 10:00`, and of an earlier year `6 Jul 2014`."""
    year, this_year = timezone.localtime(event.starts_at).year, clock.today().year
    day = days_in_short(event.starts_at, event.ends_at, with_year=year != this_year)
    return day if year < this_year else f"{day}, {time_in_words(event.starts_at)}"


OUTCOME_COLUMNS = ["People who answered", ("Yes", "numeric"), ("Of those who answered", "numeric")]


def _facts(event: Event) -> list[tuple[str, ...]]:
    facts: list[tuple[str, ...]] = [("Stream", event.get_stream_display())]
    if event.host:
        facts.append(("Host", event.host.name, event.host.get_absolute_url()))
    if event.stream == Event.Stream.SKILLS:
        facts += [("Skill", skill.name, skill.get_absolute_url()) for skill in event.skills.all()]
    if event.discovery:
        facts.append(("Discovery", event.discovery.title, event.discovery.get_absolute_url()))
    return facts


def event_page(event: Event, user: AnyUser) -> dict[str, Any]:
    """The context of an event's page, before its day and after; `event` was read through `with_own_place`."""
    place, is_staff = own_place(event, user), reads_as_staff(user, event)
    coming, panels = who_comes(event), panel_context(event, user)
    is_coming_up = not event.has_started
    is_waiting = place is not None and place.status == SignUp.Status.WAITING
    position = queue_position(place) if place and is_waiting and is_coming_up else None
    results = results_for(event, is_staff=is_staff)
    room, left = rooms_and_left([event], user)[event.pk]
    return {
        "event": event,
        "place": place,
        "run_lines": next_first(lines_of("now", event, user)) if is_staff else [],
        "is_staff": is_staff,
        "state": state_of(event, place, left),
        "facts": _facts(event),
        **about_the_day(event, user, place=place, is_staff=is_staff),
        "action": main_action_of(
            event,
            user,
            place=place,
            position=position,
            coming=coming,
            runs_it=is_staff,
            room=room,
            left=left,
            released=None if place else released_place(event, user),
        ),
        **(whose_places(room) if is_coming_up and event.state == Event.State.PUBLISHED else {}),
        "attendance": attendance_of(event, coming),
        "councils_sentence": councils_sentence(event, coming.councils),
        "people": coming.people,
        "people_sentence": people_sentence(event, coming.people),
        "listed": list(listed_people(event)) if user.is_authenticated and not event.has_ended else [],
        "may_read_floor": is_at(event, place) or can_moderate_floor(user, event),
        "mix": mix_lines(coming),
        "mix_columns": MIX_COLUMNS,
        "missing": missing_sentence(event, coming),
        "needed": "" if event.has_ended else needed_sentence(coming),
        **(came_out(event, user) if event.has_started and event.state == Event.State.PUBLISHED else {}),
        "results": results,
        "why_not_read": why_not_read(event, results) if is_staff and event.has_started else "",
        "outcome_rows": outcome_rows(results) if results else [],
        "outcome_columns": OUTCOME_COLUMNS,
        "comments": comments_on(event, results) if is_staff and can_run_event(user, event) else [],
        "feedback_is_void": is_staff and is_void(event),
        **panels,
        "ics_url": reverse("events:ics", args=[event.slug]),
    }


def attendance_of(event: Event, coming: WhoComes) -> dict[str, str]:
    """How many came, as a figure with its base; empty before the end, or where nobody had a place."""
    if event.state != Event.State.PUBLISHED or not event.has_ended or not coming.with_place:
        return {}
    councils = f", from {counted(len(coming.councils), 'council')}" if coming.councils else ""
    return {
        "number": f"{coming.people:,}",
        "label": one_or_many(coming.people, "person came", "people came"),
        "note": f"of {coming.with_place:,} who had a place{councils}",
    }


def outcome_rows(results: Outcomes) -> list[list[str]]:
    """The rows of the table of outcomes, each with its own base."""
    return [
        [
            outcome.words.capitalize(),
            outcome.share.with_unit,
            outcome.share.counts,
        ]
        for outcome in results.outcomes
    ]
