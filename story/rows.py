"""The chain in one query: a UNION ALL of one small query per step, each with the same columns."""

import datetime as dt
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    CharField,
    DateField,
    DateTimeField,
    Exists,
    Expression,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, TruncDate

from assets_registry.models import Asset
from core import clock
from core.counting import count_of
from core.history import counted_on_column
from councils.kinds import COUNCIL_KINDS, KINDS_OF_TIER
from councils.models import Organisation
from events.models import SignUp
from projects.models import NeedSupport, Prototype
from story.keys import Chain, one
from take_up.models import Adoption, EarlierUse
from voting.methods import METHODS
from voting.models import BallotProject, Choice, RollEntry, Vote

NEED, DISCOVERY, CO_DESIGN, VOTE, PROJECT, CASE, ASSET, TAKE_UP, CASE_STUDY = range(1, 10)
DISCOVERY_DAY, PROTOTYPES = 11, 12  # what a node says beside its own record, when the day and the record are two


class StepRow(NamedTuple):
    """One step of a chain as read from the database; the meaning of the numbers depends on the step."""

    step: int
    pk: int
    title: str
    key: str
    state: str
    note: str
    day: dt.date | None
    moment: dt.datetime | None
    others: int
    first: int
    second: int
    third: int
    fourth: int


COLUMNS = tuple(f"node_{name}" for name in StepRow._fields)
_TEXT, _NUMBER, _DAY, _MOMENT = CharField(), IntegerField(), DateField(), DateTimeField()


def _row(
    rows: QuerySet,
    step: int,
    *,
    title: Any,
    key: Any,
    state: Any = "",
    note: Any = "",
    day: Any = None,
    moment: Any = None,
    others: Any = 0,
    numbers: tuple[Any, ...] = (),
    before: dict[str, Any] | None = None,
) -> QuerySet:
    """A query for the first of `rows` in the common columns, cast so that every database agrees on their types.

    `before` are annotations added first, for the others to refer to.
    """
    numbers = (*numbers, 0, 0, 0, 0)[:4]
    text = {"title": title, "key": key, "state": state, "note": note}
    whole = {"step": step, "pk": F("pk"), "others": others}
    whole |= dict(zip(("first", "second", "third", "fourth"), numbers, strict=True))
    columns = {f"node_{name}": Cast(_value(value), _TEXT) for name, value in text.items()}
    columns |= {f"node_{name}": Cast(_value(value), _NUMBER) for name, value in whole.items()}
    columns |= {"node_day": Cast(_value(day), _DAY), "node_moment": Cast(_value(moment), _MOMENT)}
    found = rows.model._base_manager.filter(pk=one(rows)).order_by().annotate(**(before or {}))
    return found.annotate(**columns).values_list(*COLUMNS)


def _value(value: Any) -> Expression:
    return value if hasattr(value, "resolve_expression") else Value(value)


def union_of(chain: Chain) -> QuerySet:
    """The steps of the chain as one unevaluated query."""
    parts = [
        _need(chain),
        _discovery(chain),
        _discovery_day(chain),
        _co_design_day(chain),
        _prototypes(chain),
        _vote(chain),
        _project(chain),
        _business_case(chain),
        _asset(chain),
        _take_up(chain),
        _case_study(chain),
    ]
    return parts[0].union(*parts[1:], all=True)


def _need(chain: Chain) -> QuerySet:
    councils = count_of(NeedSupport.objects.that_count().filter(need=OuterRef("pk")))
    others = count_of(chain.needs) - 1
    return _row(
        chain.needs, NEED, title=F("title"), key=F("slug"), state=F("state"), others=others, numbers=(councils,)
    )


def _discovery(chain: Chain) -> QuerySet:
    return _row(chain.discoveries, DISCOVERY, title=F("title"), key=F("slug"), state=F("step"), day=F("starts_on"))


def _who_came() -> Coalesce:
    return count_of(SignUp.objects.filter(event=OuterRef("pk"), checked_in_at__isnull=False))


def _discovery_day(chain: Chain) -> QuerySet:
    return _row(
        chain.discovery_days,
        DISCOVERY_DAY,
        title=F("title"),
        key=F("slug"),
        state=F("state"),
        day=TruncDate("ends_at"),
        moment=F("starts_at"),
        numbers=(_who_came(),),
    )


def _co_design_day(chain: Chain) -> QuerySet:
    return _row(
        chain.co_design_days,
        CO_DESIGN,
        title=F("title"),
        key=F("slug"),
        state=F("state"),
        day=TruncDate("ends_at"),
        moment=F("starts_at"),
        numbers=(_who_came(),),
    )


