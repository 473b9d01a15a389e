"""What the council has told the Alliance already, from which answers are filled in."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from accounts.models import User
from assets_registry.models import Asset
from assets_registry.permissions import visible_assets
from core.figures import POUNDS, Figure
from core.origin import Origin
from core.text import cut_at_word
from core.words import day_in_words, series
from councils.models import Organisation, Service
from projects.models import Project
from projects.portfolio.permissions import visible_projects
from publishing.evidence import same_measured_elsewhere
from publishing.figures import same_measure
from publishing.interview.drafting import LONGEST_NOTE, beside_another
from publishing.interview.own_figures import OwnFigure, offered
from publishing.models import CaseStudyPage, CouncilPublisherTask, Interview
from publishing.permissions import promises_told_by, visible_case_studies
from take_up.models import Adoption, Benefit, Measurement
from take_up.permissions import visible_adoptions, visible_benefits
from take_up.queries import take_up

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
    values: str = ""  # what it was and is, with its n, in short
    note: str = ""  # for readers: where the figure stands, and that it is made up if it is
    warning: str = ""
    origin: Origin | None = None


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
    """The council's own promises, then what else it has published in figures."""
    return known_promises(interview, said) + published_figures(interview, said)


def published_figures(interview: Interview, said: dict[str, Any]) -> list[KnownAnswer]:
    """What apps further up offer of the council: where the case study is about a service, of that alone."""
    return [_as_answer(each) for each in offered(interview.council, _services_in(said), most=MOST_KNOWN)]


def _services_in(said: dict[str, Any]) -> list[Service] | None:
    """The service named, else those of the asset or the project named; None where nobody has said."""
    project, asset = said.get("project"), said.get("asset")
    found = [said.get("service")] if said.get("service") else list(asset.services.all()) if asset else []
    if not found and project and project.service:
        found = [project.service]
    return found or None  # type: ignore[return-value]  # a service that is named is one


def _as_answer(figure: OwnFigure) -> KnownAnswer:
    """A published figure as the fields of the form; what is not known of it stays empty."""
    fields: dict[str, Any] = {
        "measure": figure.measure,
        "unit": figure.unit,
        "counted_by": figure.counted_by,
        "figures_note": _as_note(figure),
        "made_up": "yes" if figure.is_illustrative else "",
    }
    for name, each in (("before", figure.before), ("after", figure.after)):
        if each:
            fields |= {
                name: _typed(each.value, figure.unit),
                f"{name}_on": each.on,
                f"{name}_n": each.n,
            }
    return KnownAnswer(
        {name: value for name, value in fields.items() if value not in (None, "")},
        figure.source,
        figure.key,
        figure.name,
        values=_in_short(figure),
        note=figure.note,
        warning=figure.warning,
        origin=Origin("", figure.is_illustrative),
    )


def _as_note(figure: OwnFigure) -> str:
    """Where it stands and what was counted, or the first alone where both are too long for the form."""
    both = f"{figure.note} {figure.how}".strip()
    return both if len(both) <= LONGEST_NOTE else cut_at_word(figure.note, LONGEST_NOTE)


def note_with_own_words(known: KnownAnswer, figures: list[KnownAnswer], typed: str) -> str:
    """What is told of figures that were chosen: where they stand, with what the author wrote rather than how counted.

    `figures` are all that were offered: what stood in the box of others goes.
    """
    for words in (words for each in figures for words in (each.initial.get("figures_note"), each.note) if words):
        typed = typed.replace(words, "")
    own = " ".join(typed.split())
    words = f"{known.note} {own}".strip() if own else known.initial.get("figures_note", "")
    return cut_at_word(words, LONGEST_NOTE)  # what the form takes; the whole stays where it was typed


def _in_short(figure: OwnFigure) -> str:
    """“£5.60 → £4.12 a transaction, of 1,700 and 1,850”."""
    words = Figure(figure.after.value, unit=figure.unit).with_unit
    if figure.before:
        words = f"{beside_another(figure.before.value, figure.unit)} → {words}"
    ns = [f"{each.n:,}" for each in (figure.before, figure.after) if each and each.n]
    words = f"{words}, of {series(ns)}" if ns else words
    return words if figure.before else f"{words}; one value only, so enter what it was before"


def known_promises(interview: Interview, said: dict[str, Any]) -> list[KnownAnswer]:
    """The council's own promises with what was measured of them: of the project and the asset named, else of any."""
    rows = _own_promises(interview.council, interview.author)
    project, asset = said.get("project"), said.get("asset")
    if project or asset:
        rows = rows.filter(_about("project", project) | _about("adoption__asset", asset, "asset"))
    rows = rows.select_related("project", "adoption__asset", "latest", "of_case_study__case_study")
    return [_figures_of(row) for row in rows.order_by("-claimed_on", "pk")[:MOST_KNOWN]]


def promises_said(page: CaseStudyPage, by: User) -> list[Benefit]:
    """The council's own promises of the same measure and unit, which the ledger has already; each with `told_in`."""
    return list(_own_promises(page.council, by).filter(same_measure(page))) if page.measure else []


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
        "before": _typed(promise.baseline, promise.unit),
        "before_on": promise.baseline_on,
        "made_up": "yes" if promise.is_illustrative or (last and last.is_illustrative) else None,
    }
    if last:
        initial |= {
            "after": _typed(last.value, promise.unit),
            "after_n": last.n,
            "after_on": last.measured_on,
        }
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
        values="" if last else "What it was before only, so enter what it is now",
        told_in=promise.told_in or "",  # type: ignore[attr-defined]  # annotated
        origin=Origin("", promise.is_illustrative),
    )


def _typed(value: Decimal | None, unit: str) -> str | None:
    """A number as somebody would type it: 900, not 900.00; of money with its pence, 4.30."""
    if value is None:
        return None
    return f"{value:.2f}" if unit.startswith(POUNDS) and value != int(value) else f"{value.normalize():f}"


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


def others_using(study: CaseStudyPage) -> tuple[list[str], list[str]]:
    """The other councils that use its asset live and may be named, and those of them that measured the same."""
    if study.asset is None or not study.asset.is_published:
        return [], []
    use = take_up(study.asset)
    named = {each.council_id: str(each.council) for each in use.named + use.outside}
    named.pop(study.council_id, None)
    measured = {each.adoption.council_id for each in same_measured_elsewhere(study) if each.adoption}
    return list(named.values()), [name for key, name in named.items() if key in measured]


def publishers_for(interview: Interview) -> list[Any]:
    """Those who would approve it for the council: publishers and leads other than its author, by name."""
    page = CaseStudyPage(council=interview.council)
    task = CouncilPublisherTask.objects.filter(active=True).first()
    people = task.deciders(page).exclude(pk=interview.author_id) if task else []
    return sorted(people, key=str)
