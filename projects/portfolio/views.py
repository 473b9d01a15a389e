"""Pages of projects and their business cases, and what those who lead them do on them."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from accounts.http import SignedInRequest
from accounts.models import User
from core.answering import answered, posted, pressed
from core.errors import Refused
from core.listing import listed
from core.panels import panel_context
from core.permissions import allow, anyone, require, signed_in
from core.words import day_in_words
from councils.views.ask import ask
from projects.discoveries.forms import LessonForm
from projects.portfolio import operations
from projects.portfolio.forms import CaseForm, LaunchForm, ProjectForm, PurposesForm, UpdateForm
from projects.portfolio.freshness import freshness_tag
from projects.portfolio.lists import PROJECTS
from projects.portfolio.models import BusinessCase, Project
from projects.portfolio.operations import BECAUSE
from projects.portfolio.permissions import can_edit_project, visible_projects
from projects.portfolio.steps import steps_of
from projects.sums.models import SUMS
from projects.sums.words import COLUMNS, sums_pairs, sums_table

# The colour of a state's tag; the word says what it means.
_COLOUR_OF_CASE: dict[str, str] = {
    BusinessCase.State.DRAFT: "grey",
    BusinessCase.State.SUBMITTED: "violet",
    BusinessCase.State.ACCEPTED: "green",
    BusinessCase.State.REJECTED: "coral",
}


@allow(anyone)
@require_safe
def project_list(request: HttpRequest) -> HttpResponse:
    return listed(request, PROJECTS, "projects/project_list.html")


def _project(request: HttpRequest, slug: str) -> Project:
    related = ("lead_council", "service", "discovery", "discovery__department", "prototype")
    return get_object_or_404(visible_projects(request.user).select_related(*related), slug=slug)


def project_page(request: HttpRequest, project: Project, **bound: forms.Form) -> HttpResponse:
    """The page of a project; `bound` is the form that was sent to it with something wrong."""
    can_edit = can_edit_project(request.user, project) and not project.has_ended
    cases = [case for case in project.business_cases.all() if can_edit or case.state != BusinessCase.State.DRAFT]
    case = cases[0] if cases else None
    lead = project.lead_council
    context = {
        "project": project,
        "facts": [
            ("Led by", lead.full_name if lead else "Not on record", lead.get_absolute_url() if lead else ""),
            ("With", ", ".join(partner.full_name for partner in project.partners.all())),
            ("Service", project.service),
            ("Next update due", "" if project.is_history else day_in_words(project.next_update_due)),
        ],
        "freshness": freshness_tag(project),
        "steps": steps_of(project.discovery, [project]),
        "purposes": project.purposes.all(),
        "can_tag": can_edit_project(request.user, project),
        "updates": project.updates.select_related("by")[:10],
        "case": case,
        "earlier_cases": cases[1:],
        "case_sums": sums_pairs(case) if case else None,
        "payback": sums_table(case) if case else None,
        "payback_columns": COLUMNS,
        "case_colour": _COLOUR_OF_CASE[case.state] if case else "grey",
        "decision": _decision(case) if case else None,
        "outcome_words": f"One of the outcomes of {project.outcome_of_year}" if project.outcome_of_year else "",
        "can_edit": can_edit,
        "asks": lead if lead and not lead.has_ended and not can_edit else None,
        "can_write_case": can_edit
        and project.stage == Project.Stage.CO_DEVELOP
        and (case is None or case.state in {BusinessCase.State.DRAFT, BusinessCase.State.REJECTED}),
        "can_submit": can_edit and case is not None and case.state == BusinessCase.State.DRAFT,
        "can_launch": can_edit and project.stage == Project.Stage.CO_DEVELOP and project.case_accepted_on is not None,
        "can_finish": can_edit and project.stage == Project.Stage.LAUNCH,
        "bound_form": next(iter(bound.values()), None),
        **panel_context(project, request.user),
    }
    if can_edit:
        for name, form in FORMS.items():
            context[f"{name}_form"] = bound.get(name) or form(prefix=name)
    return render(request, "projects/project_detail.html", context)


def _decision(case: BusinessCase) -> list[tuple[str, str]]:
    """Who decided, when, under which number."""
    return [
        (case.get_state_display() + " by", case.decided_by_body),
        ("On", day_in_words(case.decided_on)),
        ("Decision", case.decision_number),
        ("Because", case.decision_reason),
    ]


@allow(anyone)
@require_safe
def project(request: HttpRequest, slug: str) -> HttpResponse:
    return project_page(request, _project(request, slug))


FORMS: dict[str, type[forms.Form]] = {"update": UpdateForm, "launch": LaunchForm, "stop": LessonForm}
# Of each form the operation, and the message once it is done.
ACTIONS: dict[str, tuple[Callable[..., Any], str]] = {
    "update": (operations.post_update, "Posted."),
    "launch": (operations.launch, "Launched. It stands at step 4."),
    "stop": (operations.stop_project, "Stopped, with what was learned."),
}


@allow(signed_in)
@require_POST
def project_action(request: SignedInRequest, slug: str, action: str) -> HttpResponse:
    """Answer one of the forms on a project's page."""
    project = _project(request, slug)
    if action not in ACTIONS:
        raise Http404
    require(can_edit_project(request.user, project), BECAUSE)
    operation, said = ACTIONS[action]
    form = FORMS[action](request.POST, prefix=action)
    done = answered(request, form, operation, project, said=said, to=project)
    return done or project_page(request, project, **{action: form})


