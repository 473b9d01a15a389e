"""The rating that the portal suggests for a project: the worst of the signals that each source has of it.

Apps further up add their sources in `AppConfig.ready()`: `suggestion.add_source("promises", missed_promises)`.
A source answers for a list of projects in a constant number of queries, and names only those it has something of.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from core import clock
from core.words import counted
from projects.portfolio.freshness import rhythm
from projects.portfolio.models import Project, StatusUpdate

GREEN, AMBER, RED = StatusUpdate.Rating.GREEN, StatusUpdate.Rating.AMBER, StatusUpdate.Rating.RED
FRESHNESS = "freshness"


class Signal(NamedTuple):
    """One reason for a rating short of green: its colour, amber or red, and words for the middle of a sentence."""

    colour: str
    words: str
    url: str = ""


SignalSource = Callable[[Sequence[Project]], dict[int, list[Signal]]]

_sources: dict[str, SignalSource] = {}


@dataclass(frozen=True)
class SuggestedRating:
    """The suggested rating with its reasons, the worst first; green has none."""

    colour: str = GREEN
    signals: tuple[Signal, ...] = ()

    @property
    def in_words(self) -> str:
        """The reasons for the middle of a sentence: `blocked for 78 days; an action is 12 days overdue`."""
        return "; ".join(signal.words.rstrip(".") for signal in self.signals)

    @property
    def in_short(self) -> str:
        """The worst reason and how many more there are: `blocked for 78 days, and 4 more`."""
        if not self.signals:
            return ""
        worst, more = self.signals[0].words.rstrip("."), len(self.signals) - 1
        return f"{worst}, and {more} more" if more else worst


def add_source(name: str, source: SignalSource) -> None:
    """Ask `source` too, from now on; another of the same name takes its place."""
    _sources[name] = source


def suggestions(projects: Sequence[Project], *, without: Collection[str] = ()) -> dict[int, SuggestedRating]:
    """The suggestion for each project by its key, but for those that are not rated: ended, of the record, paused.

    Each source is asked once, except those named in `without`.
    """
    rated = [project for project in projects if is_rated(project)]
    found: dict[int, list[Signal]] = defaultdict(list)
    for name, source in _sources.items():
        if rated and name not in without:
            for key, signals in source(rated).items():
                found[key] += signals
    return {project.pk: _worst_of(found[project.pk]) for project in rated}


def suggestion_once_updated(project: Project) -> SuggestedRating:
    """The suggestion for a project whose update is being written: it is late no longer, and all else stands."""
    return suggestions([project], without={FRESHNESS}).get(project.pk, SuggestedRating())


def is_rated(project: Project) -> bool:
    """Whether a project has a rating at all."""
    return not project.is_history and not project.is_paused


def freshness_signals(projects: Sequence[Project]) -> dict[int, list[Signal]]:
    """Amber for an update that is due, red for one that is overdue and for a dormant project. No query."""
    late = {Project.Freshness.DUE: AMBER, Project.Freshness.OVERDUE: RED, Project.Freshness.DORMANT: RED}
    found = {}
    for project in projects:
        if colour := late.get(Project.Freshness(project.freshness)):
            days = counted((clock.today() - project.updated_on).days, "day")
            words = f"no update for {days}, one every {rhythm(project)} was promised"
            found[project.pk] = [Signal(colour, words, f"{project.get_absolute_url()}#latest")]
    return found


def _worst_of(signals: list[Signal]) -> SuggestedRating:
    for colour in (RED, AMBER):
        if any(signal.colour == colour for signal in signals):
            ordered = sorted(signals, key=lambda signal: signal.colour != RED)
            return SuggestedRating(colour, tuple(signal for signal in ordered if signal.colour in {AMBER, RED}))
    return SuggestedRating()
