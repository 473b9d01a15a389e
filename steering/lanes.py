"""The lane of a project in the portfolio: four steps, and the three gates between them."""

import datetime as dt

from django.utils.safestring import SafeString, mark_safe

from core.words import day_in_words
from projects.models import BusinessCase, Discovery, Project

# The word for each state, in the key and for screen readers.
STEPS = {"past": "done", "present": "now", "stopped": "stopped", "future": "to come"}
NOT_ON_RECORD = "not on record"
GATES = {"passed": "passed", "due": "to decide", "refused": "refused", "ahead": "not reached"}


def cells_of(project: Project) -> SafeString:
    """The table cells of a project's lane, from left to right: step, gate, step and so on.

    A page has 140 of them, and a template would take four times as long. They hold dates and words of the portal alone.
    """
    steps = [*_first_two(project.discovery), *_last_two(project)]
    gates = [_first_gate(project.discovery), _second_gate(project), _third_gate(project)]
    cells = []
    for number, (state, words) in enumerate(steps, 1):
        cells.append(_cell("step", state, f"Step {number} {STEPS[state]} ", words))
        if number <= len(gates):
            state, words = gates[number - 1]
            cells.append(_cell("gate", state, "Gate: " if words else f"Gate: {GATES[state]}", words))
    return mark_safe("".join(cells))  # noqa: S308 - nothing in it was typed by anybody


def gate_of(project: Project) -> SafeString:
    """The gate that a project comes to next, as a diamond with words: the one after the last passed, else the last.

    Of a project that did not go through the days, the gates before its business case are not on record.
    """
    gates = [_first_gate(project.discovery), _second_gate(project), _third_gate(project)]
    last = max((n for n, (state, _) in enumerate(gates, 1) if state == "passed"), default=0)
    on_record = (n for n, (_, words) in enumerate(gates, 1) if n > last and words != NOT_ON_RECORD)
    number = next(on_record, len(gates))
    state, words = gates[number - 1]
    after = f"Gate after step {number}: {GATES[state]}"
    said = f"{after}, {words}" if words and words != GATES[state] else after
    mark = f'<svg width="18" height="18" aria-hidden="true" focusable="false"><use href="#gate-{state}"/></svg>'
    return mark_safe(f"{mark} {said}")  # noqa: S308 - nothing in it was typed by anybody


def _cell(kind: str, state: str, heard: str, words: str) -> str:
    """One cell: `heard` for screen readers, then the mark with `words` below it."""
    mark = f'<svg aria-hidden="true" focusable="false"><use href="#gate-{state}"/></svg>' if kind == "gate" else ""
    heard = f'<span class="govuk-visually-hidden">{heard}</span>'
    return f'<td role="cell" class="lda-lanes__{kind} is-{state}">{mark}{heard}<span>{words}</span></td>'


def _day(day: dt.date | None) -> str:
    """`28 Aug 2026`; where a bar is narrow the year goes onto a line of its own, and day and month stay together."""
    return day_in_words(day, in_short=True).replace(" ", "\N{NO-BREAK SPACE}", 1)


def _since(day: dt.date | None) -> str:
    return f"since {_day(day)}" if day else ""


def _first_two(discovery: Discovery | None) -> list[tuple[str, str]]:
    if discovery is None:
        return [("past", "not on record")] * 2
    step_one, step_two, stopped = discovery.step_one_ended_on, discovery.step_two_ended_on, discovery.stopped_on
    first = ("past", _day(step_one)) if step_one else ("present", _since(discovery.starts_on))
    if discovery.step == Discovery.Step.STOPPED:
        ended = ("stopped", _day(stopped))
        return [first, ended] if step_one else [ended, ("future", "")]
    if step_two or discovery.step == Discovery.Step.FINISHED:
        return [first, ("past", _day(step_two))]
    return [first, ("present", _since(step_one)) if step_one else ("future", "")]


def _last_two(project: Project) -> list[tuple[str, str]]:
    ended = ("stopped" if project.stage == Project.Stage.STOPPED else "past", _day(project.ended_on))
    if project.launched_on is None:
        return [ended if project.has_ended else ("present", _since(project.started_on)), ("future", "")]
    fourth = ended if project.has_ended else ("present", _since(project.launched_on))
    return [("past", _day(project.launched_on)), fourth]


def _first_gate(discovery: Discovery | None) -> tuple[str, str]:
    """State and words of the gate after step 1: passed once the step has ended."""
    if discovery is None:
        return "ahead", NOT_ON_RECORD
    return ("passed", "passed") if discovery.step_one_ended_on else ("ahead", "")


def _second_gate(project: Project) -> tuple[str, str]:
    """State and words of the gate after step 2: passed where the project has a prototype."""
    return ("passed", "chosen") if project.prototype_id else ("ahead", NOT_ON_RECORD)


def _third_gate(project: Project) -> tuple[str, str]:
    """State and words of the gate after step 3, by the latest business case that the board was asked about.

    The draft of a next version undoes no refusal: the gate is refused until that version is handed in.
    """
    cases = list(project.business_cases.all())
    asked = next((case for case in cases if case.state != BusinessCase.State.DRAFT), None)
    if asked is None:
        is_accepted = project.case_accepted_on is not None
        return ("passed", _day(project.case_accepted_on)) if is_accepted else ("ahead", "draft" if cases else "no case")
    if asked.state == BusinessCase.State.ACCEPTED:
        return "passed", _day(project.case_accepted_on)
    if asked.state == BusinessCase.State.REJECTED:
        return "refused", "refused"
    latest = next(iter(asked.decisions.all()), None)
    return "due", "on terms" if latest and latest.waits_for_conditions else "to decide"
