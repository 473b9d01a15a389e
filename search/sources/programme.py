"""Sources of the four steps: needs, discoveries, prototypes, projects."""

from collections import Counter

from django.db.models import Prefetch, QuerySet
from django.utils.timezone import localdate

from accounts.models import AnyUser
from core.words import counted, day_in_words, month_in_words
from councils.kinds import in_words, many_in_words
from councils.models import Organisation
from projects.blocks.permissions import reader_groups as readers_of_blocks
from projects.blocks.permissions import visible_blocks
from projects.discoveries.permissions import visible_discoveries, visible_prototypes
from projects.models import Block, Discovery, Need, NeedSupport, Project, Prototype
from projects.needs.permissions import visible_needs
from projects.permissions import reader_groups
from projects.portfolio.described import TEXTS
from projects.portfolio.permissions import visible_projects
from search.documents import SearchDocument, Source, facets, joined, lines, named, principles


def by_kind(councils: list[Organisation]) -> str:
    """Councils counted by kind, the most common first: 9 districts, 5 unitaries."""
    counts = Counter(council.kind for council in councils)
    return ", ".join(counted(number, in_words(kind), many_in_words(kind)) for kind, number in counts.most_common())


def _findable_needs(user: AnyUser) -> QuerySet[Need]:
    """Open needs; one that was withdrawn or merged keeps its address, but is not found."""
    return visible_needs(user).filter(state=Need.State.OPEN)


def _needs_with_councils() -> QuerySet[Need]:
    supports = NeedSupport.objects.saying_whether_they_count().select_related("council")
    return Need.objects.select_related("service").prefetch_related(Prefetch("supports", supports))


def need_document(need: Need) -> SearchDocument | None:
    if need.state != Need.State.OPEN:
        return None
    supports = need.supports.all()
    councils = [support.council for support in supports]
    counting = [support.council for support in supports if support.counts]  # type: ignore[attr-defined]  # annotated
    return SearchDocument(
        key=f"need:{need.pk}",
        kind="need",
        title=need.title,
        summary=need.what,
        body=lines(need.evidence, need.cost_of_problem),
        labels=lines(
            named("For", [need.who_for]),
            named("Service", [need.service]),
            named("Councils", councils),
        ),
        readers=tuple(reader_groups(need)),
        label=counted(len(counting), "council") if councils else "",
        note=joined(f"Joined by {by_kind(counting)}" if counting else "", need.service),
        date=localdate(need.raised_at),
        facets=facets(
            service=[need.service.slug] if need.service else [],
            council_type=[council.kind for council in councils],
            region=[council.region for council in councils],
            year=[need.raised_at.year],
        ),
    )


def discovery_document(discovery: Discovery) -> SearchDocument:
    return SearchDocument(
        key=f"discovery:{discovery.pk}",
        kind="discovery",
        title=discovery.title,
        summary=discovery.summary,
        body=lines(
            discovery.theme,
            *discovery.priority_issues.all(),
            *(line for project in discovery.potential_projects.all() for line in (project.title, project.scope)),
            discovery.feasibility_reason,
            discovery.lesson,
        ),
        labels=named("With", [discovery.department]),
        readers=tuple(reader_groups(discovery)),
        label=discovery.get_step_display(),
        note=joined(discovery.department, discovery.theme, f"since {day_in_words(discovery.starts_on)}"),
        date=discovery.starts_on,
        facets=facets(stage=[discovery.step], principle=principles(discovery), year=[discovery.starts_on.year]),
    )


def prototype_document(prototype: Prototype) -> SearchDocument:
    return SearchDocument(
        key=f"prototype:{prototype.pk}",
        kind="prototype",
        title=prototype.title,
        summary=prototype.summary,
        body="",
        labels=lines(
            named("Made by", [prototype.made_by]),
            named("Discovery", [prototype.discovery.title]),
            named("Needs it meets", prototype.needs.all()),
        ),
        readers=tuple(reader_groups(prototype)),
        note=joined(f"Made by {prototype.made_by}" if prototype.made_by else "", prototype.discovery.title),
        date=localdate(prototype.created_at),
        facets=facets(year=[prototype.created_at.year]),
    )