@allow(signed_in)
@require_POST
def project_finish(request: SignedInRequest, slug: str) -> HttpResponse:
    project = _project(request, slug)
    return pressed(request, operations.finish_project, project, said="Finished. No more updates are due.")


@allow(signed_in)
def project_ask(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask the council that leads a project about it."""
    project = _project(request, slug)
    if project.lead_council is None:
        raise Http404
    return ask(request, project.lead_council, about=project)


@allow(signed_in)
def project_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    project = _project(request, slug)
    require(can_edit_project(request.user, project), BECAUSE)
    form = ProjectForm(posted(request), instance=Project.objects.get(pk=project.pk))
    done = answered(request, form, operations.change_project, project, said="Changed.")
    return done or render(request, "projects/project_form.html", {"form": form, "project": project})


@allow(signed_in)
def project_purposes(request: SignedInRequest, slug: str) -> HttpResponse:
    """Which purposes a project serves, one that has ended too."""
    project = _project(request, slug)
    require(can_edit_project(request.user, project), BECAUSE)
    form = PurposesForm(posted(request), project=project)
    done = answered(request, form, operations.tag_project, project, said="Saved.")
    return done or render(request, "projects/purposes_form.html", {"form": form, "project": project})


@allow(signed_in)
def case_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Write the business case: a draft until it is submitted."""
    project = _project(request, slug)
    require(can_edit_project(request.user, project), BECAUSE)
    form = CaseForm(posted(request), initial=_first_figures(project))
    said = "Draft saved. Submit it once it is ready to be decided."
    done = answered(request, form, operations.draft_case, project, said=said)
    return done or render(request, "projects/case_form.html", {"form": form, "project": project})


def _first_figures(project: Project) -> dict[str, Any]:
    """What the form starts with: the draft, or the case that was rejected, or the prototype's outline."""
    case = project.business_cases.first()
    if case:
        return {name: getattr(case, name) for name in (*SUMS, "summary")}
    outline = getattr(project.prototype, "outline", None)
    return {name: getattr(outline, name) for name in SUMS} if outline else {}


@allow(signed_in)
@require_POST
def case_submit(request: SignedInRequest, slug: str) -> HttpResponse:
    project = _project(request, slug)
    require(can_edit_project(request.user, project), BECAUSE)

    def submit(project: Project, *, by: User) -> BusinessCase:
        case = project.business_cases.first()
        if case is None:
            raise Refused("There is no business case yet.")
        return operations.submit_case(case, by=by)

    return pressed(request, submit, project, said="Submitted. The steering board decides on it.")
