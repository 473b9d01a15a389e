"""Reads that span the models of the four steps, or are shaped for one page."""

from collections.abc import Iterable

from django.db.models import OuterRef, Q, QuerySet

from accounts.models import User
from core.counting import count_of
from councils.models import Organisation
from projects.models import Discovery, Need, NeedSupport, Prototype
from projects.models.need import NeedQuerySet


def with_prototype_and_need_counts(discoveries: QuerySet[Discovery]) -> QuerySet[Discovery]:
    """Annotate each discovery with `need_count` and `prototype_count`."""
    return discoveries.annotate(
        need_count=count_of(Need.objects.filter(discovery=OuterRef("pk"))),
        prototype_count=count_of(Prototype.objects.filter(discovery=OuterRef("pk"))),
    )


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


def who_has(need: Need) -> QuerySet[User]:
    """Who raised the need or joined it for a council, as far as their accounts are open."""
    joined = need.supports.values("joined_by")
    return User.objects.filter(Q(pk=need.raised_by_id) | Q(pk__in=joined), is_active=True)


def supports_of(need: Need) -> list[NeedSupport]:
    """The councils that have a need, in the order in which they joined; each says whether it counts."""
    supports = need.supports.saying_whether_they_count()  # type: ignore[attr-defined]  # its manager is of our queryset
    return list(supports.select_related("council").order_by("joined_at", "pk"))


def needs_of(organisations: Iterable[Organisation]) -> NeedQuerySet:
    """The needs that any of these has: raised or joined."""
    return Need.objects.filter(pk__in=NeedSupport.objects.filter(council__in=organisations).values("need"))
