"""The line about savings in the secretariat's week."""

from django.db.models import Count, Min
from django.urls import reverse

from core.inbox import Action, Item, Reader
from core.words import counted
from events.leads.models import Lead
from events.leads.permissions import can_follow_leads, visible_leads


def leads_to_follow(reader: Reader) -> list[Item]:
    """One line for all savings that nobody has followed up, since the oldest."""
    if not can_follow_leads(reader.user):
        return []
    new = visible_leads(reader.user).filter(state=Lead.State.NEW).aggregate(number=Count("pk"), since=Min("told_on"))
    if not new["number"]:
        return []
    address = f"{reverse('events:leads')}?state={Lead.State.NEW}"
    return [
        Item(
            new["since"],
            f"{counted(new['number'], 'saving')} to follow up",
            address,
            "People who were at events told of what could be saved.",
            at_note="since",
            actions=(Action("See them", address),),
        )
    ]
