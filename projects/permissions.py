"""Who may see and do what along the four steps. Everything in them may be read by everyone."""

from typing import Any

from django.db.models import QuerySet

from accounts.models import AnyUser
from accounts.permissions import acts_as
from accounts.roles import Role
from councils.models import Organisation
from councils.permissions import can_contribute_for, can_publish_for, contributes, councils_of
from projects.models import Discovery, Need, Project, Prototype
from projects.models.need import NeedQuerySet
from projects.models.project import ProjectQuerySet


def visible_needs(user: AnyUser) -> NeedQuerySet:
    """All of them: a withdrawn need keeps its address and says so."""
    return Need.objects.all()


def visible_discoveries(user: AnyUser) -> QuerySet[Discovery]:
    return Discovery.objects.all()


def visible_prototypes(user: AnyUser) -> QuerySet[Prototype]:
    return Prototype.objects.all()


def visible_projects(user: AnyUser) -> ProjectQuerySet:
    return Project.objects.all()


def reader_groups(record: Any) -> list[str]:
    """The four lists above as search stores them."""
    return ["everyone"]


def can_raise_need(user: AnyUser) -> bool:
    """Whoever a council has confirmed as a contributor."""
    return contributes(user)


def can_speak_for(user: AnyUser, council: Organisation) -> bool:
    """Contributors of that council while it exists; no other kind of organisation raises or joins a need."""
    return council.is_council and can_contribute_for(user, council)


def can_join_need(user: AnyUser, need: Need, council: Organisation) -> bool:
    """Contributors join for their own council. Whether the need still takes councils is the operation's rule."""
    return can_speak_for(user, council)


def can_edit_need(user: AnyUser, need: Need) -> bool:
    """Contributors of the council that raised it."""
    return can_speak_for(user, need.council)


def can_withdraw_need(user: AnyUser, need: Need) -> bool:
    """The council that raised it, or a facilitator for what does not belong here."""
    return can_edit_need(user, need) or can_facilitate(user)


def may_withdraw_needs(user: AnyUser) -> bool:
    """Whether someone may withdraw any need at all: the door to the deed."""
    return contributes(user) or can_facilitate(user)


def can_merge_needs(user: AnyUser) -> bool:
    return can_facilitate(user)


def can_facilitate(user: AnyUser) -> bool:
    """Facilitators lead discoveries, their days and what comes out of them."""
    return acts_as(user, Role.FACILITATOR)


def can_edit_project(user: AnyUser, project: Project) -> bool:
    """Publishers and leads of the leading council, facilitators, the secretariat."""
    leads = project.lead_council is not None and can_publish_for(user, project.lead_council)
    return leads or acts_as(user, Role.FACILITATOR, Role.SECRETARIAT)


def can_decide_case(user: AnyUser) -> bool:
    """The board decides, and the secretariat records what was decided."""
    return acts_as(user, Role.BOARD, Role.SECRETARIAT)


def councils_to_speak_for(user: AnyUser) -> list[Organisation]:
    """The councils for which someone may raise and join needs."""
    return [council for council in councils_of(user) if can_speak_for(user, council)]
