"""How a project stands, the same on every page: its rating with its reason, and the last line with its day."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from core.words import ago, day_in_words
from councils.models import Membership
from projects.portfolio.freshness import freshness_tag, rhythm
from projects.portfolio.models import Project, StatusUpdate
from projects.portfolio.suggestion import Signal, SuggestedRating, is_rated, suggestions

NOT_RATED = "Not rated"
COLOURS: dict[str, str] = {"green": "green", "amber": "amber", "red": "coral"}


@dataclass(frozen=True)
class ProjectStanding:
    """A project's rating: the word of its tag, the tag's colour and the reason, never one without the other.

    `rating` is green, amber or red; empty where the project is not rated. `latest` is its last update,
    `signals` are all reasons that the portal has today, of which `reason` names the worst. Where somebody set another
    rating than the portal suggests today, `suggested` is that; `reason` and `word` say both and who.
    """

    rating: str
    word: str
    colour: str
    reason: str
    latest: StatusUpdate | None = None
    signals: tuple[Signal, ...] = ()
    suggested: str = ""

    @property
    def is_overridden(self) -> bool:
        """Whether somebody set another rating than the portal suggests today."""
        return bool(self.suggested)

    @property
    def rated(self) -> str:
        """`Green`, `Amber`, `Red` or `Not rated`, without who set it."""
        return str(StatusUpdate.Rating(self.rating).label) if self.rating else NOT_RATED

    @property
    def line(self) -> str:
        """The last line, empty where none has been written."""
        return self.latest.said if self.latest else ""


def standings(projects: Sequence[Project]) -> dict[int, ProjectStanding]:
    """The standing of each project by its key: one query for the last updates, and those of the sources."""
    latest, suggested = latest_updates(projects), suggestions(projects)
    return {each.pk: standing_of(each, latest.get(each.pk), suggested.get(each.pk)) for each in projects}


def latest_updates(projects: Sequence[Project]) -> dict[int, StatusUpdate]:
    """The last update of each project that has one, by the project's key. One query."""
    found = last_said().filter(project__in=[each.pk for each in projects])
    return {update.project_id: update for update in found}


def last_said() -> QuerySet[StatusUpdate]:
    """The last update of every project."""
    newest = StatusUpdate.objects.filter(project=OuterRef("project")).order_by("-at", "-pk").values("pk")[:1]
    return StatusUpdate.objects.filter(pk=Subquery(newest)).annotate(by_lead=by_lead())


def by_lead() -> Exists:
    """Whether an update is by somebody of the council that leads its project, as an expression."""
    of_lead = Membership.objects.filter(person=OuterRef("by"), organisation=OuterRef("project__lead_council"))
    return Exists(of_lead.exclude(state=Membership.State.CANDIDATE))


def who_set(update: StatusUpdate) -> str:
    """Who set the rating of an update that was read with `by_lead`: its owner, or a facilitator."""
    return "its owner" if update.by_lead else "a facilitator"  # type: ignore[attr-defined]  # annotated


def rated_then(update: StatusUpdate) -> str:
    """How an update that was read with `by_lead` was rated on its own day, both ratings where they differ; else empty.

    What the portal suggests today may be something else, which `standing_of` says.
    """
    if not update.is_overridden:
        return ""
    set_so = f"{update.get_rating_display()}, set by {who_set(update)}: “{update.because}”"
    return f"{set_so} The portal suggested {update.suggested} that day."


def standing_of(project: Project, latest: StatusUpdate | None, suggestion: SuggestedRating | None) -> ProjectStanding:
    """The standing of one project, from its last update and what the portal suggests now.

    Where its owner rated it otherwise than suggested, that holds until the update is overdue, and both are said.
    Else the portal's suggestion of today holds.
    """
    if suggestion is None or not is_rated(project):
        return ProjectStanding("", NOT_RATED, freshness_tag(project).colour, _why_not(project), latest)
    if _holds(project, latest) and latest is not None and latest.rating != suggestion.colour:
        said = f"“{latest.because}” The portal suggests {suggestion.colour}"
        reason = f"{said}: {suggestion.in_short}." if suggestion.signals else f"{said}."
        word = f"{latest.get_rating_display()}, set by {who_set(latest)}"
        return ProjectStanding(
            latest.rating, word, COLOURS[latest.rating], reason, latest, suggestion.signals, suggestion.colour
        )
    colour = suggestion.colour
    reason = _as_sentence(suggestion.in_short) if suggestion.signals else _fresh(project)
    return ProjectStanding(
        colour, StatusUpdate.Rating(colour).label, COLOURS[colour], reason, latest, suggestion.signals
    )


def _holds(project: Project, latest: StatusUpdate | None) -> bool:
    return latest is not None and latest.is_overridden and not project.is_late


def _why_not(project: Project) -> str:
    if project.has_ended:
        on = f" on {day_in_words(project.ended_on)}" if project.ended_on else ""
        return f"{project.get_stage_display()}{on}."
    if project.is_history:
        return "Part of the record of 2013 to 2015."
    again = day_in_words(project.look_again_on)
    return f"Paused on {day_in_words(project.paused_on)}, to be looked at again on {again}: {project.paused_because}"


def _fresh(project: Project) -> str:
    return f"Updated {ago(project.updated_on)}; one every {rhythm(project)} was promised."


def _as_sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