def _prototypes(chain: Chain) -> QuerySet:
    """The first prototype with how many more there are."""
    made = Prototype.objects.filter(discovery=one(chain.discoveries))
    return _row(made.order_by("pk"), PROTOTYPES, title=F("title"), key=F("slug"), others=count_of(made) - 1)


def _vote(chain: Chain) -> QuerySet:
    """How many voted, and, if the ballot chose by ticks, how many people and councils ticked the chosen option."""
    votes = Vote.objects.filter(ballot=OuterRef("pk"))
    by_ticks = [method.key for method in METHODS.values() if method.counts_people]
    led_to = BallotProject.objects.filter(ballot=OuterRef("vote__ballot"), project=one(chain.projects))
    ticked = Choice.objects.filter(vote__ballot=OuterRef("pk"), vote__ballot__method__in=by_ticks)
    ticks = ticked.filter(option=Subquery(led_to.values("option")[:1]))
    of_councils = Q(organisation__kind__in=COUNCIL_KINDS)
    return _row(
        chain.ballots,
        VOTE,
        title=F("question"),
        key=F("reference"),
        state=F("state"),
        moment=Coalesce("closed_at", "opened_at"),
        numbers=(
            count_of(ticks),
            count_of(RollEntry.objects.filter(ballot=OuterRef("pk"), voted=True)),
            count_of(ticks.filter(vote__organisation__kind__in=COUNCIL_KINDS), "vote__organisation"),
            count_of(votes.filter(of_councils), "organisation"),
        ),
    )


def _project(chain: Chain) -> QuerySet:
    others = count_of(chain.projects) - 1
    return _row(
        chain.projects, PROJECT, title=F("title"), key=F("slug"), state=F("stage"), day=F("started_on"), others=others
    )


def _business_case(chain: Chain) -> QuerySet:
    return _row(
        chain.cases,
        CASE,
        title=F("decided_by_body"),
        key=F("project__slug"),
        state=F("state"),
        note=F("decision_number"),
        day=F("decided_on"),
        numbers=(F("version"),),
    )


def _asset(chain: Chain) -> QuerySet:
    return _row(
        chain.assets,
        ASSET,
        title=F("name"),
        key=F("slug"),
        state=F("state"),
        day=F("released_on"),
        moment=F("published_at"),
        others=count_of(chain.assets) - 1,
    )


def _take_up(chain: Chain) -> QuerySet:
    """The councils in confirmed live use, of those in England that the asset is for, on the day of the count.

    The third number is the councils that have come to use it since.
    """
    on = OuterRef("counted_on")
    in_force = Organisation.objects.in_force(on)
    bases, meant = [], Q()
    for tier, kinds in KINDS_OF_TIER.items():
        bases.append(When(tier=tier, then=count_of(in_force.providing(tier))))
        meant |= Q(asset__tier=tier, council__kind__in=kinds)
    english = Organisation.objects.filter(nation="England")
    confirmed = Adoption.objects.filter(meant, asset=OuterRef("pk"), confirmed_at__isnull=False)
    before = EarlierUse.objects.filter(adoption=OuterRef("pk"), begins_on__lte=OuterRef(on), ends_on__gt=OuterRef(on))
    live = confirmed.filter(
        Q(Q(status=Adoption.Status.LIVE) | Q(since__gt=on), live_since__lte=on) | Exists(before),
        council__in=english.in_force(OuterRef(on)),
    )
    since = confirmed.filter(
        ~Exists(before),
        status=Adoption.Status.LIVE,
        live_since__gt=on,
        live_since__lte=clock.today(),
        council__in=english.in_force(),
    )
    return _row(
        chain.assets.filter(state=Asset.State.PUBLISHED),
        TAKE_UP,
        title=F("name"),
        key=F("slug"),
        state=F("state"),
        day=F("counted_on"),
        before={"counted_on": counted_on_column("published_at")},
        numbers=(
            count_of(live, "council"),
            Case(*bases, default=0, output_field=_NUMBER),
            count_of(since, "council"),
        ),
    )


def _case_study(chain: Chain) -> QuerySet:
    withdrawn = Case(When(withdrawn_on=None, then=Value("")), default=Value("withdrawn"), output_field=_TEXT)
    return _row(
        chain.case_studies,
        CASE_STUDY,
        title=F("title"),
        key=F("url_path"),
        state=withdrawn,
        day=F("checked_on"),
        moment=F("first_published_at"),
        others=count_of(chain.case_studies.filter(withdrawn_on=None)) - 1,
    )
