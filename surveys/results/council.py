"""From a council's page to the figures of its type: it compares itself with those, and no table is of one council."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from core.panels import Panel
from councils.models import Organisation
from surveys.fieldwork.models import Fieldwork
from surveys.fieldwork.sealed import COUNCIL_TYPE, OTHER, council_type_of
from surveys.waves.models import AskedTable, CouncilType, Wave
from surveys.waves.permissions import shown_waves


def survey_of_council(council: Organisation, user: Any) -> Panel | None:
    """Leads to how councils of its type answered, without a query: which survey that is, is asked for on the way."""
    council_type = council_type_of(council)
    if council_type == OTHER or council.has_ended:
        return None
    url = f"{reverse('surveys:waves')}?{urlencode({'group': council_type})}"
    return Panel("surveys/panel_council.html", {"words": CouncilType(council_type).label, "url": url}, place="side")


def figures_of_type(council_type: str) -> str:
    """The address of the newest published table by type of council, with that type chosen; empty where there is none.

    Without such a table, the response by type of the newest survey that is shown. A made-up survey counts only where
    there is no other.
    """
    if council_type not in CouncilType:
        return ""
    run_here = Fieldwork.objects.filter(shown_waves("wave__"), state=Fieldwork.State.CLOSED).select_related("wave")
    for running in run_here.order_by("is_illustrative", "-wave__year"):
        slugs = [slug for slug, by in running.plan.items() if COUNCIL_TYPE in by]
        first = AskedTable.objects.filter(wave=running.wave_id, table__slug__in=slugs).select_related("table").first()
        if first:
            table = reverse("surveys:table", args=[running.wave.year, first.table.slug])
            return f"{table}?{urlencode({'group': council_type})}#one-group"
    newest = Wave.objects.filter(shown_waves()).order_by("-year").first()
    return f"{reverse('surveys:wave', args=[newest.year])}#response" if newest else ""
