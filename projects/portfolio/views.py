"""Pages of projects and their business cases, and what those who lead them do on them."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from accounts.http import SignedInRequest
from core.answering import answered, posted, pressed
from core.listing import listed
from core.panels import panel_context
from core.permissions import allow, anyone, require, signed_in
from core.words import day_in_words, series
from councils.views.ask import ask
from projects.discoveries.forms import LessonForm
from projects.portfolio import operations
from projects.portfolio.described import TEXTS
from projects.portfolio.forms import LaunchForm, ProjectForm, UpdateForm
from projects.portfolio.freshness import freshness_tag
from projects.portfolio.lists import PROJECTS
from projects.portfolio.models import BusinessCase, Project
from projects.portfolio.operations import BECAUSE
from projects.portfolio.permissions import can_edit_project, visible_cases, visible_projects
from projects.portfolio.steps import steps_of
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
    related = ("lead_council", "service", "discovery", "discovery__department", "prototype", "contact")
    return get_object_or_404(visible_projects(request.user).select_related(*related), slug=slug)


def project_page(request: HttpRequest, project: Project, **bound: forms.Form) -> HttpResponse:
    """The page of a project; `bound` is the form that was sent to it with something wrong."""
    can_edit = can_edit_project(request.user, project) and not project.has_ended
    cases = list(visible_cases(request.user, project))
    case = cases[0] if cases else None
    lead = project.lead_council
    context = {
        "project": project,
        "facts": [
            ("Led by", lead.full_name if lead else "Not on record", lead.get_absolute_url() if lead else ""),
            ("With", ", ".join(partner.full_name for partner in project.partners.all())),
            ("Department", project.department),
            ("Service", project.service),
            ("Budget", project.get_budget_band_display()),
            ("Present step", _present_step(project)),
            ("Next update due", "" if project.is_history else day_in_words(project.next_update_due)),
        ],
        "freshness": freshness_tag(project),
        "texts": [(words, said) for name, words in TEXTS if (said := getattr(project, name))],
        "not_said": series(project.not_said) if can_edit and not project.is_history else "",
        "steps": steps_of(project.discovery, [project]),
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
        "asks": _asked(project) if lead and not lead.has_ended and not can_edit else "",
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


def _present_step(project: Project) -> str:
    """`9 July 2014 to 30 September 2014 (estimated)`; empty once the project has ended."""
    if project.has_ended or project.is_history:
        return ""
    began = day_in_words(project.phase_started_on)
    return (
        f"{began} to {day_in_words(project.phase_ends_on)} (estimated)" if project.phase_ends_on else f"since {began}"
    )


def _asked(project: Project) -> str:
    """Whom the form asks, for its button: the key contact is not named to strangers."""
    return "the key contact" if project.contact and project.contact.is_active else project.lead_council.name


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
    contact = project.contact if project.contact and project.contact.is_active else None
    return ask(request, project.lead_council, about=project, person=contact)


@allow(signed_in)
def project_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    project = _project(request, slug)
    require(can_edit_project(request.user, project), BECAUSE)
    form = ProjectForm(posted(request), instance=Project.objects.get(pk=project.pk))
    done = answered(request, form, operations.change_project, project, said="Changed.")
    return done or render(request, "projects/project_form.html", {"form": form, "project": project})
