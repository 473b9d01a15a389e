"""Pages of projects and their business cases, and what those who lead them do on them."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import SignedInRequest
from accounts.models import AnyUser
from core.answering import answered, posted, pressed, turned_back, way_back
from core.copies import do_not_keep
from core.history import is_told
from core.listing import listed
from core.panels import panel_context
from core.permissions import allow, anyone, require, signed_in
from core.words import day_in_words, series
from councils.views.ask import ask
from projects.discoveries.forms import LessonForm
from projects.permissions import can_facilitate
from projects.portfolio import links, months, nudging, operations
from projects.portfolio.described import TEXTS
from projects.portfolio.forms import LaunchForm, PauseForm, ProjectForm, PurposesForm, ResumeForm, UpdateForm
from projects.portfolio.freshness import freshness_tag, rhythm
from projects.portfolio.lists import PROJECTS
from projects.portfolio.models import BusinessCase, Project, StatusUpdate
from projects.portfolio.operations import BECAUSE
from projects.portfolio.permissions import can_edit_project, can_nudge, leads_project, visible_cases, visible_projects
from projects.portfolio.standing import standing_of
from projects.portfolio.steps import steps_of
from projects.portfolio.suggestion import is_rated, suggestions
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
    """The list; beside what is late, whoever may have its owner asked for an update finds the button."""

    def nudge(project: Project) -> str:
        if not can_nudge(request.user, project):
            return ""
        return render_to_string("projects/nudge.html", {"project": project, "here": request.get_full_path()}, request)

    return listed(request, PROJECTS, "projects/project_list.html", beside=nudge)


def _project(request: HttpRequest, slug: str) -> Project:
    related = ("lead_council", "service", "discovery", "discovery__department", "prototype", "contact")
    return get_object_or_404(visible_projects(request.user).select_related(*related), slug=slug)


def project_page(request: HttpRequest, project: Project, **bound: forms.Form) -> HttpResponse:
    """The page of a project; `bound` is the form that was sent to it with something wrong."""
    can_edit = can_edit_project(request.user, project) and not project.has_ended
    cases = list(visible_cases(request.user, project))
    case = cases[0] if cases else None
    lead = project.lead_council
    updates = months.updates_shown(project)
    context = {
        "project": project,
        "facts": [
            ("Led by", lead.full_name if lead else "Not on record", lead.get_absolute_url() if lead else ""),
            ("With", ", ".join(partner.full_name for partner in project.partners.all())),
            ("Department", project.department),
            ("Service", project.service),
            ("Budget", project.get_budget_band_display()),
            ("Present step", _present_step(project)),
            ("Next update due", day_in_words(project.next_update_due) if is_rated(project) else ""),
        ],
        "freshness": freshness_tag(project),
        "standing": standing_of(project, next(iter(updates), None), suggestions([project]).get(project.pk)),
        "texts": [(words, said) for name, words in TEXTS if (said := getattr(project, name))],
        "not_said": series(project.not_said) if can_edit and not project.is_history else "",
        "steps": steps_of(project.discovery, [project]),
        "updates": updates[: months.LATEST],
        "months": months.rows_of(project, updates) if updates else [],
        "month_columns": months.COLUMNS,
        "purposes": project.purposes.all(),
        "can_tag": can_edit_project(request.user, project),
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
        "can_launch": can_edit
        and project.stage == Project.Stage.CO_DEVELOP
        and project.case_accepted_on is not None
        and not project.is_paused,
        "can_finish": can_edit and project.stage == Project.Stage.LAUNCH and not project.is_paused,
        "can_confirm": can_edit and leads_project(request.user, project) and bool(updates) and is_rated(project),
        "can_nudge": can_nudge(request.user, project),
        "keeps_record": can_edit and can_facilitate(request.user) and is_told(project.started_on),
        "bound_form": next(iter(bound.values()), None),
        **panel_context(project, request.user),
    }
    if can_edit:
        for name in FORMS:
            context[f"{name}_form"] = bound.get(name) or _form(name, project)
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


STILL_ACCURATE = "Thank you. The line still holds, and counts as today’s update."
FORMS: dict[str, type[forms.Form]] = {
    "update": UpdateForm,
    "launch": LaunchForm,
    "pause": PauseForm,
    "resume": ResumeForm,
    "revive": ResumeForm,
    "stop": LessonForm,
}
# Of each form the operation, and the message once it is done.
ACTIONS: dict[str, tuple[Callable[..., Any], str]] = {
    "update": (operations.post_update, "Posted."),
    "launch": (operations.launch, "Launched. It stands at step 4."),
    "pause": (operations.pause_project, "Paused. On that day it waits for those who lead it."),
    "resume": (operations.resume_project, "It goes on, and its update is posted."),
    "revive": (operations.take_off_record, "It goes on today: its owner is asked for updates again."),
    "stop": (operations.stop_project, "Stopped, with what was learned."),
}


# Of a form that the page does not always show, the rule that is asked before it is read.
RULES: dict[str, Callable[[Project], None]] = {
    "pause": operations.may_be_paused,
    "resume": operations.may_go_on,
    "revive": operations.may_leave_record,
}


def _form(action: str, project: Project, sent: QueryDict | None = None) -> forms.Form:
    """The form of an action on a project's page, filled in with what is known."""
    if action == "update":
        return UpdateForm(sent, prefix=action, project=project)
    initial = {"lesson": project.lesson} if action in {"pause", "stop"} else None
    return FORMS[action](sent, prefix=action, initial=initial)


