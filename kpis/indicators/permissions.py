"""Who may return a council's figures, and who may see them."""

from django.db.models import Q, QuerySet

from accounts.models import AnyUser
from councils.models import Organisation
from councils.permissions import can_contribute_for, councils_of
from kpis.indicators.models import ServiceReturn

NOT_YOURS = "Only confirmed contributors of a council can return its figures."


def can_return_figures(user: AnyUser, council: Organisation) -> bool:
    """Whether someone may return a council's figures: its contributors and upwards."""
    return council.is_council and not council.has_ended and can_contribute_for(user, council)


def published_returns() -> QuerySet[ServiceReturn]:
    """What everybody may see: all versions that are not for comparison only."""
    return ServiceReturn.objects.filter(for_comparison_only=False)


def can_see_all_returns(user: AnyUser, council: Organisation) -> bool:
    """Whether someone may see a council's figures for comparison only too: its own people."""
    return council in councils_of(user)


def visible_returns(user: AnyUser) -> QuerySet[ServiceReturn]:
    """What is published; to a council's own people also what is for comparison only."""
    own = councils_of(user)
    if not own:
        return published_returns()
    return ServiceReturn.objects.filter(Q(for_comparison_only=False) | Q(council__in=own))
