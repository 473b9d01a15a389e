"""Who may say and confirm that a council uses an asset, and who may promise and check what gets better."""

from django.db.models import Q, QuerySet

from accounts.models import AnyUser
from accounts.permissions import acts_as, has_role
from accounts.roles import KEEPING_THE_REGISTRY, Role
from assets_registry.models import Asset
from assets_registry.permissions import visible_assets
from core.permissions import is_one_of
from councils.models import Membership, Organisation
from councils.permissions import can_contribute_for, can_lead, organisations_of
from projects.models import Project
from projects.permissions import can_facilitate
from take_up.models import Adoption, Benefit, Commitment


def can_see_waiting(user: AnyUser) -> bool:
    """Whether someone has a queue here: publishers and leads of any organisation, editors, the secretariat."""
    return has_role(user, *KEEPING_THE_REGISTRY) or bool(organisations_of(user, at_least=Membership.Role.PUBLISHER))


def waiting_adoptions(user: AnyUser) -> QuerySet[Adoption]:
    """The adoptions, and changes of them, that wait for this lead."""
    leads = organisations_of(user, at_least=Membership.Role.LEAD)
    return Adoption.objects.filter(Q(confirmed_at__isnull=True) | ~Q(asked_status=""), council__in=leads)


def visible_adoptions(user: AnyUser) -> QuerySet[Adoption]:
    """Confirmed ones of councils that may be named, on assets one may see; one's own council's always."""
    own = organisations_of(user, at_least=Membership.Role.CONTRIBUTOR)
    shown = Q(confirmed_at__isnull=False, may_be_listed=True) | Q(council__in=own)
    return Adoption.objects.filter(shown, is_one_of(visible_assets(user), "asset"))


def can_declare_adoption(user: AnyUser, council: Organisation) -> bool:
    return council.is_council and can_contribute_for(user, council)


def can_change_adoption(user: AnyUser, adoption: Adoption) -> bool:
    return can_contribute_for(user, adoption.council)


def can_confirm_adoption(user: AnyUser, adoption: Adoption) -> bool:
    """The lead of the adopting council, with a second factor."""
    return can_lead(user, adoption.council)


def can_see_unnamed(user: AnyUser, asset: Asset) -> bool:
    """Whether someone sees councils that do not want to be named: the asset's owner, editors, the secretariat."""
    return has_role(user, *KEEPING_THE_REGISTRY) or asset.owner in organisations_of(user)


def visible_commitments(user: AnyUser) -> QuerySet[Commitment]:
    """Confirmed ones of councils that may be named, on assets one may see; one's own council's always."""
    own = organisations_of(user, at_least=Membership.Role.CONTRIBUTOR)
    shown = Q(confirmed_at__isnull=False, may_be_listed=True) | Q(council__in=own)
    return Commitment.objects.filter(shown, is_one_of(visible_assets(user), "asset"))


def waiting_commitments(user: AnyUser) -> QuerySet[Commitment]:
    """The commitments that wait for this lead."""
    return Commitment.objects.waiting().filter(council__in=organisations_of(user, at_least=Membership.Role.LEAD))


def can_commit(user: AnyUser, council: Organisation) -> bool:
    return council.is_council and can_contribute_for(user, council)


def can_renew_commitment(user: AnyUser, commitment: Commitment) -> bool:
    return can_contribute_for(user, commitment.council)


def can_adopt_as_committed(user: AnyUser, commitment: Commitment) -> bool:
    return can_contribute_for(user, commitment.council)


def can_confirm_commitment(user: AnyUser, commitment: Commitment) -> bool:
    """The lead of the council that commits, with a second factor."""
    return can_lead(user, commitment.council)


def can_withdraw_commitment(user: AnyUser, commitment: Commitment) -> bool:
    """What waits: contributors of the council. What its lead confirmed: its lead, with a second factor."""
    if commitment.is_waiting:
        return can_contribute_for(user, commitment.council)
    return can_lead(user, commitment.council)


def can_claim_for_project(user: AnyUser, project: Project) -> bool:
    """Those who write for the lead council, facilitators and the secretariat."""
    if can_facilitate(user):
        return True
    return project.lead_council is not None and can_contribute_for(user, project.lead_council)


def can_claim_for_adoption(user: AnyUser, adoption: Adoption) -> bool:
    return can_contribute_for(user, adoption.council)


def can_claim_for(user: AnyUser, owner: Project | Adoption | None) -> bool:
    """A benefit's project or adoption, whichever it is."""
    if isinstance(owner, Project):
        return can_claim_for_project(user, owner)
    return owner is not None and can_claim_for_adoption(user, owner)


def can_check_benefits(user: AnyUser) -> bool:
    """Analysts and the secretariat."""
    return acts_as(user, Role.ANALYST, Role.SECRETARIAT)


def can_confirm_benefit(user: AnyUser, benefit: Benefit) -> bool:
    """Never the person who made the claim."""
    return can_check_benefits(user) and benefit.recorded_by_id != getattr(user, "pk", None)


def waiting_benefits(user: AnyUser) -> QuerySet[Benefit]:
    """Promises that nobody has checked and this person may; nothing asked of the database for anybody else."""
    if not can_check_benefits(user):
        return Benefit.objects.none()
    return Benefit.objects.filter(state=Benefit.State.CLAIMED).exclude(recorded_by_id=user.pk)


def visible_benefits(user: AnyUser) -> QuerySet[Benefit]:
    """Those of projects, of confirmed adoptions one may see, and for those who check them all."""
    if has_role(user, Role.ANALYST, Role.SECRETARIAT):
        return Benefit.objects.all()
    confirmed = visible_adoptions(user).filter(confirmed_at__isnull=False)
    return Benefit.objects.filter(Q(project__isnull=False) | Q(adoption__in=confirmed))
