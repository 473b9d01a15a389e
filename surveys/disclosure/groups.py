"""Which groups of a breakdown have a column: small ones are merged by the plan's ladder, or left out and say why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from core.words import counted, series
from surveys.disclosure.counting import Tallies, joined
from surveys.disclosure.rules import why_no_group
from surveys.disclosure.values import Limits, PlannedBreakdown, PrintedPart


@dataclass(frozen=True)
class Columns:
    """The parts of a breakdown that have a column, those left out, and why groups have none, by group."""

    parts: tuple[PrintedPart, ...]
    left_out: tuple[PrintedPart, ...]
    why: Mapping[str, str]


def columns_of(breakdown: PlannedBreakdown, respondents: Tallies, limits: Limits) -> Columns:
    """Merge what is too small as the ladder says, then leave out what still is, with enough others to hide it.

    A group in which nobody responded is no secret and hides nobody. Fewer than two columns are no breakdown.
    """
    parts = _climbed(breakdown, respondents, limits)
    tallies = {part: joined(respondents, breakdown.key, part.groups) for part in parts}
    small = [part for part in parts if why_no_group(tallies[part], limits) and tallies[part].base]
    hidden = _with_enough_others(small, parts, breakdown, respondents, limits) if small else ()
    shown = tuple(part for part in parts if part not in hidden and tallies[part].base)
    if len(shown) < 2:
        shown, hidden = (), tuple(part for part in parts if tallies[part].base)
    why = {group: _why(group, breakdown, parts, shown, small, respondents, limits) for group in breakdown.groups}
    return Columns(shown, hidden, {group: words for group, words in why.items() if words})


def _climbed(breakdown: PlannedBreakdown, respondents: Tallies, limits: Limits) -> list[PrintedPart]:
    """The groups, merged step by step where one that a step names is too small to stand alone."""
    parts = [PrintedPart(key, words, (key,)) for key, words in breakdown.groups.items()]
    for step in breakdown.ladder:
        inside = [part for part in parts if {*part.groups} & {*step.groups}]
        if any(why_no_group(joined(respondents, breakdown.key, part.groups), limits) for part in inside):
            groups = tuple(group for group in breakdown.groups if any(group in part.groups for part in inside))
            merged = PrintedPart(step.key, step.words, groups)
            parts = [merged if part is inside[0] else part for part in parts if part is inside[0] or part not in inside]
    return parts


def _with_enough_others(
    small: Sequence[PrintedPart],
    parts: Sequence[PrintedPart],
    breakdown: PlannedBreakdown,
    respondents: Tallies,
    limits: Limits,
) -> tuple[PrintedPart, ...]:
    """The small parts and the fewest and smallest others with which they are a group that might be told of."""
    sizes = {part: joined(respondents, breakdown.key, part.groups).base for part in parts}
    others = sorted((part for part in parts if part not in small), key=lambda part: (sizes[part], part.key))
    for how_many in range(len(others) + 1):
        for more in combinations(others, how_many):
            together = [*small, *more]
            groups = [group for part in together for group in part.groups]
            if not why_no_group(joined(respondents, breakdown.key, groups), limits):
                return tuple(together)
    return tuple(parts)


def _why(
    group: str,
    breakdown: PlannedBreakdown,
    parts: Sequence[PrintedPart],
    shown: Sequence[PrintedPart],
    small: Sequence[PrintedPart],
    respondents: Tallies,
    limits: Limits,
) -> str:
    """Why this group has no column of its own, for readers; nothing where it has one."""
    words = breakdown.groups[group]
    part = next(part for part in parts if group in part.groups)
    responded = respondents[breakdown.key, group]
    if not responded.base:
        return f"{words}: nobody responded."
    why = _in_responses(why_no_group(responded, limits), responded.base)
    if part in shown:
        if part.groups == (group,):
            return ""
        others = series(breakdown.groups[other] for other in part.groups if other != group)
        return f"{words}: {why or 'it hides a smaller group'}, so it is shown together with {others} as “{part.words}”."
    if part in small:
        return f"{words}: {why or 'too few responded even together with others'}, so there is no column."
    if not shown:
        return f"{words}: too few groups are large enough, so this breakdown has no columns."
    return f"{words}: left out so that a smaller group cannot be worked out from the total."


def _in_responses(why: str, base: int) -> str:
    """The reason that has a count, as one of responses, which are printed anyhow: `4 responses`."""
    if why.startswith("Fewer than") and "people" in why:
        return f"only {counted(base, 'person', 'people')} responded"
    return why.rstrip(".")[:1].lower() + why.rstrip(".")[1:]
