"""Promises as the board reads them: those that were missed and that nobody has explained."""

from core import clock
from take_up.models import Benefit
from take_up.models.benefit import BenefitQuerySet


def promises_to_explain() -> BenefitQuerySet:
    """The promises that were missed and that nobody has explained yet, the longest due first; none told as history."""
    missed = Benefit.objects.unexplained().filter(claimed_on__gt=clock.LAST_DAY_OF_THE_RECORD)
    return missed.select_related("project", "latest").defer("project__lesson").order_by("due_on", "pk")
