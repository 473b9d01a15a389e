"""What a council runs: its list, and the forms in which its people say so."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from core.answering import answered, posted, pressed, way_back
from core.numbers import HIGHEST_KEY
from core.permissions import allow, anyone, require, signed_in
from core.tables import MADE_UP, Table, made_up_cell, table_response, wants_table
from core.words import one_or_many, series
from councils import systems as operations
from councils.forms import SystemForm
from councils.models import Organisation, System
from councils.permissions import (
    can_change_system,
    can_confirm_system,
    can_declare_system,
    contributes,
    visible_organisations,
    visible_systems,
)
from councils.queries import SYSTEM_COLUMNS, names_of_products, others_that_run, system_rows, systems_of

NOT_YOURS = "Only confirmed contributors of a council can say what it runs."


def _council(request: HttpRequest, slug: str) -> Organisation:
    return get_object_or_404(visible_organisations(request.user).councils(), slug=slug)


@allow(anyone)
def systems(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What a council runs, for everybody; to its own people also what waits."""
    council = _council(request, slug)
    found = systems_of(council, request.user)
    if wants_table(request):
        return table_response(request, _table(council, [each for each in found if each.is_confirmed]))
    waiting = [each for each in found if not each.is_confirmed]
    standing = [each for each in found if each.is_confirmed]
    context = {
        "organisation": council,
        "columns": SYSTEM_COLUMNS,
        "rows": system_rows(standing),
        "download": request.path,
        "waiting": [(each, can_confirm_system(request.user, each)) for each in waiting],
        "changeable": [each for each in standing if can_change_system(request.user, each)],
        "may_declare": can_declare_system(request.user, council),
    }
    return render(request, "councils/systems.html", context)


def _table(council: Organisation, found: list[System]) -> Table:
    return Table(
        name=f"systems-{council.slug}",
        title=f"What {council.official_name} runs, as it says itself",
        columns=("Product", "For", "Supplier", "Until", MADE_UP),
        rows=[(each.product, each.purpose, each.supplier, each.until, made_up_cell(each)) for each in found],
    )


@allow(contributes, because=NOT_YOURS)
def declare_system(request: SignedInRequest, slug: str) -> HttpResponse:
    """Say that one's council runs a product."""
    council = _council(request, slug)
    require(can_declare_system(request.user, council), NOT_YOURS)
    form = SystemForm(posted(request), names=names_of_products())
    done = answered(request, form, operations.declare_system, council, said=_thanks, to=_list_of(council))
    return done or render(request, "councils/system.html", {"organisation": council, "form": form})


def _thanks(system: System) -> str:
    said = f"{system.product} is on the list{'' if system.is_confirmed else ' once your lead confirms it'}."
    if others := others_that_run(system):
        return f"{said} {series(others, most=3)} {one_or_many(len(others), 'runs', 'run')} it too."
    return f"{said} No other council has entered a product of this name. If others call it otherwise, use their name."


def _list_of(council: Organisation) -> str:
    return reverse("councils:systems", args=[council.slug])


def _system(request: HttpRequest, slug: str, system_id: int) -> System:
    found = visible_systems(request.user).select_related("council", "service")
    return get_object_or_404(found, pk=min(system_id, HIGHEST_KEY), council__slug=slug)


@allow(contributes, because=NOT_YOURS)
def change_system(request: SignedInRequest, slug: str, system_id: int) -> HttpResponse:
    """Change a line of the list."""
    system = _system(request, slug, system_id)
    require(can_change_system(request.user, system), "What a lead has confirmed, only a lead of the council changes.")
    fields = ("product", "service", "used_for", "supplier", "until")
    form = SystemForm(
        posted(request), initial={name: getattr(system, name) for name in fields}, names=names_of_products()
    )
    to = _list_of(system.council)
    if done := answered(request, form, operations.change_system, system, said="The list is changed.", to=to):
        return done
    context = {"organisation": system.council, "form": form, "system": system}
    return render(request, "councils/system.html", context)


@allow(signed_in)
@require_POST
def confirm_system(request: SignedInRequest, slug: str, system_id: int) -> HttpResponse:
    system = _system(request, slug, system_id)
    said = f"Confirmed: {system.council} runs {system.product}."
    to = way_back(request) or _list_of(system.council)
    return pressed(request, operations.confirm_system, system, said=said, to=to)


@allow(signed_in)
@require_POST
def remove_system(request: SignedInRequest, slug: str, system_id: int) -> HttpResponse:
    system = _system(request, slug, system_id)
    said = f"{system.product} is off the list."
    to = way_back(request) or _list_of(system.council)
    return pressed(request, operations.remove_system, system, said=said, to=to)
