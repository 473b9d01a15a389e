"""Lines about a running survey for the week of those who run it."""

from django.urls import reverse

from core.inbox import MOST, Action, Item, Reader
from core.words import counted
from surveys.fieldwork.models import Fieldwork
from surveys.fieldwork.permissions import can_run_surveys
from surveys.fieldwork.queries import PeopleAsked, people_asked_by, runnings


def surveys_that_run(reader: Reader) -> list[Item]:
    """For analysts and the secretariat: waves that are being prepared or are open."""
    if not can_run_surveys(reader.user):
        return []
    found = list(runnings().filter(state__in=Fieldwork.BEFORE_CLOSE)[:MOST])
    asked = people_asked_by(found)
    return [_line(each, asked[each.pk]) for each in found]


def _line(fieldwork: Fieldwork, asked: PeopleAsked) -> Item:
    url = reverse("surveys:running", args=[fieldwork.wave.year])
    if fieldwork.is_open:
        return Item(fieldwork.closes_at, f"{fieldwork.wave} is open", url, asked.in_words, at_note="closes",
                    actions=(Action("See who has answered", url),))  # fmt: skip
    note = f"{counted(asked.invited or 0, 'person is', 'people are')} invited so far"
    return Item(fieldwork.closes_at, f"{fieldwork.wave} is being prepared", url, note, at_note="closes",
                actions=(Action("Go on preparing it", url),))  # fmt: skip
