"""The secretariat's page about people: who there is, which platform roles they hold, shutting an account."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts import operations
from accounts.forms import RolesForm
from accounts.http import SignedInRequest
from accounts.lists import PEOPLE
from accounts.models import User
from accounts.permissions import can_change_roles, may_manage_people, visible_people
from accounts.roles import Role
from core.answering import answered, posted, pressed
from core.listing import listed
from core.permissions import allow
from core.words import day_in_words

_because = "Only the secretariat, with a second factor set up, sees everyone."


@allow(may_manage_people, because=_because)
def people(request: SignedInRequest) -> HttpResponse:
    return listed(request, PEOPLE, "accounts/people.html")


def _person(request: SignedInRequest, person_id: int) -> User:
    return get_object_or_404(visible_people(request.user), pk=person_id)


def _address(someone: User) -> str:
    return reverse("accounts:person", args=[someone.pk])


@allow(may_manage_people, because=_because)
def person(request: SignedInRequest, person_id: int) -> HttpResponse:
    """One person's roles; saving leaves them with exactly those that are ticked."""
    someone = _person(request, person_id)
    held = list(someone.groups.filter(name__in=Role.values).values_list("name", flat=True))
    form = RolesForm(posted(request), initial={"roles": held})
    said = f"The roles of {someone} are saved."
    if done := answered(request, form, operations.set_roles, someone, said=said, to=_address(someone)):
        return done
    facts = [
        ("Address", someone.email),
        ("Joined", day_in_words(someone.joined_at)),
        ("Account", "open" if someone.is_active else "shut"),
    ]
    context = {"someone": someone, "facts": facts, "form": form, "may_change": can_change_roles(request.user, someone)}
    return render(request, "accounts/person.html", context)


@allow(may_manage_people, because=_because)
@require_POST
def shut(request: SignedInRequest, person_id: int) -> HttpResponse:
    someone = _person(request, person_id)
    said = f"The account of {someone} is shut and they are signed out."
    return pressed(request, operations.deactivate, someone, said=said, to=_address(someone))


@allow(may_manage_people, because=_because)
@require_POST
def open_again(request: SignedInRequest, person_id: int) -> HttpResponse:
    someone = _person(request, person_id)
    said = f"The account of {someone} is open again."
    return pressed(request, operations.reactivate, someone, said=said, to=_address(someone))
