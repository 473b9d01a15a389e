"""Reads of blocks: those who hear of them, those that are due, those of a project, those removed in a year."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from django.db.models import Prefetch, Q

from accounts.models import User
from accounts.permissions import holders_of
from accounts.roles import Role
from councils.models import Organisation
from councils.queries import who_confirms
from projects.blocks.models import Block, BlockQuerySet
from projects.portfolio.models import Project
from projects.portfolio.queries import who_decides


def family_of(block: Block) -> BlockQuerySet:
    """A block that tells of others, and those merged into it, the earliest first."""
    return Block.objects.filter(Q(pk=block.pk) | Q(merged_into=block.pk)).order_by("raised_on", "pk")


def whole_family_of(block: Block) -> list[Block]:
    """The same, each with its project and its councils, in two queries."""
    named = Organisation.objects.only("name", "slug", "kind").order_by("name", "pk")
    rows = family_of(block).select_related("project__lead_council", "raised_by")
    return list(rows.prefetch_related(Prefetch("councils", named)))


def councils_waiting(blocks: Iterable[Block]) -> list[Organisation]:
    """The different councils that wait for any of these blocks, by name; their `councils` are read already."""
    found = {council.pk: council for block in blocks for council in block.councils.all()}
    return sorted(found.values(), key=lambda council: (council.name, council.pk))


def blocks_of_project(project: Project) -> list[Block]:
    """The blocks of a project, open ones first, the longest open on top."""
    rows = project.blocks.with_council_counts().select_related("merged_into", "who_can_remove", "project")  # type: ignore[attr-defined]  # its manager is of our queryset
    return sorted(rows, key=lambda block: (block.removed_on is not None, block.open_since, block.pk))


def due_to_pass_up(day: dt.date) -> BlockQuerySet:
    """The open blocks that may have run out of days at their level, or of days without a named remover.

    Those of projects that have ended wait for nothing, and those merged into another go with it.
    """
    Level = Block.Level
    due = Q(pk__in=())
    for below, level in zip(Block.LADDER, Block.LADDER[1:], strict=False):
        due |= Q(level=below, open_since__lte=day - dt.timedelta(days=Block.CLOCKS[level]))
    running = (Project.Stage.CO_DEVELOP, Project.Stage.LAUNCH)
    found = Block.objects.open().told_once().filter(due, project__stage__in=running)
    return found.exclude(level=Level.DEPARTMENT).order_by("open_since", "pk")


def who_is_asked(block: Block) -> list[User]:
    """The people with whom a block waits: of its project, the secretariat, the board, or of the body that is asked."""
    if block.level == Block.Level.DEPARTMENT and block.who_can_remove:
        return who_confirms(block.who_can_remove)
    if block.level == Block.Level.BOARD:
        return who_decides()
    if block.level == Block.Level.SECRETARIAT:
        return list(holders_of(Role.SECRETARIAT))
    return who_raised([block])


def who_raised(blocks: Iterable[Block]) -> list[User]:
    """Those who raised these blocks, as far as their accounts are open."""
    return list(User.objects.filter(pk__in={block.raised_by_id for block in blocks}, is_active=True))


@dataclass(frozen=True)
class BlocksRemoved:
    """The blocks removed in some days: how many, how long they had been open, how many councils had waited."""

    blocks: int
    days_open: int  # the median, rounded to a whole day
    councils: int
    is_illustrative: bool


def removed_between(first: dt.date, last: dt.date) -> BlockQuerySet:
    """The blocks removed from `first` to `last`, each told once."""
    return Block.objects.told_once().filter(removed_on__range=(first, last))


def removed_in_figures(first: dt.date, last: dt.date) -> BlocksRemoved | None:
    """The same counted; None where none was removed."""
    rows = list(removed_between(first, last).values_list("pk", "open_since", "removed_on", "is_illustrative"))
    if not rows:
        return None
    keys = [key for key, *_ in rows]
    waits = Block.councils.through.objects.filter(Q(block__in=keys) | Q(block__merged_into__in=keys))
    councils = waits.values("organisation").distinct().count()
    days = median((removed - since).days for _, since, removed, _ in rows if removed)
    return BlocksRemoved(len(rows), round(days), councils, all(made_up for *_, made_up in rows))
