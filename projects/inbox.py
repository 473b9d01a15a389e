"""What somebody's week holds of needs and projects: updates overdue, what moved, what is new."""

from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.urls import reverse

from audit.models import AuditEvent
from core.inbox import MOST, Action, Item, Reader, change_of
from core.words import counted, day_in_words
from councils.models import Membership
from councils.permissions import organisations_of
from projects.discoveries.models import Prototype
from projects.discoveries.permissions import visible_prototypes
from projects.needs.models import Need
from projects.needs.permissions import visible_needs
from projects.needs.queries import needs_of
from projects.permissions import can_facilitate
from projects.portfolio.freshness import rhythm
from projects.portfolio.models import Project, ProjectQuerySet, StatusUpdate
from projects.portfolio.permissions import leads_project, visible_projects
from projects.portfolio.standing import by_lead, rated_then


def updates_overdue(reader: Reader) -> list[Item]:
    """Projects that somebody may write an update of and whose last one is too long ago, the longest first."""
    if (kept := _kept_by(reader)) is None:
        return []
    has_line = Exists(StatusUpdate.objects.filter(project=OuterRef("pk")))
    overdue = kept.late().select_related("lead_council").annotate(has_line=has_line)
    return [_overdue(project, reader) for project in overdue.order_by("last_updated_at", "pk")[:MOST]]


def pauses_to_end(reader: Reader) -> list[Item]:
    """Paused projects that somebody may let go on and whose day to look again has come."""
    if (kept := _kept_by(reader)) is None:
        return []
    paused = kept.to_look_at_again().order_by("look_again_on", "pk")
    return [
        Item(
            project.look_again_on,
            project.title,
            f"{project.get_absolute_url()}#look-after",
            f"Paused on {day_in_words(project.paused_on)}: {project.paused_because}",
            at_note="to look at again",
            actions=(Action("Let it go on or stop it", f"{project.get_absolute_url()}#look-after"),),
        )
        for project in paused[:MOST]
    ]


def _kept_by(reader: Reader) -> ProjectQuerySet | None:
    """The projects that somebody may write updates of; None for most people."""
    projects = visible_projects(reader.user)
    if can_facilitate(reader.user):
        return projects
    ours = organisations_of(reader.user, at_least=Membership.Role.PUBLISHER)
    return projects.filter(lead_council__in=ours) if ours else None


def _overdue(project: Project, reader: Reader) -> Item:
    led = f"Led by {project.lead_council}. " if project.lead_council else ""
    last = day_in_words(project.last_updated_at)
    note = f"{led}Last update on {last}, one every {rhythm(project)} was promised."
    url = f"{project.get_absolute_url()}#latest"
    return Item(
        project.next_update_due,
        project.title,
        url,
        note,
        at_note="update due",
        actions=(Action("Write an update", url), *_still_accurate(project, reader)),
    )


def _still_accurate(project: Project, reader: Reader) -> list[Action]:
    """The button for those who lead a project that says the last line still holds, where there is one."""
    if not leads_project(reader.user, project) or not project.has_line:  # type: ignore[attr-defined]  # annotated by the caller
        return []
    address = reverse("projects:project_confirm", args=[project.slug])
    return [Action("Still accurate", address, is_post=True, is_second=True)]


def needs_that_moved(reader: Reader) -> list[Item]:
    """Needs our organisations have or somebody follows that were taken up in a discovery, withdrawn or merged."""
    if reader.looks_at_nothing:
        return []
    # A change of a need's words moves `updated_at` as taking it up does: only the audit trail shows which it was.
    gathered = AuditEvent.objects.filter(
        action="projects.gathered_need", at__gte=reader.since, about_key=Cast(OuterRef("pk"), CharField())
    )
    needs = visible_needs(reader.user).filter(_our_needs(reader)).filter(~Q(state=Need.State.OPEN) | Exists(gathered))
    needs = needs.filter(updated_at__gte=reader.since).select_related("discovery", "merged_into", "service")
    return [
        Item(
            need.updated_at,
            need.title,
            need.get_absolute_url(),
            _new_state(need),
            f"{reader.us} raised or joined it",
            about=need,
            change=change_of(need, _new_state(need)),
        )
        for need in needs.order_by("-updated_at", "-pk")[: reader.most]
    ]


def _our_needs(reader: Reader) -> Q:
    """The needs that our organisations have, and those that this person follows or whose service they follow."""
    ours = Q(pk__in=needs_of(reader.organisations).values("pk")) if reader.organisations else Q(pk__in=())
    return ours | Q(pk__in=reader.followed("need")) | Q(service__in=reader.followed("service"))


def _new_state(need: Need) -> str:
    if need.merged_into:
        return f"Merged into “{need.merged_into}”, with the councils that have it."
    if need.state == Need.State.WITHDRAWN:
        return f"Withdrawn: {need.state_reason}"
    return f"Taken up in the discovery “{need.discovery}”."


def behind_it(reader: Reader) -> str:
    """Why somebody sees what came of needs: their organisations have one of these, or they follow one."""
    if not any(reader.follows.values()):
        return f"{reader.us} raised or joined a need behind it"
    return f"{reader.us} has or you follow a need behind it" if reader.organisations else "you follow a need behind it"


