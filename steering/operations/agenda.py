"""Operations on the agenda of a meeting, each under the lock of the meeting."""

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from steering.models import Meeting, MeetingItem
from steering.permissions import can_minute
from steering.queries.agenda import ProposedItem, place_of, proposed_items
from steering.queries.meetings import coming_meeting

NOT_STAFF = "Only the secretariat keeps the agenda."
MOST_ITEMS = 60


def lock_meeting(meeting: Meeting) -> Meeting:
    """The meeting as it is now, locked: what two people change of it, they change one after the other."""
    return Meeting.objects.select_for_update(of=("self",)).select_related("host__body").get(pk=meeting.pk)


@transaction.atomic
def build_agenda(meeting: Meeting, *, by: User | None) -> Meeting:
    """Bring the agenda of a planned meeting up to date: what is due comes on, each thing once. Twice changes nothing.

    What the secretariat worded, moved or took off stays so. What is not due any more goes off again, unless somebody
    worded it or gave it a paper. Without `by` the portal does so each night.
    """
    require(by is None or can_minute(by), NOT_STAFF)
    meeting = lock_meeting(meeting)
    if not meeting.is_planned:
        raise Refused("The agenda of a meeting is built until it is held.")
    proposed = {each.key: each for each in proposed_items(meeting)}
    items = list(meeting.agenda.all())
    with_papers = set(meeting.papers.values_list("item", flat=True))
    gone = [
        item for item in items
        if item.key and item.key not in proposed and _is_untouched(item) and item.pk not in with_papers
    ]  # fmt: skip
    for item in gone:
        item.delete()
        items.remove(item)
    known = {item.key: item for item in items}
    new = 0
    for key, each in proposed.items():
        if key in known:
            _reword(known[key], each)
        else:
            _put_in(items, MeetingItem(meeting=meeting, **_of(each)))
            new += 1
    _number(items)
    if new or gone:
        log_action("steering.agenda_built", by=by, about=meeting, new=new, gone=len(gone))
    return meeting


def build_agenda_of_the_next_meeting(*, by: User | None = None) -> int:
    """Bring the agenda of the next planned meeting up to date, and return how many that were.

    By the portal each night, and by whoever changes what stands on it.
    """
    meeting = coming_meeting()
    if meeting is None or meeting.day == clock.today():  # on its day it stays as the board has it in hand
        return 0
    build_agenda(meeting, by=by)
    return 1


def _is_untouched(item: MeetingItem) -> bool:
    """Whether nobody worded an item, took it off or minuted it."""
    return not (item.is_edited or item.is_removed or item.minutes)


def _of(each: ProposedItem) -> dict:
    return {"key": each.key, "kind": each.kind, "title": each.title, "words": each.words, **each.about}


def _reword(item: MeetingItem, each: ProposedItem) -> None:
    """Give an item that nobody worded the words of today."""
    if item.is_edited or (item.title, item.words, item.kind) == (each.title, each.words, each.kind):
        return
    item.title, item.words, item.kind = each.title, each.words, each.kind
    item.save(update_fields=["title", "words", "kind"])


def _put_in(items: list[MeetingItem], item: MeetingItem) -> None:
    """Put a new item before the first that comes after it in the order of an agenda; those by hand have no place."""
    place = place_of(item.key)
    later = (at for at, other in enumerate(items) if other.key and place_of(other.key) > place)
    items.insert(next(later, len(items)), item)


def _number(items: list[MeetingItem]) -> None:
    """Number the items in this order, and save those whose number is another."""
    for order, item in enumerate(items, start=1):
        if item.pk is None or item.order != order:
            item.order = order
            item.save()


@transaction.atomic
def add_item(meeting: Meeting, *, title: str, kind: str, by: User, words: str = "") -> MeetingItem:
    """Add an item by hand: before the next meeting's date, or else last. Other business is added once it was held."""
    require(can_minute(by), NOT_STAFF)
    meeting = lock_meeting(meeting)
    if meeting.is_cancelled:
        raise Refused("This meeting was cancelled.")
    items = list(meeting.agenda.all())
    if len(items) >= MOST_ITEMS:
        raise Refused(f"An agenda has at most {MOST_ITEMS} items. Take one off first.")
    item = MeetingItem(meeting=meeting, title=title, kind=kind, words=words, is_edited=True)
    last = next((at for at, other in enumerate(items) if other.key == "next"), len(items))
    items.insert(last, item)
    _number(items)
    log_action("steering.item_added", by=by, about=meeting, item=item.pk)
    return item


@transaction.atomic
def change_item(item: MeetingItem, *, title: str, kind: str, by: User, words: str = "") -> MeetingItem:
    """Word an item; the portal changes it no more."""
    item = _locked_item(item, by=by)
    item.title, item.kind, item.words, item.is_edited = title, kind, words, True
    item.save()
    log_action("steering.item_changed", by=by, about=item.meeting, item=item.pk)
    return item


@transaction.atomic
def move_item_up(item: MeetingItem, *, by: User) -> MeetingItem:
    """Move an item before the one before it; the first stays where it is."""
    return _move(item, -1, by=by)


@transaction.atomic
def move_item_down(item: MeetingItem, *, by: User) -> MeetingItem:
    """Move an item behind the next one; the last stays where it is."""
    return _move(item, 1, by=by)


def _move(item: MeetingItem, step: int, *, by: User) -> MeetingItem:
    item = _locked_item(item, by=by)
    items = list(item.meeting.agenda.all())
    shown = [other for other in items if not other.is_removed]
    if item in shown and 0 <= (to := shown.index(item) + step) < len(shown):
        mine, its = items.index(item), items.index(shown[to])
        items[mine], items[its] = items[its], items[mine]
        _number(items)
        log_action("steering.item_moved", by=by, about=item.meeting, item=item.pk, step=step)
    return item


@transaction.atomic
def take_item_off(item: MeetingItem, *, by: User) -> MeetingItem:
    """Take an item off the agenda; the portal does not propose it again for this meeting. It can be put back."""
    item = _locked_item(item, by=by)
    item.is_removed = True
    item.save(update_fields=["is_removed"])
    log_action("steering.item_taken_off", by=by, about=item.meeting, item=item.pk)
    return item


@transaction.atomic
def put_item_back(item: MeetingItem, *, by: User) -> MeetingItem:
    """Put an item back on the agenda, where it was."""
    item = _locked_item(item, by=by)
    item.is_removed = False
    item.save(update_fields=["is_removed"])
    log_action("steering.item_put_back", by=by, about=item.meeting, item=item.pk)
    return item


@transaction.atomic
def minute_item(item: MeetingItem, *, minutes: str, by: User) -> MeetingItem:
    """Write down what was said on an item of a meeting that was held."""
    require(can_minute(by), "Only the secretariat writes the minutes.")
    meeting = lock_meeting(item.meeting)
    item = meeting.agenda.get(pk=item.pk)
    if not meeting.is_held:
        raise Refused("Minutes are written once the meeting has been held.")
    item.minutes = minutes
    item.save(update_fields=["minutes"])
    log_action("steering.item_minuted", by=by, about=meeting, item=item.pk)
    return item


def _locked_item(item: MeetingItem, *, by: User) -> MeetingItem:
    """The item of a planned meeting, under the lock of that."""
    require(can_minute(by), NOT_STAFF)
    meeting = lock_meeting(item.meeting)
    if not meeting.is_planned:
        raise Refused("The agenda of a meeting is changed until it is held.")
    item = meeting.agenda.get(pk=item.pk)
    item.meeting = meeting
    return item
