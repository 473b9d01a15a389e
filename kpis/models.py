"""Services in numbers: what councils return of them, how often they are asked for, facts, and the campaign's reach."""

from kpis.facts.models import FactCard, FactQuestion
from kpis.indicators.models import ServiceReturn, TopService
from kpis.reach.models import PageViews, ReachMetric, ReachValue
from kpis.volumes.models import ServiceArea, VisitCount

__all__ = [
    "FactCard",
    "FactQuestion",
    "PageViews",
    "ReachMetric",
    "ReachValue",
    "ServiceArea",
    "ServiceReturn",
    "TopService",
    "VisitCount",
]
