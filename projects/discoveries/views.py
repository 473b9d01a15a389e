"""Pages of discoveries and of the prototypes they make, and what facilitators and the secretariat do on them."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from accounts.http import SignedInRequest
from accounts.models import User
from core import clock
from core.answering import answered, posted, pressed
from core.listing import listed
from core.panels import panel_context
from core.permissions import allow, anyone
from core.words import day_in_words
from projects.discoveries import operations
from projects.discoveries.actions import actions_of_discovery
from projects.discoveries.forms import (
    DiscoveryForm,
    FeasibilityForm,
    IntoDiscoveryForm,
    IssueForm,
    LessonForm,
    OutlineForm,
    PrototypeForm,
    ScopeForm,
)
from projects.discoveries.lists import DISCOVERIES
from projects.discoveries.models import Discovery, Prototype
from projects.discoveries.permissions import visible_discoveries, visible_prototypes
from projects.discoveries.steps import first_two
from projects.needs.models import Need
from projects.needs.permissions import visible_needs
from projects.needs.similarity import similar_needs
from projects.needs.views.register import find_need
from projects.permissions import can_facilitate
from projects.sums.models import SUMS
from projects.sums.words import COLUMNS, sums_pairs, sums_table

FACILITATORS = "Only a facilitator or the secretariat, with a second factor, does this."
# The colour of a state's tag; the word says what it means.
_COLOUR_OF_STEP: dict[str, str] = {
    Discovery.Step.DISCOVERY_DAY: "teal",
    Discovery.Step.CO_DESIGN_DAY: "teal",
    Discovery.Step.FINISHED: "green",
    Discovery.Step.STOPPED: "grey",
}
_COLOUR_OF_VERDICT: dict[str, str] = {
    Discovery.Feasibility.FEASIBLE: "green",
    Discovery.Feasibility.CONDITIONAL: "amber",
    Discovery.Feasibility.NOT_FEASIBLE: "coral",
}


@allow(anyone)
@require_safe
def discovery_list(request: HttpRequest) -> HttpResponse:
    return listed(request, DISCOVERIES, "projects/discovery_list.html", can_facilitate=can_facilitate(request.user))


@allow(can_facilitate, because=FACILITATORS)
def discovery_new(request: SignedInRequest) -> HttpResponse:
    form = DiscoveryForm(posted(request))
    done = answered(request, form, operations.start_discovery, said="Started. It stands at step 1.")
    return done or render(request, "projects/discovery_form.html", {"form": form})


def _discovery(request: HttpRequest, slug: str) -> Discovery:
    found = (
        visible_discoveries(request.user)
        .select_related("department", "facilitator")
        .prefetch_related(
            "priority_issues",
            "potential_projects",
            "purposes",
            Prefetch("prototypes", Prototype.objects.select_related("outline", "project")),
            Prefetch(
                "needs",
                Need.objects.with_council_counts().order_by("-council_count", "pk"),
            ),
        )
    )
    return get_object_or_404(found, slug=slug)


def discovery_page(request: HttpRequest, discovery: Discovery, **bound: forms.Form) -> HttpResponse:
    """The page of a discovery; `bound` is the form that was sent to it with something wrong."""
    user = request.user
    at_one = discovery.step == Discovery.Step.DISCOVERY_DAY
    running = at_one or discovery.step == Discovery.Step.CO_DESIGN_DAY
    facilitates = running and can_facilitate(user)
    projects = [prototype.project for prototype in discovery.prototypes.all() if hasattr(prototype, "project")]
    context: dict[str, Any] = {
        "discovery": discovery,
        "projects": projects,
        "present_note": next((step["note"] for step in first_two(discovery) if step["state"] == "present"), ""),
        "step_colour": _COLOUR_OF_STEP[discovery.step],
        "feasibility_colour": _COLOUR_OF_VERDICT.get(discovery.feasibility, "grey"),
        "facts": [
            ("Department", discovery.department, discovery.department and discovery.department.get_absolute_url()),
            ("Theme", discovery.theme),
            ("Starts" if discovery.starts_on > clock.today() else "Started", day_in_words(discovery.starts_on)),
        ],
        "at_step_one": at_one,
        "facilitates": facilitates,
        "bound_form": next(iter(bound.values()), None),
        **panel_context(discovery, user),
    }
    context["actions"] = [panel.context["action"] for panel in context["next_panels"]]
    if facilitates:
        main, *others = actions_of_discovery(discovery, next(iter(context["actions"]), None))
        context["actions"] = [main, *(panel.context["action"] for panel in context["actions_panels"]), *others]
        names = ("issue", "scope", "feasibility", "stop") if at_one else ("stop",)
        for name in names:
            context[f"{name}_form"] = FORMS[name](prefix=name, initial=_initial(name, discovery))
        context["looks_for_near"] = "near" in request.GET
        if context["looks_for_near"]:
            waiting = visible_needs(user).filter(discovery=None)
            context["near_needs"] = similar_needs(waiting, f"{discovery.title} {discovery.theme}")
    # A form that comes back stands there even if its step has ended meanwhile: it holds what was typed.
    context |= {f"{name}_form": form for name, form in bound.items()}
    return render(request, "projects/discovery_detail.html", context)


def _initial(name: str, discovery: Discovery) -> dict[str, str]:
    if name != "feasibility":
        return {}
    return {"verdict": discovery.feasibility, "reason": discovery.feasibility_reason}


@allow(anyone)
@require_safe
def discovery(request: HttpRequest, slug: str) -> HttpResponse:
    return discovery_page(request, _discovery(request, slug))


FORMS: dict[str, type[forms.Form]] = {
    "issue": IssueForm,
    "scope": ScopeForm,
    "feasibility": FeasibilityForm,
    "stop": LessonForm,
}
# Of each form the operation, and the message once it is done.
ACTIONS: dict[str, tuple[Callable[..., Any], str]] = {
    "issue": (operations.add_priority_issue, "Priority issue added."),
    "scope": (operations.scope_project, "Potential project added."),
    "feasibility": (operations.judge_feasibility, "Verdict recorded."),
    "stop": (operations.stop_discovery, "Stopped, with what was learned."),
}


@allow(can_facilitate, because=FACILITATORS)
@require_POST
def discovery_action(request: SignedInRequest, slug: str, action: str) -> HttpResponse:
    """Answer one of the forms on a discovery's page."""
    discovery = _discovery(request, slug)
    if action not in ACTIONS:
        raise Http404
    operation, said = ACTIONS[action]
    form = FORMS[action](request.POST, prefix=action)
    done = answered(request, form, operation, discovery, said=said, to=discovery)
    return done or discovery_page(request, discovery, **{action: form})


