"""The platform roles, kept as Django groups so that Wagtail's page permissions can rest on them too."""

from django.db.models import TextChoices


class Role(TextChoices):
    """What someone may do for the whole Alliance, in the words of the people page. The value is the group's name."""

    FACILITATOR = "Facilitators", "Facilitator: runs discoveries, days and votes"
    ANALYST = "Analysts", "Analyst: checks benefits and figures"
    BOARD = "Steering board", "Steering board: follows projects and takes decisions"
    SECRETARIAT = "Secretariat", "Secretariat: minutes, roles, everything but code"
    EDITOR = "Alliance editors", "Alliance editor: pages, news, case studies"


# Roles that may do the same: the secretariat whatever facilitators do, and whatever the editor does in the registry.
FACILITATING = (Role.FACILITATOR, Role.SECRETARIAT)
KEEPING_THE_REGISTRY = (Role.EDITOR, Role.SECRETARIAT)
