"""An organisation's contributions for its profile: one sentence of figures, then a section for each kind."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import timezone

from assets_registry.models import Asset
from core import clock
from core.panels import Panel
from councils.models import Organisation
from councils.permissions import can_contribute_for
from portal.figures.contribution_rows import BEFORE, ELSEWHERE, SHOWN, answers_to, newest_of_all, written
from portal.figures.sentence import in_one_sentence, of_predecessors
from projects.models import Discovery, Need, Project
from take_up.models import Adoption


class ContributionKind(NamedTuple):
    """A kind of contribution: the heading of its section, the address of its records, the words of their states."""

    heading: str
    then: str  # the heading of what is past, with a place for “it” or “they”
    address: str
    words: dict[Any, Any]
    of_others: str = ""  # what stands before the name of another council
    words_then: dict[Any, Any] = {}  # of what is past, where they differ


WAS = {
    Adoption.Status.EVALUATING: "Was evaluated",
    Adoption.Status.PILOTING: "Was piloted",
    Adoption.Status.LIVE: "Was live",
    Adoption.Status.RETIRED: "Retired",
}
ADOPTION = ("assets_registry:detail", dict(Adoption.Status.choices), "", WAS)
ASSET = ("assets_registry:detail", dict(Asset.State.choices))
NEED = ("projects:need", dict(Need.State.choices))
PROJECT = ("projects:project", dict(Project.Stage.choices))
DISCOVERY = ("projects:discovery", dict(Discovery.Step.choices))
# By the name that its section has as an anchor, in the order of the page.
KINDS = {
    "uses": ContributionKind("Assets it uses", "Assets {} used", *ADOPTION),
    "tries": ContributionKind("Assets it tries or used before", "Assets {} tried or used before", *ADOPTION),
    "raised": ContributionKind("Needs it raised", "Needs {} raised", *NEED),
    "joined": ContributionKind(
        "Needs of others that it has too", "Needs of others that {} had too", *NEED, "Raised by"
    ),
    "leads": ContributionKind("Projects it leads", "Projects {} led", *PROJECT),
    "takes-part": ContributionKind(
        "Projects of others that it is in", "Projects of others that {} took part in", *PROJECT, "Led by"
    ),
    "shares": ContributionKind("Assets it shares", "Assets {} shared", *ASSET),
    "unlisted": ContributionKind("Assets withdrawn or not published yet", "Assets withdrawn or not published", *ASSET),
    "discoveries": ContributionKind("Discoveries it works on", "Discoveries {} worked on", *DISCOVERY),
}


@dataclass(frozen=True)
class Contribution:
    """One contribution. `by` names its organisation where that is a predecessor or another council."""

    title: str
    url: str
    word: str
    by: str
    is_illustrative: bool
    source: str


@dataclass(frozen=True)
class ContributionSection:
    heading: str
    anchor: str
    lines: list[Contribution]
    total: int


@dataclass
class Contributions:
    """The contributions of an organisation as far as one reader may see them, and apart those of its predecessors."""

    lines: dict[str, list[Contribution]] = field(default_factory=dict)
    totals: dict[str, int] = field(default_factory=dict)
    made_up: int = 0  # how many of them are illustrative, and nothing of them has a source
    last_on: dt.date | None = None  # the day of the last action of its people that all may see
    before: "Contributions | None" = None  # of the councils that it took over whole

    @property
    def all_illustrative(self) -> bool:
        """Whether the sentence counts anything, and only made-up records."""
        return 0 < sum(each.made_up for each in self._parts) == sum(each.number for each in self._parts)

    @property
    def number(self) -> int:
        """How many contributions are counted."""
        return sum(total for kind, total in self.totals.items() if kind in {*KINDS, "case-studies"})

    @property
    def _parts(self) -> list["Contributions"]:
        return [self, self.before] if self.before else [self]


def contributions_of(organisation: Organisation, user: Any) -> Contributions:
    """An organisation's contributions, in two queries; remembered on the record, whose page asks twice.

    Its last action is the latest of: a need raised or joined, how one looks there, an answer to one, an adoption
    confirmed, an asset published, an update that one of its people wrote on a project that it leads, a case study
    published. Votes and places at events are people's own and do not count.
    """
    remembered = organisation.__dict__.setdefault("_contributions", {})
    if user not in remembered:
        remembered[user] = _contributions(organisation, user)
    return remembered[user]


def _contributions(organisation: Organisation, user: Any) -> Contributions:
    own, before = Contributions(), Contributions()
    has_ended = organisation.has_ended
    own.before = before if len(organisation.lineage) > 1 else None
    moments = []
    rows = list(answers_to(newest_of_all, organisation, user))
    rows.sort(key=lambda row: row[4])
    for kind, word, total, made_up, place, at, *line in rows:
        found, name = (before, kind.removeprefix(BEFORE)) if kind.startswith(BEFORE) else (own, kind)
        name = ELSEWHERE.get(name, {}).get(word, name)
        found.lines.setdefault(name, []).append(_line(name, word, *line, is_own=found is own, is_over=has_ended))
        found.totals[name] = found.totals.get(name, 0) + (total if place == 1 else 0)
        found.made_up += made_up if place == 1 else 0
        moments += [at] if found is own else []
    for kind, total, made_up, last in answers_to(written, organisation, user):
        found = before if kind.startswith(BEFORE) else own
        found.totals[kind.removeprefix(BEFORE)] = total
        found.made_up += made_up
        moments += [last] if found is own else []
    days = [timezone.localdate(moment) for moment in moments if moment]
    # What went over to a council with the day of an earlier one is no action of its people.
    own.last_on = max(
        (day for day in days if not organisation.starts_on or day >= organisation.starts_on), default=None
    )
    return own


def _line(
    name: str, word: str, title: str, slug: str, by: str, made_up: bool, source: str, *, is_own: bool, is_over: bool
) -> Contribution:
    """One row as a line: in the words of what is past where its council has ended."""
    kind = KINDS[name]
    words = kind.words if is_own and not is_over else {**kind.words, **kind.words_then}
    other = f"{kind.of_others} {by}".strip() if by and (kind.of_others or not is_own) else ""
    return Contribution(title, reverse(kind.address, args=[slug]), str(words.get(word, word)), other, made_up, source)


def figures_panel(organisation: Organisation, user: Any) -> Panel:
    """The panel with the sentence at the start of the profile."""
    found = contributions_of(organisation, user)
    parts = in_one_sentence(organisation, found.totals, found.last_on, today=clock.today())
    if found.before:
        parts += of_predecessors(found.before.totals)
    return Panel(
        "portal/figures/sentence.html", {"parts": parts, "all_illustrative": found.all_illustrative}, place="top"
    )


def actions_panel(organisation: Organisation, user: Any) -> Panel | None:
    """The panel of actions for those who write for the council."""
    if organisation.has_ended or not (organisation.is_council and can_contribute_for(user, organisation)):
        return None
    return Panel("portal/figures/council_actions.html", place="actions")


def contributions_panel(organisation: Organisation, user: Any) -> Panel | None:
    """The panel of an organisation's own contributions."""
    found = contributions_of(organisation, user)
    sections = _sections(found, then="it" if organisation.has_ended else "")
    context = {"sections": sections, "all_illustrative": found.all_illustrative}
    return Panel("portal/figures/contributions.html", context, order=10) if sections else None


def predecessors_panel(organisation: Organisation, user: Any) -> Panel | None:
    """The panel of what councils did that the organisation took over whole, under their names."""
    found = contributions_of(organisation, user)
    sections = _sections(found.before, then="they", anchor=BEFORE) if found.before else []
    context = {"sections": sections, "all_illustrative": found.all_illustrative}
    return Panel("portal/figures/predecessors.html", context, order=70) if sections else None


def _sections(found: Contributions, *, then: str, anchor: str = "") -> list[ContributionSection]:
    """A section for each kind that there is something of; of what is past `then` says who."""
    return [
        ContributionSection(
            kind.then.format(then) if then else kind.heading,
            f"{anchor}{name}",
            found.lines[name][:SHOWN],
            found.totals[name],
        )
        for name, kind in KINDS.items()
        if name in found.lines
    ]