def project_document(project: Project) -> SearchDocument:
    councils = [c for c in (project.lead_council, *project.partners.all()) if c]
    partners = ", ".join(partner.name for partner in project.partners.all())
    return SearchDocument(
        key=f"project:{project.pk}",
        kind="project",
        title=project.title,
        summary=project.summary,
        body=lines(
            project.paused_because,
            project.lesson,
            *dict.fromkeys(update.line for update in list(project.updates.all())[:20]),
            *(getattr(project, name) for name in dict(TEXTS)),
        ),
        labels=lines(
            named("Department", [project.department]),
            named("Looks for", [project.get_collaboration_display()]),
            named("Councils", councils),
            named("Service", [project.service]),
        ),
        readers=tuple(reader_groups(project)),
        label="Paused" if project.is_paused else project.get_stage_display(),
        note=joined(
            f"Led by {project.lead_council}" if project.lead_council else "",
            f"with {partners}" if partners else "",
            f"since {month_in_words(project.started_on)}",
        ),
        date=project.started_on,
        facets=facets(
            service=[project.service.slug] if project.service else [],
            council_type=[council.kind for council in councils if council.is_council],
            region=[council.region for council in councils],
            stage=[project.stage],
            principle=principles(project),
            year=[project.started_on.year],
        ),
    )


def block_document(block: Block) -> SearchDocument | None:
    """What blocks a project; one that was merged is told of by the block that it went into."""
    if block.merged_into_id:
        return None
    councils = list(block.councils.all())
    return SearchDocument(
        key=f"block:{block.pk}",
        kind="block",
        title=block.title,
        summary=block.what,
        body=block.outcome,
        labels=lines(named("Project", [block.project]), named("Councils", councils)),
        readers=tuple(readers_of_blocks(block)),
        label="Removed" if block.removed_on else block.get_level_display(),
        note=joined(
            block.project,
            f"who can remove it: {block.who_can_remove}" if block.who_can_remove else "",
            f"open since {day_in_words(block.open_since)}" if block.removed_on is None else "",
        ),
        date=block.removed_on or block.open_since,
        facets=facets(
            council_type=[council.kind for council in councils],
            region=[council.region for council in councils],
            year=[(block.removed_on or block.open_since).year],
        ),
    )


SOURCES = (
    Source(
        "need",
        Need,
        _needs_with_councils,
        need_document,
        _findable_needs,
        reads=("service", "supports__council"),
        council="council",
    ),
    Source(
        "discovery",
        Discovery,
        lambda: Discovery.objects.select_related("department").prefetch_related(
            "priority_issues", "potential_projects", "purposes"
        ),
        discovery_document,
        visible_discoveries,
        reads=("department", "priority_issues", "potential_projects", "purposes"),
    ),
    Source(
        "prototype",
        Prototype,
        lambda: Prototype.objects.select_related("discovery").prefetch_related("needs"),
        prototype_document,
        visible_prototypes,
        reads=("discovery", "needs"),
        unseen=frozenset({"frozen_at"}),
        chain=(("project", "project__pk"),),
    ),
    Source(
        "project",
        Project,
        lambda: Project.objects.select_related("lead_council", "service").prefetch_related(
            "partners", "updates", "purposes"
        ),
        project_document,
        visible_projects,
        reads=("lead_council", "service", "partners", "updates", "purposes"),
        unseen=frozenset({"last_updated_at", "nudged_on", "is_of_the_record"}),
        council="lead_council",
        chain=(("project", "pk"),),
    ),
    Source(
        "block",
        Block,
        lambda: Block.objects.select_related("project", "who_can_remove").prefetch_related("councils"),
        block_document,
        lambda user: visible_blocks(user).told_once(),
        reads=("project", "who_can_remove", "councils"),
        chain=(("project", "project__pk"),),
    ),
)
