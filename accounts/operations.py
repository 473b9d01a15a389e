"""Changes of an account and of its platform roles."""

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction

from accounts.erasure import forget
from accounts.guards import BEFORE_CLOSING
from accounts.models import User
from accounts.permissions import can_change_roles, can_close_account, can_deactivate
from accounts.queries import person_at
from accounts.roles import Role
from accounts.sessions import end_sessions
from audit.operations import log_action
from core.errors import Refused
from core.permissions import require

_REASON = "Only the secretariat, with a second factor set up, gives and takes roles, and nobody their own."


def _group(role: str) -> Group:
    if role not in Role.values:
        raise Refused("Choose one of the roles.", field="roles")
    return Group.objects.get_or_create(name=role)[0]


@transaction.atomic
def give_role(person: User, role: str, *, by: User) -> None:
    """Give a platform role. It gives no rights until the person has a second factor."""
    require(can_change_roles(by, person), _REASON)
    group = _group(role)
    if not person.is_active:
        raise Refused("This account is closed.")
    if person.groups.filter(pk=group.pk).exists():
        return
    person.groups.add(group)
    log_action("accounts.role_given", by=by, about=person, role=role)


@transaction.atomic
def take_role(person: User, role: str, *, by: User) -> None:
    """Take a platform role: the rights are gone with the next request."""
    require(can_change_roles(by, person), _REASON)
    group = _group(role)
    if not person.groups.filter(pk=group.pk).exists():
        return
    person.groups.remove(group)
    log_action("accounts.role_taken", by=by, about=person, role=role)


@transaction.atomic
def set_roles(person: User, roles: list[str], *, by: User) -> None:
    """Give and take until the person holds exactly `roles`."""
    require(can_change_roles(by, person), _REASON)
    held = set(person.groups.filter(name__in=Role.values).values_list("name", flat=True))
    for role in sorted(set(roles) - held):
        give_role(person, role, by=by)
    for role in sorted(held - set(roles)):
        take_role(person, role, by=by)


@transaction.atomic
def deactivate(person: User, *, by: User) -> None:
    """Shut an account: its sessions end and nobody can sign in with it."""
    require(can_deactivate(by, person), _REASON)
    person = User.objects.select_for_update().get(pk=person.pk)
    if not person.is_active:
        return
    person.is_active = False
    person.save(update_fields=["is_active"])
    end_sessions(person)
    log_action("accounts.shut", by=by, about=person)


@transaction.atomic
def reactivate(person: User, *, by: User) -> None:
    """Open a shut account again; one whose person was erased stays shut."""
    require(can_deactivate(by, person), _REASON)
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.erased_at:
        raise Refused("This person asked to be forgotten. The account cannot be opened again.")
    if person.is_active:
        return
    person.is_active = True
    person.save(update_fields=["is_active"])
    log_action("accounts.opened_again", by=by, about=person)


@transaction.atomic
def close_account(person: User, *, by: User) -> None:
    """Erase a person, by themselves or by the secretariat on their behalf. Cannot be undone.

    What they hold and others wait for, such as places at coming events, is given back first.
    """
    require(can_close_account(by, person), "Only you, or the secretariat on your behalf, closes your account.")
    BEFORE_CLOSING.ask(person)
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.erased_at:
        return
    touched = forget(person)
    log_action("accounts.closed", by=by, about=person, rows=touched)


@transaction.atomic
def change_profile(person: User, *, by: User, name: str, job_title: str = "") -> None:
    """Change the name and job title that other people see."""
    require(by == person, "Everyone changes their own name.")
    User.objects.filter(pk=person.pk).update(name=name, job_title=job_title)
    log_action("accounts.profile_changed", by=by, about=person)


def account_for(address: str, *, name: str) -> User:
    """The account with that address, or a new one without a password, which only a code sent to it opens.

    Callers have asked who may: nobody is signed in by it.
    """
    if known := person_at(address):
        return known
    try:
        with transaction.atomic():
            person = User.objects.create_user(address.strip(), name=name)
            # So that the code sent there proves it in the same act.
            EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=False)
            return person
    except IntegrityError:
        # Somebody else has made it since.
        if known := person_at(address):
            return known
        raise