@allow(can_facilitate, because=FACILITATORS)
@require_POST
def discovery_end_step(request: SignedInRequest, slug: str) -> HttpResponse:
    """End the step that the button named, so that one sent twice never ends the next."""
    discovery = get_object_or_404(visible_discoveries(request.user), slug=slug)
    is_second = request.POST.get("step") == Discovery.Step.CO_DESIGN_DAY
    end = operations.end_step_two if is_second else operations.end_step_one
    return pressed(
        request,
        end,
        discovery,
        said=lambda ended: f"Done. The discovery now stands at: {ended.get_step_display()}.",
    )


@allow(can_facilitate, because="Only a facilitator or the secretariat, with a second factor, gathers needs.")
def need_gather(request: SignedInRequest, slug: str) -> HttpResponse:
    """Take the need up in a discovery."""
    need = find_need(request, slug)
    form = IntoDiscoveryForm(posted(request), prefix="gather")

    def gather(*, by: User, discovery: Discovery) -> Discovery:
        operations.gather_need(discovery, need, by=by)
        return discovery

    def to(discovery: Discovery) -> Discovery | Need:
        return discovery if request.POST.get("back") == "discovery" else need

    done = answered(request, form, gather, said=lambda discovery: f"Gathered in “{discovery}”.", to=to)
    return done or render(request, "projects/need_gather.html", {"need": need, "form": form})


def _prototype(request: HttpRequest, slug: str) -> Prototype:
    found = visible_prototypes(request.user).select_related("discovery", "discovery__department", "outline", "project")
    return get_object_or_404(found, slug=slug)


@allow(anyone)
@require_safe
def prototype(request: HttpRequest, slug: str) -> HttpResponse:
    prototype = _prototype(request, slug)
    outline = getattr(prototype, "outline", None)
    project = getattr(prototype, "project", None)
    context = {
        "prototype": prototype,
        "outline": outline,
        "sums": sums_pairs(outline) if outline else None,
        "payback": sums_table(outline) if outline else None,
        "payback_columns": COLUMNS,
        "project": project,
        "facts": [
            ("Made by", prototype.made_by),
            ("Discovery", prototype.discovery, prototype.discovery.get_absolute_url()),
            ("Became", project and f"the project {project}", project and project.get_absolute_url()),
        ],
        "needs": prototype.needs.with_council_counts(),
        "can_edit": prototype.frozen_at is None and can_facilitate(request.user),
        **panel_context(prototype, request.user),
    }
    return render(request, "projects/prototype_detail.html", context)


@allow(can_facilitate, because=FACILITATORS)
def prototype_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Write down what a Co-Design Day made."""
    discovery = get_object_or_404(visible_discoveries(request.user), slug=slug)
    form = PrototypeForm(posted(request), discovery=discovery)
    said = "Written down. Add its outline business case next."
    done = answered(request, form, operations.add_prototype, discovery, said=said)
    return done or render(request, "projects/prototype_form.html", {"form": form, "discovery": discovery})


@allow(can_facilitate, because=FACILITATORS)
def prototype_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    prototype = _prototype(request, slug)
    instance = Prototype.objects.get(pk=prototype.pk)
    form = PrototypeForm(posted(request), discovery=prototype.discovery, instance=instance)
    if done := answered(request, form, operations.change_prototype, prototype, said="Changed."):
        return done
    context = {"form": form, "prototype": prototype, "discovery": prototype.discovery}
    return render(request, "projects/prototype_form.html", context)


@allow(can_facilitate, because=FACILITATORS)
def prototype_outline(request: SignedInRequest, slug: str) -> HttpResponse:
    """Write the outline business case of a prototype."""
    prototype = _prototype(request, slug)
    outline = getattr(prototype, "outline", None)
    initial = {name: getattr(outline, name) for name in (*SUMS, "note")} if outline else {}
    form = OutlineForm(posted(request), initial=initial)
    said = "Outline business case saved."
    done = answered(request, form, operations.outline_case, prototype, said=said, to=prototype)
    return done or render(request, "projects/outline_form.html", {"form": form, "prototype": prototype})
