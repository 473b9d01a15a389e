"""What there is to run on the day: the desk and the prototypes, a line each with its next action."""

from django.urls import reverse

from accounts.models import AnyUser
from core.inbox import Action
from core.words import counted, series
from events.desk.queries import desk_count, prototypes_to_run
from events.event.models import Event
from events.event.running import RunLine
from projects.models import Discovery, Prototype

MOST_NAMED = 3


def desk_to_run(event: Event, user: AnyUser) -> list[RunLine]:
    """The line of the desk; of a draft the one that opens it for everyone."""
    if event.state == Event.State.DRAFT:
        announce = Action("Open it for everyone", _address("announce", event), is_post=True)
        return [RunLine("Sign-up", "A draft. Only those who run it see it.", announce)]
    return [_desk(event)]


def prototypes_of_event(event: Event, user: AnyUser) -> list[RunLine]:
    """The line about prototypes, where the event makes or has some."""
    return [] if event.state == Event.State.DRAFT else _prototypes(event)


def _address(name: str, event: Event) -> str:
    return reverse(f"events:{name}", args=[event.slug])


def _desk(event: Event) -> RunLine:
    count, address = desk_count(event), _address("check_in", event)
    waits = count.waiting - count.without  # those in the room are counted as here
    waiting = f", {waits:,} waiting" if waits else ""
    if count.here > event.capacity:
        waiting += f", {count.here - event.capacity:,} more than there are places"
    places = count.here + count.expected
    if not event.check_in_is_open:
        taken = f"{places:,} of {counted(event.capacity, 'place')} taken{waiting}."
        return RunLine("Desk", taken, Action("See who comes", address, is_second=True))
    if event.has_ended:
        came = f"{count.here:,} of {counted(places, 'person', 'people')} came."
        return RunLine("Desk", came, Action("See who came", address, is_second=True))
    check_in = Action("Check people in", address, is_second=not count.expected)
    return RunLine("Desk", f"{count.here:,} of {places:,} here{waiting}.", check_in)


def _prototypes(event: Event) -> list[RunLine]:
    """The line about prototypes, where the event makes or has some."""
    found = prototypes_to_run(event)
    if event.kind != Event.Kind.CO_DESIGN_DAY and not found:
        return []
    here = [prototype for prototype in found if prototype.is_here]  # type: ignore[attr-defined]  # annotated
    left = len(found) - len(here)
    return [RunLine("Prototypes", _words(here, left), _next(event, here, left))]


def _words(here: list[Prototype], left: int) -> str:
    """How many prototypes there are and what each lacks, in words."""
    lacking = [f"{each} lacks {series(each.lacks)}" for each in here if each.lacks]
    if here and not lacking:
        sentences = [f"{len(here)}, {'all' if len(here) > 1 else 'it is'} ready for a vote"]
    else:
        sentences = [f"{len(here)} noted" if here else "None noted yet", *lacking[:MOST_NAMED]]
    if len(lacking) > MOST_NAMED:
        sentences.append(f"{len(lacking) - MOST_NAMED} more lack something")
    if left:
        sentences.append(f"{counted(left, 'prototype')} of the discovery not noted for a day")
    return f"{'. '.join(sentences)}."


def _next(event: Event, here: list[Prototype], left: int) -> Action | None:
    if left and event.has_started:
        return Action("Note what came out", _address("brought_forth", event), is_second=True)
    for prototype in here:
        if prototype.lacks:
            return Action("Complete the prototype", prototype.get_absolute_url(), is_second=True)
    makes_some = event.discovery is not None and event.discovery.step == Discovery.Step.CO_DESIGN_DAY
    if not makes_some or not event.check_in_is_open or (here and event.has_ended):
        return None
    return Action("Write down a prototype", _address("prototype", event), is_second=True)
