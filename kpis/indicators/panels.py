"""What a council's profile shows of its services in figures."""

from typing import Any

from core.panels import Panel
from core.words import day_in_words
from councils.models import Organisation
from design_system.lines import origin
from kpis.indicators.models import ServiceReturn
from kpis.indicators.permissions import can_return_figures
from kpis.indicators.quarters import last_day
from kpis.indicators.queries import latest_of_top, service_of, top_in_words
from kpis.indicators.worked_out import INDICATORS, is_measured, numbers_of

SHOWN = 3  # services


def figures_of_council(council: Organisation, user: Any) -> Panel | None:
    """How many of a council's largest services are measured, the figures of the first three, and the way to all.

    One query.
    """
    if not council.is_council:
        return None
    rows: list[Any] = latest_of_top(council, user)
    measured = [each for each in rows if is_measured(numbers_of(each))]
    context = {
        "measured": top_in_words(council, user, measured=len(measured), of=rows[0].of_top) if measured else "",
        "services": [_service(each) for each in measured[:SHOWN]],
        "may_return": not measured and can_return_figures(user, council),
    }
    return Panel("kpis/indicators/panel.html", context, place="side", order=90)


def _service(one: ServiceReturn) -> dict[str, Any]:
    """A service with those of its four figures that are known, and as at when."""
    numbers = numbers_of(one)
    figures = [(each, each.figure(numbers)) for each in INDICATORS]
    return {
        "name": one.service.name,
        "address": service_of(one.service, one.council),
        "figures": [(each.name, each.said(figure)) for each, figure in figures if figure],
        "as_at": f"As at {day_in_words(last_day(one.quarter))}.",
        "is_for_comparison_only": one.for_comparison_only,
        "origin": origin(one),
    }
