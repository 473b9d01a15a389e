"""What the council has told the Alliance already, from which answers are filled in."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from accounts.models import User
from assets_registry.models import Asset
from assets_registry.permissions import visible_assets
from core.figures import Figure
from core.words import day_in_words, series
from councils.models import Organisation
from projects.models import Project
from projects.portfolio.permissions import visible_projects
from publishing.models import CaseStudyPage, CouncilPublisherTask, Interview
from publishing.permissions import promises_told_by, visible_case_studies
from take_up.models import Adoption, Benefit, Measurement, unit_in_words
from take_up.permissions import visible_adoptions, visible_benefits

MOST_KNOWN = 5
NONE = "none"


@dataclass(frozen=True)
class KnownAnswer:
    """What is filled in, by field, and where it comes from."""

    initial: dict[str, Any]
    source: str
    key: str = ""
    name: str = ""
    is_in_ledger: bool = False
    told_in: str = ""  # the title of a case study that tells it already


def projects_of(interview: Interview) -> QuerySet[Project]:
    """Those that the council leads or takes part in, the newest first."""
    council = interview.council_id
    rows = visible_projects(interview.author).filter(Q(lead_council=council) | Q(partners=council))
    return rows.distinct().order_by("-started_on", "title")


def assets_of(interview: Interview) -> QuerySet[Asset]:
    """Those that the council owns or uses."""
    used = _adoptions(interview).values("asset")
    return (
        visible_assets(interview.author).filter(Q(owner=interview.council_id) | Q(pk__in=used)).order_by("name", "pk")
    )


def known_figures(interview: Interview, said: dict[str, Any]) -> list[KnownAnswer]:
    """The council's own promises with what was measured of them: of the project and the asset named, else of any."""
    rows = _own_promises(interview.council, interview.author)
    project, asset = said.get("project"), said.get("asset")
    if project or asset:
        rows = rows.filter(_about("project", project) | _about("adoption__asset", asset, "asset"))
    rows = rows.select_related("project", "adoption__asset", "latest", "of_case_study__case_study")
    return [_figures_of(row) for row in rows.order_by("-claimed_on", "pk")[:MOST_KNOWN]]


def promises_said(page: CaseStudyPage, by: User) -> list[Benefit]:
    """The council's own promises of the same measure and unit, which the ledger has already; each with `told_in`."""
    same = {"title": page.measure, "unit": unit_in_words(page.after_unit)}
    return list(_own_promises(page.council, by).filter(**same)) if page.measure else []


def _own_promises(council: Organisation, user: User) -> QuerySet[Benefit]:
    """What a council promises by a project that it leads, an asset that it uses, or a case study on the site.

    `told_in` is the title of the case study published last that tells it; None where none does.
    """
    studies = visible_case_studies(user).filter(withdrawn_on=None)
    studies = studies.filter(Q(benefits=OuterRef("pk")) | Q(own_promise__promise=OuterRef("pk")))
    last = studies.order_by(F("first_published_at").desc(nulls_last=True), "-pk")
    own = Q(adoption__council=council) | Q(project__lead_council=council) | promises_told_by(council)
    return visible_benefits(user).filter(own).annotate(told_in=Subquery(last.values("title")[:1]))


def _about(field: str, record: Project | Asset | None, of_study: str = "") -> Q:
    """Promises of a project or an asset, those that a case study about it makes included; of None no promise."""
    if record is None:
        return Q(pk=None)
    return Q(**{field: record}) | Q(**{f"of_case_study__case_study__{of_study or field}": record})


def _figures_of(promise: Benefit) -> KnownAnswer:
    last: Measurement | None = promise.latest
    initial: dict[str, Any] = {
        "measure": promise.title,
        "unit": promise.unit,
        "before": _typed(promise.baseline),
        "before_on": promise.baseline_on,
    }
    if last:
        initial |= {"after": _typed(last.value), "after_n": last.n, "after_on": last.measured_on}
    of: Any = promise.about or "your own case study"
    when = f", measured on {day_in_words(last.measured_on)}" if last else ", which nobody has measured yet"
    if promise.origin == Benefit.Origin.CASE_STUDY and not last:  # a later figure is what another one can tell
        claimed = Figure(promise.claimed, unit=promise.unit).with_unit
        when = f", which claims {claimed} on {day_in_words(promise.claimed_on)}"
    return KnownAnswer(
        {k: v for k, v in initial.items() if v is not None},
        f"{of}{when}",
        str(promise.pk),
        promise.title,
        is_in_ledger=True,
        told_in=promise.told_in or "",  # type: ignore[attr-defined]  # annotated
    )


def _typed(value: Decimal | None) -> str | None:
    """A number as somebody would type it: 900, not 900.00."""
    return None if value is None else f"{value.normalize():f}"


def known_of(form_name: str, interview: Interview, said: dict[str, Any]) -> KnownAnswer | None:
    """What fills in the page of a form, where the council has told it already."""
    project, asset = said.get("project"), said.get("asset")
    adoption = _adoptions(interview).filter(asset=asset).first() if asset else None
    found: dict[str, Any] = {}
    if form_name == "InterviewStoryForm":
        found = _filled(happened_on=(adoption and adoption.live_since) or (project and project.launched_on))
    elif form_name == "InterviewPeopleForm" and project:
        others = project.partners.exclude(pk=interview.council_id).order_by("name")
        found = _filled(who=series(others[:10]))
    elif form_name == "InterviewCostForm" and adoption and adoption.officer_days:
        found = _filled(cost=f"{adoption.officer_days:,} officer days")
    if not found:
        return None
    return KnownAnswer(found, str(asset if adoption else project))


def _filled(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def _adoptions(interview: Interview) -> QuerySet[Adoption]:
    return visible_adoptions(interview.author).filter(council=interview.council_id)


def publishers_for(interview: Interview) -> list[Any]:
    """Those who would approve it for the council: publishers and leads other than its author, by name."""
    page = CaseStudyPage(council=interview.council)
    task = CouncilPublisherTask.objects.filter(active=True).first()
    people = task.deciders(page).exclude(pk=interview.author_id) if task else []
    return sorted(people, key=str)
