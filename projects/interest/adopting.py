"""Where a project is adopted: an app further up knows whether what it made stands in the registry."""

from core.guards import Guards
from projects.portfolio.models import Project

ADOPTED_AT = Guards()  # asked of the project: the address at which a council says that it would use it, or nothing


def adopted_at(project: Project) -> str:
    """The address at which a council commits to what the project made; empty while there is nothing to adopt."""
    return next(filter(None, ADOPTED_AT.ask(project)), "")
