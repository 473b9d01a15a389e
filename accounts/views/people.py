"""The secretariat's page about people: who there is, which platform roles they hold, shutting an account."""

from django.contrib import messages
from django.contrib.auth.models import Group
from django.db.models import Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts import operations
from accounts.forms import PeopleFilter, RolesForm
from accounts.http import SignedInRequest
from accounts.models import User
from accounts.permissions import can_change_roles, may_manage_people, visible_people
from accounts.roles import Role
from core.csv import csv_response
from core.errors import Refused
from core.pagination import page_of
from core.permissions import door

_because = "Only the secretariat, with a second factor set up, sees everyone."
_roles = Prefetch("groups", Group.objects.filter(name__in=Role.values).order_by("name"), to_attr="platform_roles")


@door(may_manage_people, because=_because)
def people(request: SignedInRequest) -> HttpResponse:
    form = PeopleFilter(request.GET)
    form.is_valid()
    chosen = {name: value for name, value in form.cleaned_data.items() if value}
    found = visible_people(request.user).prefetch_related(_roles).order_by("name", "pk")
    if words := chosen.get("q"):
        found = found.filter(Q(name__icontains=words) | Q(email__icontains=words))
    if role := chosen.get("role"):
        found = found.filter(groups__name=role)
    if request.GET.get("format") == "csv":
        rows = ((p.name, p.email, p.job_title, "; ".join(g.name for g in p.platform_roles), p.is_active) for p in found)
        filters = ", ".join(f"{name}={value}" for name, value in chosen.items()) or "none"
        columns = ("Name", "Address", "Job title", "Platform roles", "Open")
        return csv_response("People", columns, rows, filters=filters, name="people")
    query = request.GET.copy()
    query["format"] = "csv"
    page = page_of(request, found)
    for each in page:
        names = [group.name for group in each.platform_roles]
        each.roles_line = ", ".join(names) if each.is_active else "Shut"
        each.roles_colour = "teal" if each.is_active else "grey"
    context = {"page": page, "form": PeopleFilter(initial=chosen), "csv_url": "?" + query.urlencode()}
    return render(request, "accounts/people.html", context)


def _person(request: SignedInRequest, person_id: int) -> User:
    return get_object_or_404(visible_people(request.user), pk=person_id)


@door(may_manage_people, because=_because)
def person(request: SignedInRequest, person_id: int) -> HttpResponse:
    """One person's roles; saving gives and takes until they hold what is ticked."""
    someone = _person(request, person_id)
    held = list(someone.groups.filter(name__in=Role.values).values_list("name", flat=True))
    form = RolesForm(request.POST or None, initial={"roles": held})
    if request.method == "POST" and form.is_valid():
        operations.set_roles(someone, form.cleaned_data["roles"], by=request.user)
        messages.success(request, f"The roles of {someone} are saved.")
        return redirect("accounts:person", person_id=someone.pk)
    facts = [
        ("Address", someone.email),
        ("Joined", f"{timezone.localtime(someone.joined_at):%-d %B %Y}"),
        ("Account", "open" if someone.is_active else "shut"),
    ]
    context = {"someone": someone, "facts": facts, "form": form, "may_change": can_change_roles(request.user, someone)}
    return render(request, "accounts/person.html", context)


@door(may_manage_people, because=_because)
@require_POST
def shut(request: SignedInRequest, person_id: int) -> HttpResponse:
    someone = _person(request, person_id)
    operations.deactivate(someone, by=request.user)
    messages.success(request, f"The account of {someone} is shut and they are signed out.")
    return redirect("accounts:person", person_id=someone.pk)


@door(may_manage_people, because=_because)
@require_POST
def open_again(request: SignedInRequest, person_id: int) -> HttpResponse:
    someone = _person(request, person_id)
    try:
        operations.reactivate(someone, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"The account of {someone} is open again.")
    return redirect("accounts:person", person_id=someone.pk)
