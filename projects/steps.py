"""The four steps as the stepper shows them: dates where there are any, what is missing where not."""

import datetime as dt
from collections.abc import Sequence

from django.utils.formats import date_format

from core import clock
from projects.models import Discovery, Project
from projects.queries import why_step_one_goes_on, why_step_two_goes_on

LABELS = ("Discovery Day", "Co-Design Day", "Co-develop", "Launch and take-up")


def steps_of(discovery: Discovery | None, projects: Sequence[Project] = ()) -> list[dict[str, str]]:
    """`{label, note, state}` for each of the four steps; `state` is past, present, begun or future.

    The last two steps are those of `projects`, which came out of the discovery; without any they are still to come.
    """
    last = _last_two_of_several(projects) if len(projects) > 1 else _last_two(discovery, *projects)
    steps = [*_first_two(discovery, goes_on=bool(projects)), *last]
    return [{"label": label, **step} for label, step in zip(LABELS, steps, strict=True)]


def steps_of_discovery(discovery: Discovery, projects: Sequence[Project]) -> list[dict[str, str]]:
    """The same on the discovery's own page, where the present step is the one its badge names and its button ends.

    While step 2 goes on, projects that came out of it already have begun a step that the discovery has not reached.
    """
    if discovery.step != Discovery.Step.CO_DESIGN_DAY or not projects:
        return steps_of(discovery, projects)
    steps = steps_of(discovery)
    so_far = f"{len(projects)} project{'s' if len(projects) > 1 else ''} so far"
    return [*steps[:2], steps[2] | _step("begun", so_far), steps[3]]


def day(when: dt.date | None) -> str:
    return date_format(when, "j F Y") if when else ""


def _step(state: str, note: str) -> dict[str, str]:
    return {"state": state, "note": note}


def _first_two(discovery: Discovery | None, *, goes_on: bool) -> list[dict[str, str]]:
    if discovery is None:
        return [_step("past", "Not on record"), _step("past", "Not on record")]
    if discovery.step == Discovery.Step.DISCOVERY_DAY:
        return [
            _step("present", _since(discovery.starts_on, why_step_one_goes_on(discovery))),
            _step("future", "Opens when step 1 ends"),
        ]
    if discovery.step == Discovery.Step.STOPPED and discovery.step_one_ended_on is None:
        return [_step("present", f"Stopped {day(discovery.stopped_on)}"), _step("future", "Not reached")]
    first = _step("past", day(discovery.starts_on))
    if discovery.step == Discovery.Step.CO_DESIGN_DAY and goes_on:
        # Nobody has ended step 2 yet, but what it chose is already a project.
        return [first, _step("begun", f"Since {day(discovery.step_one_ended_on)}, not ended yet")]
    if discovery.step == Discovery.Step.CO_DESIGN_DAY:
        return [first, _step("present", _since(discovery.step_one_ended_on, why_step_two_goes_on(discovery)))]
    if discovery.step == Discovery.Step.STOPPED:
        return [first, _step("present", f"Stopped {day(discovery.stopped_on)}")]
    # A span, because the Co-Design Day itself is one day of it.
    ended = discovery.step_two_ended_on
    return [first, _step("past", f"{day(discovery.step_one_ended_on)} to {day(ended)}" if ended else "")]


def _since(start: dt.date | None, goes_on_because: str) -> str:
    since = f"{'Starts' if start > clock.today() else 'Since'} {day(start)}" if start else ""
    return f"{since}. {goes_on_because or 'Ready to end'}"


def _last_two_of_several(projects: Sequence[Project]) -> list[dict[str, str]]:
    launched = sum(project.launched_on is not None for project in projects)
    if not launched:
        return [_step("present", f"{len(projects)} projects"), _step("future", "Needs an accepted business case")]
    share = f"{launched} of {len(projects)} projects"
    third = _step("past", "") if launched == len(projects) else _step("begun", f"{len(projects) - launched} still here")
    all_finished = all(project.stage == Project.Stage.FINISHED for project in projects)
    return [third, _step("past" if all_finished else "present", share)]


def _last_two(discovery: Discovery | None, project: Project | None = None) -> list[dict[str, str]]:
    if project is None:
        stopped = discovery is not None and discovery.step == Discovery.Step.STOPPED
        note = "Not reached" if stopped else "Starts with a prototype that was chosen"
        return [_step("future", note), _step("future", "Not reached" if stopped else "Needs an accepted business case")]
    accepted = project.case_accepted_on
    third = f"Accepted {day(accepted)}" if accepted else f"Since {day(project.started_on)}"
    if project.launched_on is None:
        if project.stage == Project.Stage.STOPPED:
            return [_step("present", f"Stopped {day(project.ended_on)}"), _step("future", "Not reached")]
        waits = "Ready to launch" if accepted else "Needs an accepted business case"
        return [_step("present", third), _step("future", waits)]
    ended = {
        Project.Stage.FINISHED: f"{day(project.launched_on)} to {day(project.ended_on)}",
        Project.Stage.STOPPED: f"Stopped {day(project.ended_on)}",
    }.get(Project.Stage(project.stage))
    state = "past" if project.stage == Project.Stage.FINISHED else "present"
    return [_step("past", third), _step(state, ended or f"Since {day(project.launched_on)}")]
