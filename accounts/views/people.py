"""The secretariat's page about people: who there is, which platform roles they hold, shutting an account."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts import operations
from accounts.forms import RolesForm
from accounts.http import SignedInRequest
from accounts.lists import PEOPLE
from accounts.models import User
from accounts.permissions import can_change_roles, may_manage_people, visible_people
from accounts.roles import Role
from core.errors import Refused
from core.listing import listed
from core.permissions import door
from core.words import day_in_words

_because = "Only the secretariat, with a second factor set up, sees everyone."


@door(may_manage_people, because=_because)
def people(request: SignedInRequest) -> HttpResponse:
    return listed(request, PEOPLE, "accounts/people.html")


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
        ("Joined", day_in_words(someone.joined_at)),
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
