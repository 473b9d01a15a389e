"""What is asked before step 2 of a discovery ends: what keeps it from ending, as the end of a sentence, or nothing."""

from core.guards import Guards
from projects.discoveries.models import Discovery

END_STEP_TWO = Guards()  # asked of the discovery


def why_not_yet(discovery: Discovery) -> str:
    """The first reason why step 2 cannot end, or empty; remembered on the record, whose page asks three times."""
    if "_why_not_yet" not in discovery.__dict__:
        discovery.__dict__["_why_not_yet"] = next(filter(None, END_STEP_TWO.ask(discovery)), "")
    return discovery.__dict__["_why_not_yet"]
