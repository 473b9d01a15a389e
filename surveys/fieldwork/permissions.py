"""Who may run a wave of the survey."""

from accounts.models import AnyUser
from accounts.permissions import acts_as
from accounts.roles import Role

BECAUSE = "The survey is run by analysts and the secretariat, signed in with a second factor."


def can_run_surveys(user: AnyUser) -> bool:
    """Analysts and the secretariat."""
    return acts_as(user, Role.ANALYST, Role.SECRETARIAT)
