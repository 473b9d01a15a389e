"""Who may act for which organisation."""

from django.db.models import Q, QuerySet

from accounts.models import AnyUser, User
from accounts.permissions import has_second_factor, may_manage_people
from accounts.permissions import needs_second_factor as needs_second_factor_for_a_role
from accounts.rights import remembered
from core.permissions import EVERYONE
from core.statements import built_once
from councils.models import Membership, Organisation, OrganisationQuerySet, System, SystemQuerySet

RANK = {role: rank for rank, role in enumerate(Membership.Role.values)}


def memberships_of(user: AnyUser) -> list[Membership]:
    """Someone's confirmed memberships of organisations that exist."""
    living = _living_memberships(user)
    return [m for m in living if m.state == Membership.State.CONFIRMED and not m.organisation.has_ended]


def asked_memberships_of(user: AnyUser) -> list[Membership]:
    """The memberships someone asked for that wait to be confirmed, read in the same query as the confirmed ones."""
    return [m for m in _living_memberships(user) if m.state == Membership.State.CANDIDATE]


def _living_memberships(user: AnyUser) -> list[Membership]:
    return remembered(user, _living) if user.is_authenticated and user.is_active else []


def _living(user: User) -> list[Membership]:
    found = _living_of(user.pk)
    for membership in found:
        membership.person = user
    return found


@built_once
def _living_of(person: int) -> QuerySet[Membership]:
    living = Membership.objects.filter(person=person).exclude(state=Membership.State.ENDED)
    return living.select_related("organisation")


def organisations_of(user: AnyUser, *, at_least: str = Membership.Role.READER) -> list[Organisation]:
    """The organisations someone belongs to with at least that role."""
    return [m.organisation for m in memberships_of(user) if RANK[m.role] >= RANK[at_least]]


def only_organisation_of(user: AnyUser) -> Organisation | None:
    """The organisation for which somebody comes who says none: theirs, where they belong to one alone."""
    own = organisations_of(user)
    return own[0] if len(own) == 1 else None


def councils_of(user: AnyUser, *, at_least: str = Membership.Role.READER) -> list[Organisation]:
    """The councils someone belongs to with at least that role."""
    return [organisation for organisation in organisations_of(user, at_least=at_least) if organisation.is_council]


def contributes(user: AnyUser) -> bool:
    """Whether someone is a confirmed contributor of any council, as raising a need or registering an asset takes."""
    return any(map(makes_contributor, _living_memberships(user)))


def makes_contributor(membership: Membership) -> bool:
    """Whether this place alone makes whoever has it a contributor of a council."""
    council, is_confirmed = membership.organisation, membership.state == Membership.State.CONFIRMED
    is_enough = is_confirmed and RANK[membership.role] >= RANK[Membership.Role.CONTRIBUTOR]
    return is_enough and council.is_council and not council.has_ended


def can_contribute_for(user: AnyUser, organisation: Organisation) -> bool:
    return organisation in organisations_of(user, at_least=Membership.Role.CONTRIBUTOR)


def can_publish_for(user: AnyUser, organisation: Organisation) -> bool:
    return organisation in organisations_of(user, at_least=Membership.Role.PUBLISHER)


def can_lead(user: AnyUser, organisation: Organisation) -> bool:
    """Whether someone leads the organisation, with a second factor."""
    return organisation in organisations_of(user, at_least=Membership.Role.LEAD) and has_second_factor(user)


def needs_second_factor(user: AnyUser) -> bool:
    """Whether someone has a platform role or leads a council, without the second factor that this needs."""
    if needs_second_factor_for_a_role(user):
        return True
    return any(m.role == Membership.Role.LEAD for m in memberships_of(user)) and not has_second_factor(user)


def can_confirm_members(user: AnyUser, organisation: Organisation) -> bool:
    """Whether someone may confirm members: the organisation's lead or the secretariat."""
    return may_manage_people(user) or can_lead(user, organisation)


def can_confirm_membership(user: AnyUser, membership: Membership) -> bool:
    """Whether someone may confirm this membership or change its role; never their own."""
    return can_confirm_members(user, membership.organisation) and user != membership.person


def can_end_membership(user: AnyUser, membership: Membership) -> bool:
    """Whether someone may end this membership: those who may confirm it, and its own person."""
    return user.is_authenticated and (user == membership.person or can_confirm_members(user, membership.organisation))


def can_hand_over_work(user: AnyUser, organisation: Organisation) -> bool:
    """Whether someone may give a colleague what is in a leaver's name: the organisation's lead or the secretariat."""
    return not organisation.has_ended and can_confirm_members(user, organisation)


def can_reorganise(user: AnyUser) -> bool:
    """Whether someone may say that a council ends and who carries on: the secretariat, with a second factor."""
    return may_manage_people(user)


def can_see_members(user: AnyUser) -> bool:
    """Whether someone may see members' names: people who are signed in."""
    return user.is_authenticated


def visible_organisations(user: AnyUser) -> OrganisationQuerySet:
    """All organisations, ended ones too: they are public."""
    return Organisation.objects.all()


def visible_memberships(user: AnyUser) -> QuerySet[Membership]:
    """The memberships that someone may decide on or leave."""
    if not user.is_authenticated:
        return Membership.objects.none()
    if may_manage_people(user):
        return Membership.objects.all()
    led = [m.organisation_id for m in memberships_of(user) if can_lead(user, m.organisation)]
    return Membership.objects.filter(Q(person=user) | Q(organisation__in=led))


def can_declare_system(user: AnyUser, council: Organisation) -> bool:
    """Whether someone may say what a council runs: its contributors."""
    return council.is_council and can_contribute_for(user, council)


def can_confirm_system(user: AnyUser, system: System) -> bool:
    """Whether someone may confirm it: the lead of the council, with a second factor."""
    return can_lead(user, system.council)


def can_change_system(user: AnyUser, system: System) -> bool:
    """Whether someone may change or remove it: contributors while it waits, and its lead."""
    return can_lead(user, system.council) or (not system.is_confirmed and can_contribute_for(user, system.council))


def visible_systems(user: AnyUser) -> SystemQuerySet:
    """What councils run as their leads confirmed it, for everybody; to contributors also what waits at their own."""
    own = organisations_of(user, at_least=Membership.Role.CONTRIBUTOR)
    return System.objects.filter(Q(confirmed_at__isnull=False) | Q(council__in=own))


def waiting_systems(user: AnyUser) -> SystemQuerySet:
    """The systems that wait for this lead."""
    led = organisations_of(user, at_least=Membership.Role.LEAD)
    return System.objects.filter(confirmed_at__isnull=True, council__in=led)


def waiting_members(user: AnyUser) -> QuerySet[Membership]:
    """The waiting memberships that this person decides about; no query for people who decide about none."""
    waiting = Membership.objects.filter(state=Membership.State.CANDIDATE).exclude(person_id=user.pk)
    if may_manage_people(user):
        return waiting
    led = [m.organisation_id for m in memberships_of(user) if can_lead(user, m.organisation)]
    return waiting.filter(organisation__in=led) if led else Membership.objects.none()


def reader_groups(organisation: Organisation) -> list[str]:
    return [EVERYONE]


def members_of(organisation: Organisation) -> QuerySet[User]:
    """The people whose membership was confirmed."""
    return User.objects.filter(
        memberships__organisation=organisation, memberships__state=Membership.State.CONFIRMED, is_active=True
    )
