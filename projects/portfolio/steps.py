"""The four steps as the stepper shows them: dates where there are any, what is missing where not."""

from collections.abc import Sequence

from core.words import counted, day_in_words
from projects.discoveries.models import Discovery
from projects.discoveries.steps import first_two, step
from projects.portfolio.models import Project

LABELS = ("Discovery Day", "Co-Design Day", "Co-develop", "Launch and take-up")


def steps_of(discovery: Discovery | None, projects: Sequence[Project] = ()) -> list[dict[str, str]]:
    """`{label, note, state}` for each of the four steps; `state` is past, present, begun or future.

    The last two steps are those of `projects`, which came out of the discovery; without any they are still to come.
    """
    last = _last_two_of_several(projects) if len(projects) > 1 else _last_two(discovery, *projects)
    steps = [*first_two(discovery, goes_on=bool(projects)), *last]
    return [{"label": label, **step} for label, step in zip(LABELS, steps, strict=True)]


def steps_of_discovery(discovery: Discovery, projects: Sequence[Project]) -> list[dict[str, str]]:
    """The same on the discovery's own page, where the present step is the one its badge names and its button ends.

    While step 2 goes on, projects that came out of it already have begun a step that the discovery has not reached.
    """
    if discovery.step != Discovery.Step.CO_DESIGN_DAY or not projects:
        return steps_of(discovery, projects)
    steps = steps_of(discovery)
    so_far = f"{counted(len(projects), 'project')} so far"
    return [*steps[:2], steps[2] | step("begun", so_far), steps[3]]


def _last_two_of_several(projects: Sequence[Project]) -> list[dict[str, str]]:
    launched = sum(project.launched_on is not None for project in projects)
    if not launched:
        return [step("present", f"{len(projects)} projects"), step("future", "Needs an accepted business case")]
    share = f"{launched} of {len(projects)} projects"
    third = step("past", "") if launched == len(projects) else step("begun", f"{len(projects) - launched} still here")
    all_finished = all(project.stage == Project.Stage.FINISHED for project in projects)
    return [third, step("past" if all_finished else "present", share)]


def _last_two(discovery: Discovery | None, project: Project | None = None) -> list[dict[str, str]]:
    if project is None:
        stopped = discovery is not None and discovery.step == Discovery.Step.STOPPED
        note = "Not reached" if stopped else "Starts with a prototype that was chosen"
        return [step("future", note), step("future", "Not reached" if stopped else "Needs an accepted business case")]
    accepted = project.case_accepted_on
    third = f"Accepted {day_in_words(accepted)}" if accepted else f"Since {day_in_words(project.started_on)}"
    if project.launched_on is None:
        if project.stage == Project.Stage.STOPPED:
            return [step("present", f"Stopped {day_in_words(project.ended_on)}"), step("future", "Not reached")]
        if project.is_paused:
            third = f"Paused {day_in_words(project.paused_on)}"
        waits = "Ready to launch" if accepted else "Needs an accepted business case"
        return [step("present", third), step("future", waits)]
    ended = {
        Project.Stage.FINISHED: f"{day_in_words(project.launched_on)} to {day_in_words(project.ended_on)}",
        Project.Stage.STOPPED: f"Stopped {day_in_words(project.ended_on)}",
    }.get(Project.Stage(project.stage), f"Paused {day_in_words(project.paused_on)}" if project.is_paused else None)
    state = "past" if project.stage == Project.Stage.FINISHED else "present"
    return [step("past", third), step(state, ended or f"Since {day_in_words(project.launched_on)}")]
