"""Reads that span the models of the four steps, or are shaped for one page."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from core.counting import count_of
from councils.models import Organisation
from projects.models import Discovery, Need, NeedSupport, Prototype
from projects.models.need import NeedQuerySet
from projects.models.project import ProjectQuerySet


def with_words(words: str, *columns: str) -> Q:
    """Every word of `words`, up to eight, somewhere in the columns."""
    found = Q()
    for word in words.split()[:8]:
        anywhere = Q()
        for column in columns:
            anywhere |= Q(**{f"{column}__icontains": word})
        found &= anywhere
    return found


def filtered_needs(needs: NeedQuerySet, chosen: dict[str, Any]) -> NeedQuerySet:
    """The register through its filters: `kind` and `region` ask for any council that has the need."""
    if words := chosen.get("q"):
        needs = needs.filter(with_words(words, "title", "what", "who_for", "evidence"))
    if service := chosen.get("service"):
        needs = needs.filter(service=service)
    if state := chosen.get("state"):
        needs = needs.filter(state=state)
    having = NeedSupport.objects.filter(need=OuterRef("pk"))
    if kind := chosen.get("kind"):
        needs = needs.filter(Exists(having.filter(council__kind=kind)))
    if region := chosen.get("region"):
        needs = needs.filter(Exists(having.filter(council__region=region)))
    order = ("-raised_at", "-pk") if chosen.get("sort") == "newest" else ("-council_count", "-raised_at", "-pk")
    return needs.with_council_counts().select_related("council", "service", "discovery").order_by(*order)


def filtered_discoveries(discoveries: QuerySet[Discovery], chosen: dict[str, Any]) -> QuerySet[Discovery]:
    if words := chosen.get("q"):
        discoveries = discoveries.filter(with_words(words, "title", "summary", "theme"))
    if step := chosen.get("step"):
        discoveries = discoveries.filter(step=step)
    if department := chosen.get("department"):
        discoveries = discoveries.filter(department=department)
    if purpose := chosen.get("purpose"):
        discoveries = discoveries.filter(purposes=purpose)
    counts = {
        "need_count": count_of(Need.objects.filter(discovery=OuterRef("pk"))),
        "prototype_count": count_of(Prototype.objects.filter(discovery=OuterRef("pk"))),
    }
    return discoveries.annotate(**counts).select_related("department").order_by("-starts_on", "title", "pk")


def filtered_projects(projects: ProjectQuerySet, chosen: dict[str, Any]) -> ProjectQuerySet:
    if words := chosen.get("q"):
        projects = projects.filter(with_words(words, "title", "summary"))
    if stage := chosen.get("stage"):
        projects = projects.filter(stage=stage)
    if service := chosen.get("service"):
        projects = projects.filter(service=service)
    if region := chosen.get("region"):
        projects = projects.filter(lead_council__region=region)
    if lead := chosen.get("lead"):
        projects = projects.filter(lead_council=lead)
    if purpose := chosen.get("purpose"):
        projects = projects.filter(purposes=purpose)
    if year := chosen.get("outcome"):
        projects = projects.filter(outcome_of_year=year)
    if freshness := chosen.get("freshness"):
        projects = projects.with_freshness(freshness)
    return projects.select_related("lead_council", "service", "discovery").order_by("-started_on", "title", "pk")


def missing_for_step_two(discovery: Discovery) -> list[str]:
    """What the Discovery Day has not brought yet, in words; empty once step 1 may end."""
    missing = []
    if not discovery.priority_issues.all():
        missing.append("a priority issue")
    if not discovery.potential_projects.all():
        missing.append("a potential project with its scope")
    if not discovery.feasibility:
        missing.append("a feasibility verdict")
    return missing


def why_step_one_goes_on(discovery: Discovery) -> str:
    """What keeps step 1 from ending, as the end of a sentence; empty once it may end."""
    if missing := missing_for_step_two(discovery):
        return f"Still missing: {'; '.join(missing)}"
    if discovery.feasibility == Discovery.Feasibility.NOT_FEASIBLE:
        return "The verdict is “not feasible now”: stop the discovery with what was learned, or judge again"
    return ""


def why_step_two_goes_on(discovery: Discovery) -> str:
    """The same of step 2."""
    missing = missing_for_step_three(discovery)
    return f"Still missing: {'; '.join(missing)}" if missing else ""


def missing_for_step_three(discovery: Discovery) -> list[str]:
    """What the Co-Design Day has not brought yet, in words; empty once step 2 may end."""
    if not any(prototype.is_ready_for_vote for prototype in discovery.prototypes.all()):
        return ["a prototype with a summary and an outline business case"]
    return []


def needs_of(organisations: Iterable[Organisation]) -> NeedQuerySet:
    """The needs that any of these has: raised or joined."""
    return Need.objects.filter(pk__in=NeedSupport.objects.filter(council__in=organisations).values("need"))
