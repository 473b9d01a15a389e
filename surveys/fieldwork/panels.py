"""On the page of one's addresses, what the survey keeps of one that is taken out."""

from typing import Any

from accounts.models import User
from accounts.queries import addresses_of
from core.panels import Panel
from surveys.fieldwork.models import Fieldwork
from surveys.fieldwork.once import has_to_do_with
from surveys.fieldwork.queries import may_take_answers, runnings


def kept_of_addresses(person: User, user: Any) -> Panel | None:
    """That a code of each address stays with a wave to which this person is invited; None where that is not so."""
    running = [each for each in runnings().filter(state__in=Fieldwork.BEFORE_CLOSE) if may_take_answers(each)]
    addresses = addresses_of(person) if running else set()
    waves = [each.wave for each in running if has_to_do_with(each, addresses)]
    return Panel("surveys/panel_addresses.html", {"waves": waves}) if waves else None
