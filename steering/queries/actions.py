"""Actions that the board gave: those that are open, and what is said of them."""

from django.db.models import QuerySet

from core import clock
from core.words import counted, day_in_words
from steering.models import BoardAction


def open_actions() -> QuerySet[BoardAction]:
    """Actions that are not done, the first due first, with the bodies that own them."""
    return BoardAction.objects.filter(done_on=None).select_related("owner").order_by("due_on", "pk")


def overdue_actions() -> QuerySet[BoardAction]:
    """Open actions whose day is over, the longest overdue first."""
    return open_actions().filter(due_on__lt=clock.today())


def days_late(action: BoardAction) -> int:
    """Days since an open action was due; 0 while it is not overdue."""
    return (clock.today() - action.due_on).days if action.is_overdue else 0


def state_of(action: BoardAction) -> str:
    """`Done on 3 March 2015`, `31 days late`, `Open until 3 March 2015`."""
    if action.done_on:
        return f"Done on {day_in_words(action.done_on)}"
    if late := days_late(action):
        return f"{counted(late, 'day')} late"
    return f"Open until {day_in_words(action.due_on)}"


def open_actions_in_words(actions: list[BoardAction]) -> str:
    """`2 open, 1 of them late (LGA: write to the four waste suppliers, 31 days)`; empty for none."""
    if not actions:
        return ""
    late = [action for action in actions if action.is_overdue]
    if not late:
        return f"{len(actions)} open, none of them late"
    longest = late[0]
    said = f"{longest.owner}: {longest.title}, {counted(days_late(longest), 'day')}"
    named = f"({said})" if len(late) == 1 else f"(the longest {said})"
    return f"{len(actions)} open, {len(late)} of them late {named}"
