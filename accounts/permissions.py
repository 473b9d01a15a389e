"""Who holds which platform role, and whether with a second factor."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet

from accounts.models import AnyUser, User
from accounts.rights import remembered
from accounts.roles import Role


def roles_of(user: AnyUser) -> frozenset[str]:
    """The platform roles someone was given. A superuser holds them all."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    if user.is_superuser:
        return frozenset(Role.values)
    return remembered(user, _roles_given_to)


def _roles_given_to(user: User) -> frozenset[str]:
    return frozenset(user.groups.values_list("name", flat=True)) & frozenset(Role.values)


def has_role(user: AnyUser, *roles: Role) -> bool:
    """Whether someone was given one of `roles`: enough to read, not to act."""
    return not roles_of(user).isdisjoint(roles)


def holders_of(role: Role) -> QuerySet[User]:
    """The people a role was given to."""
    return User.objects.filter(groups__name=role, is_active=True)


def has_second_factor(user: AnyUser) -> bool:
    """Whether the account has a second factor. The demo asks for none."""
    if settings.DEMO:
        return True
    return user.is_authenticated and remembered(user, is_mfa_enabled)


def acts_as(user: AnyUser, *roles: Role) -> bool:
    """Whether someone may act in one of `roles` now: given it, and with a second factor set up."""
    return has_role(user, *roles) and has_second_factor(user)


def is_asked_to_facilitate(user: AnyUser) -> bool:
    """Whether somebody's week lists what there is to run: a facilitator's does; the secretariat may run it unasked."""
    return acts_as(user, Role.FACILITATOR)


def acts_as_superuser(user: AnyUser) -> bool:
    """Whether someone is an active superuser with a second factor set up."""
    return user.is_superuser and user.is_active and has_second_factor(user)


def may_manage_people(user: AnyUser) -> bool:
    """The secretariat gives and takes platform roles and confirms members."""
    return acts_as(user, Role.SECRETARIAT)


def needs_second_factor(user: AnyUser) -> bool:
    """Whether someone holds a platform role that gives no rights until they set up a second factor."""
    return bool(roles_of(user)) and not has_second_factor(user)


def may_enter_admin(user: AnyUser) -> bool:
    """Whether someone may open the Wagtail admin; holders of a role need a second factor."""
    if not user.is_authenticated or needs_second_factor(user):
        return False
    # `has_perm` asks twice, for all that somebody may do.
    return ModelBackend().with_perm("wagtailadmin.access_admin").filter(pk=user.pk).exists()


def can_change_roles(user: AnyUser, person: User) -> bool:
    """The secretariat, for anybody but themselves; only a superuser for a superuser."""
    return may_manage_people(user) and user != person and (user.is_superuser or not person.is_superuser)


def can_deactivate(user: AnyUser, person: User) -> bool:
    return can_change_roles(user, person)


def can_close_account(user: AnyUser, person: User) -> bool:
    """People their own; the secretariat anybody's, at their wish."""
    return user.is_authenticated and (user == person or can_change_roles(user, person))


def visible_people(user: AnyUser) -> QuerySet[User]:
    """Everyone who has not been erased, for the secretariat."""
    return User.objects.filter(erased_at=None) if may_manage_people(user) else User.objects.none()
