"""The records of a chain (discovery, project, asset and so on) as subqueries; no query is run here.

They follow from foreign keys alone. Where a step has several records (needs of a discovery, projects out of it) the
chain goes through one of them and counts the others.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet

from accounts.models import AnyUser
from assets_registry.models import Asset
from assets_registry.permissions import visible_assets
from events.models import Event
from events.permissions import visible_events
from projects.models import BusinessCase, Discovery, Need, Project, Prototype
from publishing.models import CaseStudyPage
from publishing.permissions import public_pages, visible_case_studies
from take_up.models import Adoption, Benefit
from voting.models import Ballot

# The only columns of its record that a chain reads; they are the statement's parameters.
KEYS = ("pk", "project_id", "adoption_id", "asset_id", "discovery_id", "event_id")


def one(rows: QuerySet) -> QuerySet:
    """The key of the first of `rows`, as a subquery."""
    return rows.values("pk")[:1]


def either(first: QuerySet, *others: QuerySet) -> QuerySet:
    """The union of these rows, each found by its own index; OR across tables would scan all rows."""
    keys = first.order_by().values("pk").union(*(rows.order_by().values("pk") for rows in others))
    return first.model._default_manager.filter(pk__in=keys)


@dataclass(frozen=True)
class Chain:
    """The rows of each step of a record's chain, the one to show first."""

    needs: QuerySet[Need]
    discoveries: QuerySet[Discovery]
    discovery_days: QuerySet[Event]
    co_design_days: QuerySet[Event]
    ballots: QuerySet[Ballot]
    projects: QuerySet[Project]
    cases: QuerySet[BusinessCase]
    assets: QuerySet[Asset]
    case_studies: QuerySet[CaseStudyPage]


def chain_keys(record: Model, user: AnyUser) -> Chain:
    """The chain that `record` belongs to, as far as `user` may see it."""
    projects = _projects(record)
    project = one(projects)
    discoveries = _discoveries(record, project)
    discovery = one(discoveries)
    assets = _assets(record, project, user)
    days = visible_events(user).filter(discovery=discovery)
    return Chain(
        needs=_needs(record, discovery, project),
        discoveries=discoveries,
        discovery_days=_first(days.filter(kind=Event.Kind.DISCOVERY_DAY), record, Event, "starts_at"),
        co_design_days=_first(days.filter(kind=Event.Kind.CO_DESIGN_DAY), record, Event, "-starts_at"),
        ballots=_ballots(record, discovery, project),
        projects=projects,
        cases=_first(_submitted_cases(project), record, BusinessCase, "-version"),
        assets=assets,
        case_studies=_case_studies(record, project, one(assets), user),
    )


def _submitted_cases(project: QuerySet) -> QuerySet[BusinessCase]:
    """Those beyond a draft, which only its authors see: beside the draft of a new version the rejected one is told."""
    return BusinessCase.objects.filter(project=project).exclude(state=BusinessCase.State.DRAFT)


def _first(rows: QuerySet, record: Model, model: type[Model], *order: str) -> QuerySet:
    """`rows` in order, with `record` itself first if it is among them."""
    if isinstance(record, model):
        rows = rows.annotate(is_this=Q(pk=record.pk))
        return rows.order_by("-is_this", *order, "pk")
    return rows.order_by(*order, "pk")


def _projects(record: Any) -> QuerySet[Project]:
    """The record's project, or those that came of the discovery, the ones that meet the need first."""
    everything = Project.objects.all()
    match record:
        case Project():
            return everything.filter(pk=record.pk).order_by("pk")
        case BusinessCase() | Asset():
            return everything.filter(pk__in=[record.project_id]).order_by("pk")
        case Benefit() if record.project_id:
            return everything.filter(pk=record.project_id).order_by("pk")
        case Benefit() if record.adoption_id is None:
            return everything.none()
        case Benefit():
            return everything.filter(assets__adoptions=record.adoption_id).order_by("pk")
        case Adoption():
            return everything.filter(assets=record.asset_id).order_by("pk")
        case CaseStudyPage() if record.project_id:
            return everything.filter(pk=record.project_id).order_by("pk")
        case CaseStudyPage() if record.asset_id:  # without one: none, rather than the projects that have no asset
            return everything.filter(assets=record.asset_id).order_by("pk")
        case Prototype():
            return everything.filter(prototype=record.pk).order_by("pk")
        case Ballot():
            return everything.filter(chosen_by__ballot=record.pk).order_by("started_on", "pk")
        case Need():
            met = Prototype.needs.through.objects.filter(need=record.pk)
            ours = either(everything.filter(prototype__in=met.values("prototype")), *_of_discovery(record.discovery_id))
            meets = Exists(met.filter(prototype=OuterRef("prototype")))
            return ours.annotate(meets=meets).order_by("-meets", "started_on", "pk")
        case Discovery():
            return either(*_of_discovery(record.pk)).order_by("started_on", "pk")
        case Event() if record.discovery_id:
            return either(*_of_discovery(record.discovery_id)).order_by("started_on", "pk")
    return everything.none()