def prototypes_of_our_needs(reader: Reader) -> list[Item]:
    if reader.looks_at_nothing:
        return []
    needs = Need.objects.filter(_our_needs(reader))
    ours = Prototype.needs.through.objects.filter(need__in=needs).values("prototype")
    made = visible_prototypes(reader.user).filter(created_at__gte=reader.since, pk__in=ours)
    return [
        Item(
            prototype.created_at,
            prototype.title,
            prototype.get_absolute_url(),
            f"A prototype, made in the discovery “{prototype.discovery}”.",
            behind_it(reader),
            change=change_of(prototype, "made"),
        )
        for prototype in made.select_related("discovery").order_by("-created_at", "-pk")[: reader.most]
    ]


def projects_that_moved(reader: Reader) -> list[Item]:
    """Projects our organisations are in or follow, or that came of needs they have: started, launched, ended."""
    if reader.looks_at_nothing:
        return []
    day = reader.since.date()
    moved = Q(created_at__gte=reader.since)
    moved |= Q(launched_on__gte=day) | Q(ended_on__gte=day) | Q(paused_on__gte=day)
    ours = (
        _in_project(reader)
        | _followed_project(reader)
        | Q(prototype__needs__in=Need.objects.filter(_our_needs(reader)))
    )
    keys = Project.objects.filter(ours, moved).values("pk")
    is_in = Exists(Project.objects.filter(_in_project(reader), pk=OuterRef("pk")))
    projects = visible_projects(reader.user).filter(pk__in=keys).annotate(is_in=is_in).select_related("service")
    return [
        Item(
            project.ended_on or project.paused_on or project.launched_on or project.created_at,
            project.title,
            project.get_absolute_url(),
            _stage(project),
            f"{reader.us} is in the project" if project.is_in else behind_it(reader),
            about=project,
            change=change_of(project, _what_happened(project)),
        )
        for project in projects.order_by("-updated_at", "-pk")[: reader.most]
    ]


def _what_happened(project: Project) -> str:
    """The name of what happened to a project last, for good."""
    if project.has_ended:
        return project.stage
    return f"paused {project.paused_on}" if project.is_paused else _stage(project)


def _stage(project: Project) -> str:
    if project.has_ended:
        return f"{project.get_stage_display()}. What was learned stands on its page."
    if project.is_paused:
        return f"Paused: {project.paused_because}"
    return "Launched: councils can take it up." if project.launched_on else "A project was started: its case is next."


def _in_project(reader: Reader, path: str = "") -> Q:
    return Q(**{f"{path}lead_council__in": reader.organisations}) | Q(**{f"{path}partners__in": reader.organisations})


def _followed_project(reader: Reader, path: str = "") -> Q:
    followed = Q(**{f"{path}pk__in": reader.followed("project")})
    return followed | Q(**{f"{path}service__in": reader.followed("service")})


def updates_of_our_projects(reader: Reader) -> list[Item]:
    if reader.looks_at_nothing:
        return []
    ours = _in_project(reader, "project__") | _followed_project(reader, "project__")
    keys = StatusUpdate.objects.filter(ours, at__gte=reader.since).values("pk")
    updates = StatusUpdate.objects.filter(pk__in=keys, project__in=visible_projects(reader.user))
    updates = updates.annotate(by_lead=by_lead()).select_related("project__service").order_by("-at", "-pk")
    return [
        Item(
            update.at,
            update.project.title,
            f"{update.project.get_absolute_url()}#latest",
            _said(update),
            f"{reader.us} is in the project",
            about=update.project,
            change=change_of(update.project, f"update {update.pk}"),
        )
        for update in updates[: reader.most]
    ]


def _said(update: StatusUpdate) -> str:
    """The line, and where its owner rated it otherwise than suggested both ratings with the reason."""
    return f"{update.said} {rated_then(update)}".rstrip()


def needs_for_our_services(reader: Reader) -> list[Item]:
    """Open needs that others raised in services where our organisations have needs or assets."""
    if not reader.services:
        return []
    needs = visible_needs(reader.user).open().filter(service__in=reader.services, raised_at__gte=reader.since)
    needs = needs.exclude(council__in=reader.organisations).with_council_counts().select_related("council", "service")
    return [
        Item(
            need.raised_at,
            need.title,
            need.get_absolute_url(),
            f"Need, raised by {need.council}. {_councils(need)} so far.",
            str(need.service),
            about=need,
            change=change_of(need, "raised"),
        )
        for need in needs.order_by("-raised_at", "-pk")[: reader.most]
    ]


def needs_of_followed_councils(reader: Reader) -> list[Item]:
    """Open needs that a council raised which this person follows."""
    if not (followed := reader.followed("organisation")):
        return []
    needs = visible_needs(reader.user).open().filter(council__in=followed, raised_at__gte=reader.since)
    needs = needs.with_council_counts().select_related("council", "service")
    return [
        Item(
            need.raised_at,
            need.title,
            need.get_absolute_url(),
            f"Need, raised by {need.council}. {_councils(need)} so far.",
            f"you follow {need.council}",
            about=need,
            change=change_of(need, "raised"),
        )
        for need in needs.order_by("-raised_at", "-pk")[: reader.most]
    ]


def _councils(need: Need) -> str:
    return counted(need.council_count, "council")  # type: ignore[attr-defined]  # annotated by the caller
