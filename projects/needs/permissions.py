"""Who may see needs, raise them, join them and look after them."""

from accounts.models import AnyUser
from councils.models import Organisation
from councils.permissions import can_contribute_for, contributes, councils_of
from projects.needs.models import Need, NeedQuerySet
from projects.permissions import can_facilitate


def visible_needs(user: AnyUser) -> NeedQuerySet:
    """All of them: a withdrawn need keeps its address and says so."""
    return Need.objects.all()


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
    """The council that raised it, or a facilitator or the secretariat for what does not belong here."""
    return can_edit_need(user, need) or can_facilitate(user)


def may_withdraw_needs(user: AnyUser) -> bool:
    """Whether someone may withdraw some need; `can_withdraw_need` asks about one."""
    return contributes(user) or can_facilitate(user)


def can_merge_needs(user: AnyUser) -> bool:
    return can_facilitate(user)


def councils_to_speak_for(user: AnyUser) -> list[Organisation]:
    """The councils for which someone may raise and join needs."""
    return [council for council in councils_of(user) if can_speak_for(user, council)]
