"""An organisation's contributions for its profile: one sentence of figures, then a section for each kind."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, Count, DateTimeField, F, IntegerField, Max, Q, QuerySet, Subquery, Value, Window
from django.db.models.functions import Cast, RowNumber
from django.urls import reverse
from django.utils import timezone

from assets_registry.models import Asset
from assets_registry.permissions import visible_assets
from core import clock
from core.origin import wholly_made_up
from core.panels import Panel
from core.permissions import is_one_of
from core.statements import Statement, stand_ins_for
from councils.models import Organisation
from councils.permissions import can_contribute_for
from portal.figures.sentence import in_one_sentence
from projects.discoveries.permissions import visible_discoveries
from projects.models import Discovery, Need, NeedSupport, Project, StatusUpdate
from projects.needs.permissions import visible_needs
from projects.portfolio.permissions import visible_projects
from publishing.permissions import visible_answers, visible_case_studies
from take_up.models import Adoption
from take_up.permissions import visible_adoptions

# How many of one kind are shown; the rest are on that kind's own list.
SHOWN = 8
ORIGIN = {"made_up": "is_illustrative", "source": "source"}


class ContributionKind(NamedTuple):
    """A kind of contribution: the heading of its section, the address of its records, the words of their states."""

    heading: str
    address: str
    words: dict[Any, Any]
    of_others: str = ""  # what stands before the name of another council


ADOPTION = ("assets_registry:detail", dict(Adoption.Status.choices))
ASSET = ("assets_registry:detail", dict(Asset.State.choices))
NEED = ("projects:need", dict(Need.State.choices))
PROJECT = ("projects:project", dict(Project.Stage.choices))
# By the name that its section has as an anchor, in the order of the page.
KINDS = {
    "uses": ContributionKind("Assets it uses", *ADOPTION),
    "tries": ContributionKind("Assets it tries or used before", *ADOPTION),
    "raised": ContributionKind("Needs it raised", *NEED),
    "joined": ContributionKind("Needs of others that it has too", *NEED, "Raised by"),
    "leads": ContributionKind("Projects it leads", *PROJECT),
    "takes-part": ContributionKind("Projects of others that it is in", *PROJECT, "Led by"),
    "shares": ContributionKind("Assets it shares", *ASSET),
    "unlisted": ContributionKind("Assets withdrawn or not published yet", *ASSET),
    "discoveries": ContributionKind("Discoveries it works on", "projects:discovery", dict(Discovery.Step.choices)),
}
# Rows of one table that are of another kind by the word of their state.
ELSEWHERE = {
    "uses": {word: "tries" for word in Adoption.Status.values if word != Adoption.Status.LIVE},
    "shares": {word: "unlisted" for word in Asset.State.values if word != Asset.State.PUBLISHED},
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
    """The contributions of an organisation and its predecessors, as far as one reader may see them."""

    lines: dict[str, list[Contribution]] = field(default_factory=dict)
    totals: dict[str, int] = field(default_factory=dict)
    made_up: int = 0  # how many of them are illustrative, and nothing of them has a source
    last_on: dt.date | None = None  # the day of the last action of its people that all may see

    @property
    def all_illustrative(self) -> bool:
        """Whether the sentence counts anything, and only made-up records."""
        return 0 < self.made_up == sum(total for kind, total in self.totals.items() if kind in {*KINDS, "case-studies"})


def _newest(
    kind: str,
    found: QuerySet,
    *,
    title: str,
    slug: str,
    word: str,
    by: str,
    made_up: str,
    source: str,
    at: str,
    is_dated: bool = True,
) -> QuerySet:
    """The newest few of one kind, in columns common to all kinds, so that one query fetches them all.

    `at` orders them; `is_dated` says that it is the moment of an action of the organisation's people. Where states are
    kinds of their own, the newest few of each.
    """
    by_state = {"partition_by": [F(word)]} if kind in ELSEWHERE else {}
    newest_first = [F(at).desc(nulls_last=True), F("pk").desc()]
    invented = wholly_made_up(made_up, source)
    if by_state:
        rows = found
        total, made_up_total = Window(Count("pk"), **by_state), Window(Count("pk", filter=invented), **by_state)
    else:
        rows = found.filter(pk__in=found.order_by(*newest_first).values("pk")[:SHOWN])
        total, made_up_total = _number(found), _number(found.filter(invented))
    rows = rows.order_by().annotate(
        column_kind=Value(kind, output_field=CharField()),
        column_word=F(word),
        column_total=total,
        column_made_up_total=made_up_total,
        column_made_up=F(made_up),
        column_source=F(source),
        column_place=Window(RowNumber(), order_by=newest_first, **by_state),
        column_at=F(at) if is_dated else Cast(Value(None), DateTimeField()),
        column_title=F(title),
        column_slug=F(slug),
        column_by=F(by),
    )
    names = ("kind", "word", "total", "made_up_total", "place", "at", "title", "slug", "by", "made_up", "source")
    return rows.filter(column_place__lte=SHOWN).values_list(*(f"column_{name}" for name in names))


def _number(rows: QuerySet) -> Subquery:
    """A subquery with the number of `rows`, for the whole query."""
    counted = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    return Subquery(rows.order_by().values("pk"), template=counted, output_field=IntegerField())


def _of_assets(councils: tuple[int, ...], user: Any) -> QuerySet:
    named = {"title": "name", "slug": "slug", "word": "state", "by": "owner__name", **ORIGIN}
    return _newest("shares", visible_assets(user).filter(owner__in=councils), **named, at="published_at")


def _of_adoptions(councils: tuple[int, ...], user: Any) -> QuerySet:
    confirmed = visible_adoptions(user).filter(council__in=councils, confirmed_at__isnull=False)
    if len(councils) > 1:  # what the council itself uses, no council before it is told to use as well
        own = confirmed.filter(council=councils[0]).values("asset")
        confirmed = confirmed.exclude(council__in=councils[1:], asset__in=own)
    named = {"title": "asset__name", "slug": "asset__slug", "word": "status", "by": "council__name", **ORIGIN}
    return _newest("uses", confirmed, **named, at="confirmed_at")


def _of_needs(councils: tuple[int, ...], user: Any) -> list[QuerySet]:
    needs = visible_needs(user)
    joined = NeedSupport.objects.filter(is_one_of(needs, "need"), council__in=councils).exclude(
        need__council__in=councils
    )
    if len(councils) > 1:
        joined = joined.exclude(council__in=councils[1:], need__in=joined.filter(council=councils[0]).values("need"))
    named = {"title": "title", "slug": "slug", "word": "state", "by": "council__name", **ORIGIN}
    of_need = {name: f"need__{path}" for name, path in named.items()}
    return [
        _newest("raised", needs.filter(council__in=councils), **named, at="raised_at"),
        _newest("joined", joined, **of_need, at="joined_at"),
    ]


def _of_projects(councils: tuple[int, ...], user: Any) -> list[QuerySet]:
    projects, leads = visible_projects(user), Q(lead_council__in=councils)
    partners = Project.partners.through.objects.filter(organisation__in=councils).values("project")
    named = {"title": "title", "slug": "slug", "word": "stage", "by": "lead_council__name", **ORIGIN}
    return [
        _newest("leads", projects.filter(leads), **named, at="created_at", is_dated=False),
        _newest(
            "takes-part", projects.filter(pk__in=partners).exclude(leads), **named, at="created_at", is_dated=False
        ),
    ]


def _of_discoveries(departments: tuple[int, ...], user: Any) -> QuerySet:
    found = visible_discoveries(user).filter(department__in=departments)
    named = {"title": "title", "slug": "slug", "word": "step", "by": "department__name", **ORIGIN}
    return _newest("discoveries", found, **named, at="created_at", is_dated=False)


def _newest_of_all(councils: tuple[int, ...], is_council: bool, user: Any) -> QuerySet:
    """The newest of every kind as one query; only councils have needs and use assets."""
    tables = [*_of_projects(councils, user), _of_assets(councils, user)]
    if is_council:
        tables += [_of_adoptions(councils, user), *_of_needs(councils, user)]
    else:
        tables.append(_of_discoveries(councils, user))
    return tables[0].union(*tables[1:], all=True)


def _written(councils: tuple[int, ...], is_council: bool, user: Any) -> QuerySet:
    """The number and the last date of what the organisation's people wrote and linked.

    Case studies, updates, how a need looks there, answers to needs.
    """
    studies = visible_case_studies(user).filter(council__in=councils, withdrawn_on=None)
    led = visible_projects(user).filter(lead_council__in=councils)
    updates = StatusUpdate.objects.filter(project__in=led, by__memberships__organisation__in=councils)
    needs = is_one_of(visible_needs(user), "need")
    sayings = NeedSupport.objects.filter(needs, council__in=councils, said_at__isnull=False)
    answers = visible_answers(user).filter(Q(asset__owner__in=councils) | Q(case_study__council__in=councils))
    counted = (
        ("case-studies", studies, "first_published_at"),
        ("updates", updates, "at"),
        ("sayings", sayings, "said_at"),
        ("answers", answers.filter(needs), "linked_at"),
    )
    made_up, none = Count("pk", filter=wholly_made_up()), Value(0)
    columns = ("kind", "total", "made_up", "last")
    united = [
        found.order_by()
        .annotate(kind=Value(kind, output_field=CharField()))
        .values("kind")
        .annotate(total=Count("pk"), last=Max(done), made_up=made_up if found is studies else none)
        .values_list(*columns)
        for kind, found, done in counted
    ]
    return united[0].union(*united[1:], all=True)


Counted = Callable[[tuple[int, ...], bool, Any], QuerySet]


def _answers_to(question: Counted, organisation: Organisation, user: Any) -> list[tuple]:
    """The rows of `question` for the organisation and its predecessors, as far as `user` may see them."""
    councils = organisation.lineage
    if user.is_authenticated:
        return list(question(councils, organisation.is_council, user))
    statement = _statement_for_strangers(question, organisation.is_council, len(councils))
    return statement.rows(dict(zip(_names(len(councils)), councils, strict=True)))


@lru_cache(maxsize=64)
def _statement_for_strangers(question: Counted, is_council: bool, number: int) -> Statement:
    """The statement of `question` for `number` councils, whose keys are its parameters."""
    stand_ins = stand_ins_for(_names(number))
    return Statement.of(question(tuple(stand_ins.values()), is_council, AnonymousUser()), stand_ins)


def _names(number: int) -> list[str]:
    return [f"council {place}" for place in range(number)]


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
    found = Contributions()
    moments = []
    rows = [
        (ELSEWHERE.get(row[0], {}).get(row[1], row[0]), *row[1:])
        for row in _answers_to(_newest_of_all, organisation, user)
    ]
    rows.sort(key=lambda row: (list(KINDS).index(row[0]), row[4]))
    for kind, word, total, made_up, place, at, title, slug, by, *origin in rows:
        _, address, words, of_others = KINDS[kind]
        other = f"{of_others} {by}".strip() if by and by != organisation.name else ""
        line = Contribution(title, reverse(address, args=[slug]), str(words.get(word, word)), other, *origin)
        found.lines.setdefault(kind, []).append(line)
        found.totals[kind] = found.totals.get(kind, 0) + (total if place == 1 else 0)
        found.made_up += made_up if place == 1 else 0
        moments.append(at)
    for kind, total, made_up, last in _answers_to(_written, organisation, user):
        found.totals[kind] = total
        found.made_up += made_up
        moments.append(last)
    if done := [moment for moment in moments if moment]:
        found.last_on = timezone.localdate(max(done))
    return found


def figures_panel(organisation: Organisation, user: Any) -> Panel:
    """The panel with the sentence at the start of the profile."""
    found = contributions_of(organisation, user)
    parts = in_one_sentence(organisation, found.totals, found.last_on, today=clock.today())
    return Panel(
        "portal/figures/sentence.html", {"parts": parts, "all_illustrative": found.all_illustrative}, place="top"
    )


def actions_panel(organisation: Organisation, user: Any) -> Panel | None:
    """The panel of actions for those who write for the council."""
    if not (organisation.is_council and can_contribute_for(user, organisation)):
        return None
    return Panel("portal/figures/council_actions.html", place="actions")


def contributions_panel(organisation: Organisation, user: Any) -> Panel | None:
    """The panel of an organisation's contributions and, named, those of its predecessors."""
    found = contributions_of(organisation, user)
    sections = [
        ContributionSection(KINDS[kind].heading, kind, lines[:SHOWN], found.totals[kind])
        for kind, lines in found.lines.items()
    ]
    context = {"sections": sections, "all_illustrative": found.all_illustrative}
    return Panel("portal/figures/contributions.html", context, order=10) if sections else None
