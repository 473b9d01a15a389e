from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from core.errors import Refused
from core.forms import refuse
from core.panels import panel_context
from core.permissions import anyone, door
from projects import operations
from projects.forms.discoveries import PrototypeForm
from projects.forms.sums import OutlineForm
from projects.models import Project, Prototype
from projects.permissions import can_facilitate, visible_discoveries, visible_prototypes
from projects.steps import steps_of
from projects.sums_table import COLUMNS, sums_pairs, sums_table
from projects.views.discoveries import FACILITATORS

SUMS = ("volume", "unit_cost_now", "saving_per_unit", "take_up", "one_off_cost")


def _prototype(request: HttpRequest, slug: str) -> Prototype:
    found = visible_prototypes(request.user).select_related("discovery", "discovery__department", "outline", "project")
    return get_object_or_404(found, slug=slug)


@door(anyone)
@require_safe
def prototype(request: HttpRequest, slug: str) -> HttpResponse:
    prototype = _prototype(request, slug)
    outline = getattr(prototype, "outline", None)
    project: Project | None = getattr(prototype, "project", None)
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
        "steps": steps_of(prototype.discovery, [project] if project else []),
        "can_edit": prototype.frozen_at is None and can_facilitate(request.user),
        **panel_context(prototype, request.user),
    }
    return render(request, "projects/prototype_detail.html", context)


@door(can_facilitate, because=FACILITATORS)
def prototype_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Write down what a Co-Design Day made."""
    discovery = get_object_or_404(visible_discoveries(request.user), slug=slug)
    form = PrototypeForm(request.POST or None, discovery=discovery)
    if request.method == "POST" and form.is_valid():
        try:
            prototype = operations.add_prototype(discovery, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "Written down. Add its outline business case next.")
            return redirect(prototype)
    return render(request, "projects/prototype_form.html", {"form": form, "discovery": discovery})


@door(can_facilitate, because=FACILITATORS)
def prototype_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    prototype = _prototype(request, slug)
    instance = Prototype.objects.get(pk=prototype.pk)
    form = PrototypeForm(request.POST or None, discovery=prototype.discovery, instance=instance)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_prototype(prototype, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "Changed.")
            return redirect(prototype)
    context = {"form": form, "prototype": prototype, "discovery": prototype.discovery}
    return render(request, "projects/prototype_form.html", context)


@door(can_facilitate, because=FACILITATORS)
def prototype_outline(request: SignedInRequest, slug: str) -> HttpResponse:
    """The first sums."""
    prototype = _prototype(request, slug)
    outline = getattr(prototype, "outline", None)
    initial = {name: getattr(outline, name) for name in (*SUMS, "note")} if outline else {}
    form = OutlineForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            operations.outline_case(prototype, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "Outline business case saved.")
            return redirect(prototype)
    return render(request, "projects/outline_form.html", {"form": form, "prototype": prototype})
