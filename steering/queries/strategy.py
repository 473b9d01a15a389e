"""Reads for the strategy: records by purpose, impacts by department, assessments with their median."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from django.db.models import Count, Exists, OuterRef, QuerySet

from accounts.models import AnyUser
from assets_registry.models import Asset
from core import clock
from core.figures import Share
from councils.models import Organisation
from events.permissions import visible_events
from projects.discoveries.permissions import visible_discoveries
from projects.models import Project, Purpose
from projects.portfolio.permissions import visible_projects
from steering.framework import ITEMS, SEVEN_DEPARTMENTS, FlagItem
from steering.models import FlagAssessment, LocalImpact
from steering.permissions import visible_assessments, visible_impacts

LEAST_FOR_A_MEDIAN = 5  # councils


# Purposes -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PurposeCounts:
    """How many projects, events and assets serve a purpose, each of how many; and the discoveries that work on it."""

    purpose: Purpose
    projects: Share
    events: Share
    assets: Share
    discoveries: int

    @property
    def is_gap(self) -> bool:
        return not self.projects.count


def purposes_with_counts(user: AnyUser) -> list[PurposeCounts]:
    """Each purpose with its counts of what this reader may see, as the lists behind them count it."""
    shares_of = [
        _shares(rows, words)
        for rows, words in (
            (visible_projects(user), "projects"),
            (visible_events(user), "events"),
            (Asset.objects.published(), "assets"),
        )
    ]
    discoveries = _per_purpose(visible_discoveries(user))
    found = []
    for purpose in Purpose.objects.all():
        projects, events, assets = (shares(purpose.pk) for shares in shares_of)
        found.append(PurposeCounts(purpose, projects, events, assets, discoveries.get(purpose.pk, 0)))
    return found


def _shares(rows: QuerySet, words: str) -> Callable[[int], Share]:
    """How many of the rows serve a purpose, by its key; `words` say what the rows are."""
    serving, every, today = _per_purpose(rows), rows.order_by().count(), clock.today()
    return lambda key: Share(serving.get(key, 0), every, base_words=words, as_at=today)


def _per_purpose(rows: QuerySet) -> dict[int, int]:
    tagged = rows.filter(purposes__isnull=False).order_by()
    return dict(tagged.values_list("purposes").annotate(how_many=Count("pk", distinct=True)))


def projects_to_tag(user: AnyUser) -> QuerySet[Project]:
    """Projects that serve none of the Alliance's purposes, as far as anybody has said; the newest first."""
    tags = Project.purposes.through.objects.filter(project=OuterRef("pk"), purpose__kind=Purpose.Kind.ALLIANCE)
    return visible_projects(user).filter(~Exists(tags)).order_by("-started_on", "title")


# The seven departments ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DepartmentRow:
    """One of the seven departments with what stands for each part that councils play; None where nothing does."""

    slug: str
    name: str
    is_on_record: bool
    cells: Sequence[tuple[LocalImpact.Part, LocalImpact | None]]


def impacts_by_department(user: AnyUser) -> list[DepartmentRow]:
    """The seven departments in the order of the terms of reference."""
    slugs = [slug for slug, _ in SEVEN_DEPARTMENTS]
    known = set(Organisation.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    standing = visible_impacts(user).standing().filter(department__slug__in=slugs).select_related("department")
    found = {(impact.department.slug, impact.part): impact for impact in standing}
    return [
        DepartmentRow(slug, name, slug in known, [(part, found.get((slug, part.value))) for part in LocalImpact.Part])
        for slug, name in SEVEN_DEPARTMENTS
    ]


# Planting the Flag ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ItemStanding:
    """An item of the framework with where councils stand: how many at each step, and the median from five on."""

    item: FlagItem
    steps: Sequence[int]
    median: Decimal | None


def standing_of_items(assessments: Sequence[FlagAssessment]) -> list[ItemStanding]:
    """The fifteen items over the latest assessment of each council."""
    return [_standing(item, [getattr(each, item.key) for each in assessments]) for item in ITEMS]


def _standing(item: FlagItem, steps: Sequence[int]) -> ItemStanding:
    enough = len(steps) >= LEAST_FOR_A_MEDIAN
    return ItemStanding(item, steps, Decimal(str(median(steps))) if enough else None)


def assessments_that_count(user: AnyUser) -> list[FlagAssessment]:
    """The latest assessment of each council, by the council's name."""
    return list(visible_assessments(user).that_count().select_related("council").order_by("council__name", "pk"))


def assessments_of(council: Organisation, user: AnyUser) -> list[FlagAssessment]:
    """A council's assessments, the latest first."""
    return list(visible_assessments(user).filter(council=council).order_by("-assessed_on"))
