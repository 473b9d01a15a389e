"""The four steps as the stepper shows them: dates where there are any, what is missing where not."""

import datetime as dt

from django.utils.formats import date_format

from core import clock
from projects.models import Discovery, Project
from projects.queries import why_step_one_goes_on, why_step_two_goes_on

LABELS = ("Discovery Day", "Co-Design Day", "Co-develop", "Launch and take-up")


def steps_of(discovery: Discovery | None, project: Project | None = None, *, several: int = 0) -> list[dict[str, str]]:
    """`{label, note, state}` for each of the four steps; `state` is past, present, begun or future.

    With `project` the last two steps are its own; `several` says that as many projects came out of the discovery,
    each at a step of its own. Without either they are still to come.
    """
    last = [_step("present", f"{several} projects"), _step("future", "")] if several else _last_two(discovery, project)
    goes_on = several > 0 or project is not None
    steps = [*_first_two(discovery, goes_on=goes_on), *last]
    return [{"label": label, **step} for label, step in zip(LABELS, steps, strict=True)]


def steps_of_discovery(discovery: Discovery, projects: list[Project]) -> list[dict[str, str]]:
    """The same on the discovery's own page, where the present step is the one its badge names and its button ends.

    While step 2 goes on, projects that came out of it already have begun a step that the discovery has not reached.
    """
    one = projects[0] if len(projects) == 1 else None
    if discovery.step != Discovery.Step.CO_DESIGN_DAY or not projects:
        return steps_of(discovery, one, several=0 if one else len(projects))
    steps = steps_of(discovery)
    so_far = f"{len(projects)} project{'' if one else 's'} so far"
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
        # Nobody has closed step 2 yet, but what it chose is already a project.
        return [first, _step("past", f"Since {day(discovery.step_one_ended_on)}")]
    if discovery.step == Discovery.Step.CO_DESIGN_DAY:
        return [first, _step("present", _since(discovery.step_one_ended_on, why_step_two_goes_on(discovery)))]
    if discovery.step == Discovery.Step.STOPPED:
        return [first, _step("present", f"Stopped {day(discovery.stopped_on)}")]
    return [first, _step("past", f"Ended {day(discovery.step_two_ended_on)}" if discovery.step_two_ended_on else "")]


def _since(start: dt.date | None, goes_on_because: str) -> str:
    since = f"{'Starts' if start > clock.today() else 'Since'} {day(start)}" if start else ""
    return f"{since}. {goes_on_because or 'Ready to end'}"


def _last_two(discovery: Discovery | None, project: Project | None) -> list[dict[str, str]]:
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
