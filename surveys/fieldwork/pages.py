"""What the page of a running wave says."""

from typing import Any

from core.figures import Figure
from core.words import counted
from surveys.fieldwork.models import Fieldwork, SurveyInvitation
from surveys.fieldwork.operations import why_not_opened
from surveys.fieldwork.queries import counts_by_state, is_taken, to_remind, why_not_taken
from surveys.fieldwork.response import WaveResponse, closing_day, response_so_far

RESPONSE_COLUMNS = ["Type of council", "Answered", "Of", "Share", "To the target"]
State = SurveyInvitation.State


def running_page(fieldwork: Fieldwork) -> dict[str, Any]:
    """The state of a wave, the response by type, and how many are in each state."""
    counts = counts_by_state(fieldwork)
    invited = sum(counts.values())
    response = response_so_far(fieldwork)
    is_prepared = fieldwork.state == Fieldwork.State.PREPARED
    return {
        "fieldwork": fieldwork,
        "wave": fieldwork.wave,
        "lede": _lede(fieldwork, invited=invited, people=response.people),
        "is_prepared": is_prepared,
        "is_taken": is_taken(fieldwork),
        "why_not_opened": why_not_opened(fieldwork) if is_prepared else "",
        "invited": invited,
        "to_remind": to_remind(fieldwork).count() if is_taken(fieldwork) else 0,
        "states": [
            ("Handed in", counts[State.HANDED_IN]),
            ("Begun, not handed in", counts[State.BEGUN]),
            ("Not begun", counts[State.INVITED]),
            ("Asked not to be reminded", counts[State.DECLINED]),
        ],
        "response_columns": RESPONSE_COLUMNS,
        "response": response_rows(response),
        "others": response.others,
        "as_at": closing_day(fieldwork),
        "target": Figure(fieldwork.target_percent, unit="%").with_unit,
    }


def response_rows(response: WaveResponse) -> list[list[Any]]:
    """The response as rows of a table: each type, England and the United Kingdom."""
    return [
        [each.words, each.answered, each.councils, each.share.with_unit, each.target_words] for each in response.lines
    ]


def _lede(fieldwork: Fieldwork, *, invited: int, people: int) -> str:
    if fieldwork.state == Fieldwork.State.PREPARED:
        return f"Being prepared. {counted(invited, 'person is', 'people are')} invited so far."
    said = f"{people:,} of {counted(invited, 'person', 'people')} have handed in."
    return f"{why_not_taken(fieldwork)} {said}".strip()
