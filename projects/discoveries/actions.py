"""The buttons on a discovery's page for whoever leads it."""

from dataclasses import replace

from django.urls import reverse

from core.inbox import Action
from projects.discoveries.models import Discovery
from projects.discoveries.queries import missing_for_step_two, why_step_one_goes_on, why_step_two_goes_on

# Where on the page of a discovery each output of step 1 is written down.
_OUTPUTS = {
    "a priority issue": Action("Add a priority issue", "#issues"),
    "a potential project with its scope": Action("Scope a potential project", "#potential"),
    "a feasibility verdict": Action("Judge feasibility", "#feasibility"),
}


def actions_of_discovery(discovery: Discovery, day: Action | None) -> list[Action]:
    """The next action of a discovery, and beside it the end of its step where that is another; none once it has ended.

    `day` is the action that plans or opens the day of its present step.
    """
    at_one = discovery.step == Discovery.Step.DISCOVERY_DAY
    if not at_one and discovery.step != Discovery.Step.CO_DESIGN_DAY:
        return []
    end = _end(discovery)
    may_end = not (why_step_one_goes_on(discovery) if at_one else why_step_two_goes_on(discovery))
    if may_end and day is None:
        return [end]
    outputs = [replace(_next_output(discovery), is_second=True)] if at_one and day and not may_end else []
    return [day or _next_output(discovery), *outputs, replace(end, is_second=True)]


def _end(discovery: Discovery) -> Action:
    """The button that ends the present step, and sends its name: a form sent twice never ends the next step."""
    number = 1 if discovery.step == Discovery.Step.DISCOVERY_DAY else 2
    address = reverse("projects:discovery_end_step", args=[discovery.slug])
    return Action(f"End step {number}", address, is_post=True, fields=(("step", discovery.step),))


def _next_output(discovery: Discovery) -> Action:
    if discovery.step == Discovery.Step.CO_DESIGN_DAY:
        return Action("Add a prototype", reverse("projects:prototype_new", args=[discovery.slug]))
    missing = missing_for_step_two(discovery)
    return _OUTPUTS[missing[0]] if missing else Action("Judge feasibility again", "#feasibility")
