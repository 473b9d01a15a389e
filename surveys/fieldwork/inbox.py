"""Lines about a running survey for the week of those who run it."""

from django.db.models import Count, Q
from django.urls import reverse

from core.inbox import MOST, Action, Item, Reader
from core.words import counted
from surveys.fieldwork.models import Fieldwork, SurveyInvitation
from surveys.fieldwork.permissions import can_run_surveys
from surveys.fieldwork.queries import runnings


def surveys_that_run(reader: Reader) -> list[Item]:
    """For analysts and the secretariat: waves that are being prepared or are open."""
    if not can_run_surveys(reader.user):
        return []
    handed_in = Count("invitations", filter=Q(invitations__state=SurveyInvitation.State.HANDED_IN))
    found = runnings().filter(state__in=(Fieldwork.State.PREPARED, Fieldwork.State.OPEN))
    return [
        _line(each, each.invited + each.number_nameless, each.n_handed_in + each.number_nameless)
        for each in found.annotate(invited=Count("invitations"), n_handed_in=handed_in)[:MOST]
    ]


def _line(fieldwork: Fieldwork, invited: int, handed_in: int) -> Item:
    url = reverse("surveys:running", args=[fieldwork.wave.year])
    if fieldwork.is_open:
        note = f"{handed_in:,} of {counted(invited, 'person', 'people')} have handed in"
        return Item(fieldwork.closes_at, f"{fieldwork.wave} is open", url, note, at_note="closes",
                    actions=(Action("See who has answered", url),))  # fmt: skip
    note = f"{counted(invited, 'person is', 'people are')} invited so far"
    return Item(fieldwork.closes_at, f"{fieldwork.wave} is being prepared", url, note, at_note="closes",
                actions=(Action("Go on preparing it", url),))  # fmt: skip
