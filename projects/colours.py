"""The colour of a state's tag; the word says what it means."""

from projects.models import BusinessCase, Discovery

STEP: dict[str, str] = {
    Discovery.Step.DISCOVERY_DAY: "teal",
    Discovery.Step.CO_DESIGN_DAY: "teal",
    Discovery.Step.FINISHED: "green",
    Discovery.Step.STOPPED: "grey",
}
FEASIBILITY: dict[str, str] = {
    Discovery.Feasibility.FEASIBLE: "green",
    Discovery.Feasibility.CONDITIONAL: "amber",
    Discovery.Feasibility.NOT_FEASIBLE: "coral",
}
CASE: dict[str, str] = {
    BusinessCase.State.DRAFT: "grey",
    BusinessCase.State.SUBMITTED: "violet",
    BusinessCase.State.ACCEPTED: "green",
    BusinessCase.State.REJECTED: "coral",
}
