"""What somebody's week holds of what councils offer projects: the offers that wait for an answer, and the answers."""

from django.db.models import Q

from core.inbox import MOST, Action, Item, Reader
from councils.models import Membership
from councils.permissions import organisations_of
from projects.interest.models import Interest
from projects.permissions import can_facilitate


def interests_to_answer(reader: Reader) -> list[Item]:
    """Offers to projects that this person's councils lead, the earliest due first.

    Facilitators and the secretariat also get those of projects that no council leads.
    """
    leads = organisations_of(reader.user, at_least=Membership.Role.PUBLISHER)
    facilitates = can_facilitate(reader.user)
    if not (leads or facilitates):
        return []
    ours = Q(project__lead_council__in=leads)
    if facilitates:
        ours |= Q(project__lead_council=None)
    waiting = Interest.objects.open().filter(ours).select_related("project", "council")
    return [_to_answer(each) for each in waiting.order_by("due_on", "pk")[:MOST]]


def _to_answer(interest: Interest) -> Item:
    url = interest.get_absolute_url()
    return Item(
        interest.due_on,
        f"{interest.council}: {interest.get_kind_display().lower()}",
        url,
        f"An offer to “{interest.project}”. {interest.due_in_words}.",
        at_note="answer due",
        actions=(Action("Answer", url),),
        key=f"offer-{interest.pk}",
    )
