"""The block for those who run an event: desk, prototypes and votes, a line each with its next action."""

from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from core.inbox import Action
from core.panels import Panel
from core.words import counted, day_in_words, series
from events.desk.queries import desk_count, prototypes_to_run
from events.event.models import Event
from events.feedback.queries import LEAST_FOR_FACILITATORS, Outcomes, given_so_far
from projects.models import Discovery, Prototype

MOST_NAMED = 3


@dataclass(frozen=True)
class RunLine:
    """One line of the block: its state in words and the next action."""

    name: str
    words: str
    action: Action | None = None
    about: str = ""
    url: str = ""


def run_panel(lines: list[RunLine]) -> Panel:
    """The panel with these lines."""
    return Panel("events/run_lines.html", {"lines": lines}, place="run")


def run_block(event: Event, panels: list[Panel], results: Outcomes | None = None) -> dict[str, Any]:
    """The block as context: lines of desk, prototypes and feedback, then those of `panels` (the votes).

    `results` are those of feedback as whoever runs the event may see them. Empty once cancelled.
    """
    if event.state == Event.State.CANCELLED:
        return {}
    if event.state == Event.State.DRAFT:
        announce = Action("Open it for everyone", _address("announce", event), is_post=True)
        lines = [RunLine("Sign-up", "A draft. Only facilitators and the secretariat see it.", announce)]
    else:
        lines = [_desk(event), *_prototypes(event), *_feedback(event, results)]
    for panel in panels:
        lines += panel.context["lines"]
    return {"run_panel": run_panel(_one_next(lines))}


def _one_next(lines: list[RunLine]) -> list[RunLine]:
    """The lines with at most one main button: the first stays, the others become second."""
    first = next((line for line in lines if line.action and not line.action.is_second), None)
    return [
        replace(line, action=replace(line.action, is_second=True)) if line.action and line is not first else line
        for line in lines
    ]


def _address(name: str, event: Event) -> str:
    return reverse(f"events:{name}", args=[event.slug])


def _desk(event: Event) -> RunLine:
    count, address = desk_count(event), _address("check_in", event)
    waiting = f", {count.waiting:,} waiting" if count.waiting else ""
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


def _feedback(event: Event, results: Outcomes | None) -> list[RunLine]:
    """The line about feedback, once the event is over and somebody came."""
    if not event.has_ended or not event.arrived or event.is_told:
        return []
    closes = day_in_words(event.feedback_closes_at)
    came = counted(event.arrived, "person", "people")
    if event.takes_feedback:
        words = f"{given_so_far(event):,} of {came} who came gave theirs so far. Nobody can read it until {closes}."
        return [RunLine("Feedback", words)]
    if results is None:
        return [RunLine("Feedback", f"It closed on {closes}. It is shown from {LEAST_FOR_FACILITATORS} forms on.")]
    read = Action("Read what they said", f"{event.get_absolute_url()}#feedback", is_second=True)
    return [RunLine("Feedback", f"{results.forms:,} of {came} who came gave theirs. It closed on {closes}.", read)]


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
    if here or not makes_some or not event.check_in_is_open:
        return None
    return Action("Add a prototype", reverse("projects:prototype_new", args=[event.discovery.slug]), is_second=True)
