"""Promises as the board reads them: those that were missed and that nobody has explained."""

from django.contrib.auth.models import AnonymousUser

from core import clock
from take_up import told
from take_up.models.benefit import BenefitQuerySet
from take_up.permissions import visible_benefits


def promises_to_explain() -> BenefitQuerySet:
    """The promises that everybody may see, that were missed and that nobody has explained yet; none of the record."""
    missed = visible_benefits(AnonymousUser()).unexplained().filter(claimed_on__gt=clock.LAST_DAY_OF_THE_RECORD)
    missed = missed.select_related("project", "adoption__council", "latest").defer("project__lesson")
    return told.known().with_name(missed).order_by("due_on", "pk")
