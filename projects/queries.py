"""Reads that span the models of the four steps, or are shaped for one page."""

from projects.models import Discovery


def missing_for_step_two(discovery: Discovery) -> list[str]:
    """What the Discovery Day has not brought yet, in words; empty once step 1 may end."""
    missing = []
    if not discovery.priority_issues.exists():
        missing.append("a priority issue")
    if not discovery.potential_projects.exists():
        missing.append("a potential project with its scope")
    if not discovery.feasibility:
        missing.append("a feasibility verdict")
    return missing


def missing_for_step_three(discovery: Discovery) -> list[str]:
    """What the Co-Design Day has not brought yet, in words; empty once step 2 may end."""
    prototypes = discovery.prototypes.select_related("outline")
    if not any(prototype.is_ready_for_vote for prototype in prototypes):
        return ["a prototype with a summary and an outline business case"]
    return []