def _of_discovery(key: int | None) -> list[QuerySet[Project]]:
    """Projects out of a discovery, from its theme and from its prototypes; none without a discovery."""
    if not key:
        return []
    return [Project.objects.filter(discovery=key), Project.objects.filter(prototype__discovery=key)]


def _discoveries(record: Any, project: QuerySet) -> QuerySet[Discovery]:
    everything = Discovery.objects.order_by("starts_on", "pk")
    match record:
        case Discovery():
            return everything.filter(pk=record.pk)
        case Need() if record.discovery_id:
            return everything.filter(pk=record.discovery_id)
        case Need():
            met = Prototype.needs.through.objects.filter(need=record.pk).values("prototype__discovery")
            held = Event.needs.through.objects.filter(need=record.pk).values("event__discovery")
            return everything.filter(Q(pk__in=met) | Q(pk__in=held))
        case Prototype() | Event():
            return everything.filter(pk__in=[record.discovery_id])
        case Ballot():
            return everything.filter(pk__in=Event.objects.filter(pk=record.event_id).values("discovery"))
    of_prototype = Prototype.objects.filter(project=project).values("discovery")
    of_project = Project.objects.filter(pk=project).values("discovery")
    return everything.filter(Q(pk__in=of_prototype) | Q(pk__in=of_project))


def _needs(record: Any, discovery: QuerySet, project: QuerySet) -> QuerySet[Need]:
    """The needs that the chosen prototype meets, then the others that the discovery gathered."""
    met = Prototype.needs.through.objects.filter(
        Q(prototype=record.pk) if isinstance(record, Prototype) else Q(prototype__project=project)
    )
    ours = Q(discovery=discovery) | Q(pk__in=met.values("need"))
    if isinstance(record, Need):
        return _first(Need.objects.filter(ours | Q(pk=record.pk)), record, Need, "raised_at")
    needs = Need.objects.filter(ours).annotate(
        is_met=Exists(met.filter(need=OuterRef("pk"))), is_open=Q(state=Need.State.OPEN)
    )
    return needs.order_by("-is_met", "-is_open", "raised_at", "pk")


def _ballots(record: Any, discovery: QuerySet, project: QuerySet) -> QuerySet[Ballot]:
    """Of a ballot itself; else ballots of the discovery's days, the one that chose the project first. No drafts."""
    not_told = [Ballot.State.DRAFT, Ballot.State.VOID]
    of_days, of_project = (
        Ballot.objects.filter(event__discovery=discovery),
        Ballot.objects.filter(led_to__project=project),
    )
    ballots = either(of_days, of_project).exclude(state__in=not_told)
    if isinstance(record, Ballot):  # never another vote of the same day, as if it were this one
        ballots = ballots.filter(pk=record.pk)
    chose = Exists(Project.objects.filter(pk=project, chosen_by__ballot=OuterRef("pk")))
    return _first(ballots.annotate(chose=chose), record, Ballot, "-chose", "-opened_at")


def _assets(record: Any, project: QuerySet, user: AnyUser) -> QuerySet[Asset]:
    listed = visible_assets(user)
    match record:
        case Asset():  # whoever reads its page may see it
            return Asset.objects.filter(pk=record.pk).order_by("pk")
        case Adoption():
            return listed.filter(pk=record.asset_id).order_by("pk")
        case Benefit() if record.adoption_id:
            return listed.filter(adoptions=record.adoption_id).order_by("pk")
        case CaseStudyPage() if record.asset_id:
            return listed.filter(pk=record.asset_id).order_by("pk")
    # Of several, one with a case study, then the one that most councils use.
    users = Count("adoptions", filter=Q(adoptions__confirmed_at__isnull=False), distinct=True)
    told = Exists(public_pages(CaseStudyPage.objects.filter(asset=OuterRef("pk"))))
    ours = listed.filter(project=project).annotate(in_use=Q(state=Asset.State.PUBLISHED), users=users, told=told)
    return ours.order_by("-in_use", "-told", "-users", "published_at", "pk")


def _case_studies(record: Any, project: QuerySet, asset: QuerySet, user: AnyUser) -> QuerySet[CaseStudyPage]:
    pages = visible_case_studies(user).filter(Q(project=project) | Q(asset=asset))
    stands = Q(withdrawn_on=None)
    return _first(pages.annotate(stands=stands), record, CaseStudyPage, "-stands", "first_published_at")
