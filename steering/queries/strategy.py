"""Reads for the strategy: records by purpose, impacts by department, assessments with their median."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

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
    has_made_up: bool  # whether illustrative records are among those counted

    @property
    def is_gap(self) -> bool:
        return not self.projects.count


def purposes_with_counts(user: AnyUser) -> list[PurposeCounts]:
    """Each purpose with its counts of what this reader may see, as the lists behind them count it."""
    counted = [
        _counted(rows, words)
        for rows, words in (
            (visible_projects(user), "projects"),
            (visible_events(user), "events"),
            (Asset.objects.published(), "assets"),
        )
    ]
    discoveries = _per_purpose(visible_discoveries(user))
    has_made_up = any(each.has_made_up for each in counted)
    found = []
    for purpose in Purpose.objects.all():
        projects, events, assets = (each.share(purpose.pk) for each in counted)
        found.append(PurposeCounts(purpose, projects, events, assets, discoveries.get(purpose.pk, 0), has_made_up))
    return found


@dataclass(frozen=True)
class _Counted:
    """The rows of a list: how many serve each purpose, by its key, of how many."""

    serving: dict[int, int]
    every: int
    has_made_up: bool
    words: str

    def share(self, key: int) -> Share:
        return Share(self.serving.get(key, 0), self.every, base_words=self.words, as_at=clock.today())


def _counted(rows: QuerySet, words: str) -> _Counted:
    every = rows.order_by().aggregate(rows=Count("pk"), made_up=Count("pk", filter=Q(is_illustrative=True)))
    return _Counted(_per_purpose(rows), every["rows"], bool(every["made_up"]), words)


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