@allow(signed_in)
@require_POST
def project_action(request: SignedInRequest, slug: str, action: str) -> HttpResponse:
    """Answer one of the forms on a project's page."""
    project = _project(request, slug)
    if action not in ACTIONS:
        raise Http404
    require(can_edit_project(request.user, project), BECAUSE)
    if action in RULES and (back := turned_back(request, RULES[action], project, to=project)):
        return back
    operation, said = ACTIONS[action]
    form = _form(action, project, request.POST)
    done = answered(request, form, operation, project, said=said, to=project)
    return done or project_page(request, project, **{action: form})


@allow(signed_in)
@require_POST
def project_finish(request: SignedInRequest, slug: str) -> HttpResponse:
    project = _project(request, slug)
    return pressed(request, operations.finish_project, project, said="Finished. No more updates are due.")


@allow(signed_in)
@require_POST
def project_confirm(request: SignedInRequest, slug: str) -> HttpResponse:
    """Say that the last line still holds."""
    project = _project(request, slug)
    to = way_back(request) or project
    return pressed(request, operations.confirm_update, project, said=STILL_ACCURATE, to=to)


@allow(signed_in)
@require_POST
def project_nudge(request: SignedInRequest, slug: str) -> HttpResponse:
    """Have the owner of a project asked for its update, from a list or from its page."""
    project, back = _project(request, slug), way_back(request)
    said = f"The people of {project.lead_council} are asked for an update of “{project}”."
    return pressed(request, nudging.nudge_owner, project, said=said, to=back or project, back=back or project)


@allow(signed_in)
@require_POST
def project_record(request: SignedInRequest, slug: str) -> HttpResponse:
    """Put a project on the record of 2013 to 2015."""
    said = "Part of the record. Nobody is asked for an update of it."
    return pressed(request, operations.put_on_record, _project(request, slug), said=said)


@allow(anyone)
@require_http_methods(["GET", "HEAD", "POST"])
def still_accurate(request: HttpRequest, token: str) -> HttpResponse:
    """The page of the link in a mail that asks for an update: reading changes nothing, its one button does."""
    do_not_keep(request)
    link = links.link_in(token)
    if link is None:
        return render(request, "projects/still_accurate.html", {"link": None}, status=404)
    if request.method == "POST":
        return pressed(request, _press, link, said=STILL_ACCURATE, to=link)
    onward = urlencode({"next": f"{link.project.get_absolute_url()}#latest"})
    context = {
        "link": link,
        "project": link.project,
        "rhythm": rhythm(link.project),
        "latest": link.project.updates.first(),
        "write_url": f"{reverse('account_login')}?{onward}",
    }
    return render(request, "projects/still_accurate.html", context)


def _press(link: links.UpdateLink, *, by: AnyUser) -> StatusUpdate:
    """Whoever presses need not have signed in: the link says whom it was sent to."""
    return nudging.confirm_by_link(link)


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


@allow(signed_in)
def project_purposes(request: SignedInRequest, slug: str) -> HttpResponse:
    """Which purposes a project serves, one that has ended too."""
    project = _project(request, slug)
    require(can_edit_project(request.user, project), BECAUSE)
    form = PurposesForm(posted(request), project=project)
    done = answered(request, form, operations.tag_project, project, said="Saved.")
    return done or render(request, "projects/purposes_form.html", {"form": form, "project": project})
