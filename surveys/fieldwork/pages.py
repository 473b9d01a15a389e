"""What the page of a running wave says."""

from typing import Any

from django.urls import reverse

from core import clock
from core.figures import Figure
from core.words import counted
from surveys.fieldwork.models import Fieldwork, SurveyInvitation
from surveys.fieldwork.operations import why_not_opened
from surveys.fieldwork.queries import counts_by_state, is_taken, to_remind, why_not_taken
from surveys.fieldwork.response import WaveResponse, closing_day, other_bodies_in_words, response_so_far

RESPONSE_COLUMNS: list[Any] = [
    "Type of council", ("Answered", "numeric"), ("Of", "numeric"), ("Share", "numeric"), "To the target",
]  # fmt: skip
State = SurveyInvitation.State


def running_page(fieldwork: Fieldwork) -> dict[str, Any]:
    """The state of a wave, the response by type, and how many are in each state."""
    counts = counts_by_state(fieldwork)
    invited = sum(counts.values())
    response = response_so_far(fieldwork)
    waiting = to_remind(fieldwork).count() if is_taken(fieldwork) else 0
    is_prepared = fieldwork.state == Fieldwork.State.PREPARED
    return {
        "fieldwork": fieldwork,
        "wave": fieldwork.wave,
        "lede": _lede(fieldwork, invited=invited, people=response.people),
        "is_prepared": is_prepared,
        "is_taken": is_taken(fieldwork),
        "why_not_opened": why_not_opened(fieldwork) if is_prepared else "",
        "invited": invited,
        "to_remind": waiting,
        "declined": counts[State.DECLINED],
        "main": _main(fieldwork, waiting),
        "states": []
        if fieldwork.closed_at and not invited
        else [
            ("Handed in", counts[State.HANDED_IN]),
            ("Begun, not handed in", counts[State.BEGUN]),
            ("Not begun", counts[State.INVITED]),
            ("Asked not to be reminded", counts[State.DECLINED]),
        ],
        "response_columns": RESPONSE_COLUMNS,
        "response": response_rows(response),
        "others": other_bodies_in_words(response.others),
        "as_at": closing_day(fieldwork),
        "target": Figure(fieldwork.target_percent, unit="%").with_unit,
    }


def _main(fieldwork: Fieldwork, waiting: int) -> tuple[str, str] | None:
    """What is to be done next with a wave, as the words of its button and where that leads; None of a void one."""
    if fieldwork.state == Fieldwork.State.VOID:
        return None
    if fieldwork.state == Fieldwork.State.PREPARED:
        name, words = _before_opening(fieldwork)
    elif waiting:
        name, words = "remind", f"Remind {counted(waiting, 'person', 'people')}"
    elif is_taken(fieldwork):
        name, words = "invite", "Invite somebody"
    else:
        name, words = "bench", "Go to the analyst’s bench"
    return words, reverse(f"surveys:{name}", args=[fieldwork.wave.year])


def _before_opening(fieldwork: Fieldwork) -> tuple[str, str]:
    """The page and the words of what a prepared wave needs first."""
    if not fieldwork.plan:
        return "plan", "Choose which tables are printed"
    if fieldwork.closes_at <= clock.now():
        return "close_day", "Choose when it closes"
    return ("invite", "Invite somebody") if why_not_opened(fieldwork) else ("open", "Open the survey")


def response_rows(response: WaveResponse) -> list[list[Any]]:
    """The response as rows of a table: each type, England and the United Kingdom."""
    return [
        [each.words, each.answered, each.councils, each.share.with_unit, each.target_words] for each in response.lines
    ]


def _lede(fieldwork: Fieldwork, *, invited: int, people: int) -> str:
    if fieldwork.state == Fieldwork.State.PREPARED:
        return f"Being prepared. {counted(invited, 'person is', 'people are')} invited so far."
    if fieldwork.closed_at and not invited:
        return f"{why_not_taken(fieldwork)} {counted(people, 'person has', 'people have')} handed in.".strip()
    said = f"{people:,} of {counted(invited, 'person', 'people')} have handed in."
    return f"{why_not_taken(fieldwork)} {said}".strip()
