"""Steps 1 and 2 as the stepper shows them: dates where there are any, what is missing where not."""

import datetime as dt

from core import clock
from core.words import day_in_words
from projects.discoveries.models import Discovery
from projects.discoveries.queries import why_step_one_goes_on, why_step_two_goes_on


def step(state: str, note: str) -> dict[str, str]:
    return {"state": state, "note": note}


def first_two(discovery: Discovery | None, *, goes_on: bool = False) -> list[dict[str, str]]:
    """Steps 1 and 2; `goes_on` where a project came out of them already."""
    if discovery is None:
        return [step("past", "Not on record"), step("past", "Not on record")]
    if discovery.step == Discovery.Step.DISCOVERY_DAY:
        return [
            step("present", _since(discovery.starts_on, why_step_one_goes_on(discovery))),
            step("future", "Opens when step 1 ends"),
        ]
    if discovery.step == Discovery.Step.STOPPED and discovery.step_one_ended_on is None:
        return [step("present", f"Stopped {day_in_words(discovery.stopped_on)}"), step("future", "Not reached")]
    first = step("past", day_in_words(discovery.starts_on))
    if discovery.step == Discovery.Step.CO_DESIGN_DAY and goes_on:
        # Nobody has ended step 2 yet, but what it chose is already a project.
        return [first, step("begun", f"Since {day_in_words(discovery.step_one_ended_on)}, not ended yet")]
    if discovery.step == Discovery.Step.CO_DESIGN_DAY:
        return [first, step("present", _since(discovery.step_one_ended_on, why_step_two_goes_on(discovery)))]
    if discovery.step == Discovery.Step.STOPPED:
        return [first, step("present", f"Stopped {day_in_words(discovery.stopped_on)}")]
    # A span, because the Co-Design Day itself is one day of it.
    ended = discovery.step_two_ended_on
    return [
        first,
        step("past", f"{day_in_words(discovery.step_one_ended_on)} to {day_in_words(ended)}" if ended else ""),
    ]


def _since(start: dt.date | None, goes_on_because: str) -> str:
    since = f"{'Starts' if start > clock.today() else 'Since'} {day_in_words(start)}" if start else ""
    return f"{since}. {goes_on_because or 'Ready to end'}"
