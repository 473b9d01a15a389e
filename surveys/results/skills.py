"""On a skill's page, where the survey asks for it."""

from typing import Any

from django.urls import reverse

from core.panels import Panel
from surveys.waves.models import AskedTable
from surveys.waves.permissions import shown_waves


def survey_of_skill(skill: Any, user: Any) -> Panel | None:
    """Leads to the table of skills of the newest survey that has them; None where there is none."""
    asked = AskedTable.objects.filter(shown_waves("wave__"), table__rows__skill=skill, wave__closed_on__isnull=False)
    newest = asked.select_related("wave", "table").order_by("-wave__year").first()
    if newest is None:
        return None
    url = reverse("surveys:table", args=[newest.wave.year, newest.table.slug])
    return Panel("surveys/panel_skill.html", {"year": newest.wave.year, "url": url}, place="side")
