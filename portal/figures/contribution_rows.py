"""The rows of an organisation's contributions: the newest of every kind and their numbers, in two queries."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, Count, DateTimeField, F, IntegerField, Max, Q, QuerySet, Subquery, Value, Window
from django.db.models.functions import Cast, RowNumber

from assets_registry.models import Asset
from assets_registry.permissions import visible_assets
from core.origin import wholly_made_up
from core.permissions import is_one_of
from core.statements import Statement, stand_ins_for
from councils.models import Organisation
from projects.discoveries.permissions import visible_discoveries
from projects.models import NeedSupport, Project, StatusUpdate
from projects.needs.permissions import visible_needs
from projects.portfolio.permissions import visible_projects
from publishing.permissions import visible_answers, visible_case_studies
from take_up.models import Adoption
from take_up.permissions import visible_adoptions

# How many of one kind are shown; the rest are on that kind's own list.
SHOWN = 8
ORIGIN = {"made_up": "is_illustrative", "source": "source"}


# Rows of one table that are of another kind by the word of their state.
ELSEWHERE = {
    "uses": {word: "tries" for word in Adoption.Status.values if word != Adoption.Status.LIVE},
    "shares": {word: "unlisted" for word in Asset.State.values if word != Asset.State.PUBLISHED},
}


BEFORE = "before-"  # begins the name of a kind where it is of councils that one took over


class Whose(NamedTuple):
    """Whose contributions are asked for: an organisation's own, or those of the councils that it took over whole."""

    councils: tuple[int, ...]
    heir: int | None = None  # who took them over; None: they are its own

    @property
    def lineage(self) -> tuple[int, ...]:
        return self.councils if self.heir is None else (self.heir, *self.councils)

    def kind(self, name: str) -> str:
        return name if self.heir is None else f"{BEFORE}{name}"


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
    by_state = {"partition_by": [F(word)]} if kind.removeprefix(BEFORE) in ELSEWHERE else {}
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


def _named(of: Whose, title: str, word: str, whose: str) -> dict[str, str]:
    """Which columns a line says; of a predecessor the official name, since the short one may be its heir's too."""
    name = "name" if of.heir is None else "official_name"
    return {"title": title, "slug": "slug", "word": word, "by": f"{whose}__{name}", **ORIGIN}


def _of_assets(of: Whose, user: Any) -> QuerySet:
    found = visible_assets(user).filter(owner__in=of.councils)
    return _newest(of.kind("shares"), found, **_named(of, "name", "state", "owner"), at="published_at")


def _of_adoptions(of: Whose, user: Any) -> QuerySet:
    confirmed = visible_adoptions(user).filter(confirmed_at__isnull=False)
    found = confirmed.filter(council__in=of.councils)
    if of.heir:  # what the council itself uses, no council before it is told to have used as well
        found = found.exclude(asset__in=confirmed.filter(council=of.heir).values("asset"))
    named = _named(of, "asset__name", "status", "council") | {"slug": "asset__slug"}
    return _newest(of.kind("uses"), found, **named, at="confirmed_at")


def _of_needs(of: Whose, user: Any) -> list[QuerySet]:
    needs = visible_needs(user)
    joined = NeedSupport.objects.filter(is_one_of(needs, "need"), council__in=of.councils)
    joined = joined.exclude(need__council__in=of.lineage if of.heir else of.councils)
    if of.heir:
        joined = joined.exclude(need__in=NeedSupport.objects.filter(council=of.heir).values("need"))
    named = _named(of, "title", "state", "council")
    of_need = {name: f"need__{path}" for name, path in named.items()}
    return [
        _newest(of.kind("raised"), needs.filter(council__in=of.councils), **named, at="raised_at"),
        _newest(of.kind("joined"), joined, **of_need, at="joined_at"),
    ]


def _of_projects(of: Whose, user: Any) -> list[QuerySet]:
    projects, leads = visible_projects(user), Q(lead_council__in=of.councils)
    joined = projects.filter(pk__in=_joined_by(of.councils)).exclude(leads)
    if of.heir:
        joined = joined.exclude(Q(lead_council=of.heir) | Q(pk__in=_joined_by((of.heir,))))
    named = _named(of, "title", "stage", "lead_council")
    return [
        _newest(of.kind("leads"), projects.filter(leads), **named, at="created_at", is_dated=False),
        _newest(of.kind("takes-part"), joined, **named, at="created_at", is_dated=False),
    ]


def _joined_by(councils: tuple[int, ...]) -> QuerySet:
    return Project.partners.through.objects.filter(organisation__in=councils).values("project")


def _of_discoveries(of: Whose, user: Any) -> QuerySet:
    found = visible_discoveries(user).filter(department__in=of.councils)
    named = _named(of, "title", "step", "department")
    return _newest(of.kind("discoveries"), found, **named, at="created_at", is_dated=False)


def _newest_of(of: Whose, is_council: bool, user: Any) -> list[QuerySet]:
    """The newest of every kind; only councils have needs and use assets."""
    tables = [*_of_projects(of, user), _of_assets(of, user)]
    if is_council:
        return [*tables, _of_adoptions(of, user), *_of_needs(of, user)]
    return [*tables, _of_discoveries(of, user)]


def newest_of_all(councils: tuple[int, ...], is_council: bool, user: Any) -> QuerySet:
    """The newest of every kind as one query: of the first council, then of those that it took over."""
    own, before = councils[:1], councils[1:]
    tables = _newest_of(Whose(own), is_council, user)
    if before:
        tables += _newest_of(Whose(before, own[0]), is_council, user)
    return tables[0].union(*tables[1:], all=True)


def written(councils: tuple[int, ...], is_council: bool, user: Any) -> QuerySet:
    """The number and the last date of what the organisation's people wrote and linked.

    Case studies, updates, how a need looks there, answers to needs; of those before it their case studies.
    """
    published = visible_case_studies(user).filter(withdrawn_on=None)
    councils, before = councils[:1], councils[1:]
    studies, inherited = published.filter(council__in=councils), published.filter(council__in=before)
    led = visible_projects(user).filter(lead_council__in=councils)
    updates = StatusUpdate.objects.filter(project__in=led, by__memberships__organisation__in=councils)
    needs = is_one_of(visible_needs(user), "need")
    sayings = NeedSupport.objects.filter(needs, council__in=councils, said_at__isnull=False)
    answers = visible_answers(user).filter(Q(asset__owner__in=councils) | Q(case_study__council__in=councils))
    counted = [
        ("case-studies", studies, "first_published_at"),
        ("updates", updates, "at"),
        ("sayings", sayings, "said_at"),
        ("answers", answers.filter(needs), "linked_at"),
    ]
    if before:
        counted.append((f"{BEFORE}case-studies", inherited, "first_published_at"))
    made_up, none = Count("pk", filter=wholly_made_up()), Value(0)
    columns = ("kind", "total", "made_up", "last")
    united = [
        found.order_by()
        .annotate(kind=Value(kind, output_field=CharField()))
        .values("kind")
        .annotate(total=Count("pk"), last=Max(done), made_up=made_up if kind.endswith("case-studies") else none)
        .values_list(*columns)
        for kind, found, done in counted
    ]
    return united[0].union(*united[1:], all=True)


Counted = Callable[[tuple[int, ...], bool, Any], QuerySet]


def answers_to(question: Counted, organisation: Organisation, user: Any) -> list[tuple]:
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
