"""What the page of a running wave says."""

from typing import Any

from django.urls import reverse

from core import clock
from core.figures import Figure
from core.words import counted
from surveys.fieldwork.models import Fieldwork, SurveyInvitation
from surveys.fieldwork.operations import why_not_opened
from surveys.fieldwork.queries import NAMES_KEPT, PeopleAsked, is_taken, people_asked, to_remind, why_not_taken
from surveys.fieldwork.response import WaveResponse, closing_day, other_bodies_in_words, response_so_far

RESPONSE_COLUMNS: list[Any] = [
    "Type of council", ("Answered", "numeric"), ("Of", "numeric"), ("Share", "numeric"), "To the target",
]  # fmt: skip
State = SurveyInvitation.State


def running_page(fieldwork: Fieldwork) -> dict[str, Any]:
    """The state of a wave, the response by type, and how many are in each state."""
    asked = people_asked(fieldwork)
    response = response_so_far(fieldwork)
    waiting = to_remind(fieldwork).count() if is_taken(fieldwork) else 0
    is_prepared = fieldwork.state == Fieldwork.State.PREPARED
    return {
        "fieldwork": fieldwork,
        "wave": fieldwork.wave,
        "lede": _lede(fieldwork, asked),
        "is_prepared": is_prepared,
        "is_taken": is_taken(fieldwork),
        "why_not_opened": why_not_opened(fieldwork) if is_prepared else "",
        "invited": None if fieldwork.closed_at else asked.invited,
        "was_anybody_invited": bool(asked.invited),
        "to_remind": waiting,
        "declined": asked.by_state.get(State.DECLINED, 0),
        "main": _main(fieldwork, waiting),
        "states": _states(asked),
        "response_columns": RESPONSE_COLUMNS,
        "response": response_rows(response),
        "others": other_bodies_in_words(response.others),
        "as_at": closing_day(fieldwork),
        "target": Figure(fieldwork.target_percent, unit="%").with_unit,
    }


def _states(asked: PeopleAsked) -> list[tuple[str, int]]:
    """How many people are how far; once a wave has ended, how many had handed in and how many had not."""
    handed_in = ("Handed in", asked.handed_in)
    if not asked.by_state:
        rest = [] if asked.invited is None else [("Invited, not handed in", asked.invited - asked.handed_in)]
        return [handed_in, *rest]
    return [
        handed_in,
        ("Begun, not handed in", asked.by_state[State.BEGUN]),
        ("Not begun", asked.by_state[State.INVITED]),
        ("Asked not to be reminded", asked.by_state[State.DECLINED]),
    ]


def not_named(fieldwork: Fieldwork, listed: int) -> str:
    """Of whom the list of invitations does not tell, as a sentence: who closed their account, and all after 90 days."""
    invited = people_asked(fieldwork).invited
    if invited and fieldwork.closed_at and fieldwork.closed_at < clock.now() - NAMES_KEPT and not listed:
        return "Who was invited was deleted 90 days after the close."
    if not invited or invited <= listed:
        return ""
    more = counted(invited - listed, "more person is", "more people are")
    return f"{more} counted without a name: they closed their account."


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


def _lede(fieldwork: Fieldwork, asked: PeopleAsked) -> str:
    if fieldwork.state == Fieldwork.State.PREPARED:
        return f"Being prepared. {counted(asked.invited or 0, 'person is', 'people are')} invited so far."
    return f"{why_not_taken(fieldwork)} {asked.in_words}.".strip()
