"""Who may see, register, publish, adopt and check."""

from django.db.models import Q, QuerySet

from accounts.models import AnyUser
from accounts.permissions import acts_as, has_role
from accounts.roles import Role
from assets_registry.models import Adoption, Asset, Benefit
from councils.models import Membership, Organisation
from councils.permissions import can_contribute_for, can_lead, can_publish_for, organisations_of
from projects.models import Project


def visible_assets(user: AnyUser) -> QuerySet[Asset]:
    """What is listed, tombstones included; drafts for those who write for their owner, and for editors."""
    if has_role(user, Role.EDITOR):
        return Asset.objects.all()
    listed = Q(state__in=[Asset.State.PUBLISHED, Asset.State.WITHDRAWN], published_at__isnull=False)
    own = organisations_of(user, at_least=Membership.Role.CONTRIBUTOR)
    return Asset.objects.filter(listed | Q(owner__in=own)) if own else Asset.objects.filter(listed)


def reader_groups(asset: Asset) -> list[str]:
    """`visible_assets` as search stores it."""
    if asset.published_at and asset.state in {Asset.State.PUBLISHED, Asset.State.WITHDRAWN}:
        return ["everyone"]
    return [f"role:{Role.EDITOR.value}", f"council:{asset.owner_id}"]


def can_register_asset(user: AnyUser, owner: Organisation) -> bool:
    return can_contribute_for(user, owner)


def can_edit_asset(user: AnyUser, asset: Asset) -> bool:
    """Until it is published its contributors; then the publisher, who answers for it; editors always."""
    if asset.is_withdrawn:
        return False
    if acts_as(user, Role.EDITOR) or can_publish_for(user, asset.owner):
        return True
    return asset.state == Asset.State.DRAFT and can_contribute_for(user, asset.owner)


def can_submit_asset(user: AnyUser, asset: Asset) -> bool:
    return asset.state == Asset.State.DRAFT and can_contribute_for(user, asset.owner)


def can_publish_asset(user: AnyUser, asset: Asset) -> bool:
    """A publisher of the council that owns it."""
    return can_publish_for(user, asset.owner)


def can_approve_assets(user: AnyUser) -> bool:
    """The Alliance editor passes the first entry of each council."""
    return acts_as(user, Role.EDITOR)


def can_return_asset(user: AnyUser, asset: Asset) -> bool:
    """Whoever it waits for may send it back."""
    if asset.state == Asset.State.WITH_EDITOR:
        return can_approve_assets(user)
    return asset.state == Asset.State.WITH_PUBLISHER and can_publish_for(user, asset.owner)


def can_withdraw_asset(user: AnyUser, asset: Asset) -> bool:
    return not asset.is_withdrawn and (can_approve_assets(user) or can_publish_for(user, asset.owner))


def can_see_waiting(user: AnyUser) -> bool:
    """The door to the queue: publishers and leads of any organisation, and editors."""
    return has_role(user, Role.EDITOR) or bool(organisations_of(user, at_least=Membership.Role.PUBLISHER))


def waiting_assets(user: AnyUser) -> QuerySet[Asset]:
    """The entries that wait for this person."""
    publishes = organisations_of(user, at_least=Membership.Role.PUBLISHER)
    mine = Q(state=Asset.State.WITH_PUBLISHER, owner__in=publishes)
    if has_role(user, Role.EDITOR):
        mine |= Q(state=Asset.State.WITH_EDITOR)
    return Asset.objects.filter(mine)


def returned_assets(user: AnyUser) -> QuerySet[Asset]:
    """The entries this person registered, for an organisation they still write for, that were sent back."""
    own = organisations_of(user, at_least=Membership.Role.CONTRIBUTOR)
    if not own:
        return Asset.objects.none()
    returned = Asset.objects.filter(state=Asset.State.DRAFT, registered_by_id=user.pk, owner__in=own)
    return returned.exclude(state_reason="").order_by("name", "pk")


def waiting_adoptions(user: AnyUser) -> QuerySet[Adoption]:
    """The adoptions, and changes of them, that wait for this lead."""
    leads = organisations_of(user, at_least=Membership.Role.LEAD)
    return Adoption.objects.filter(Q(confirmed_at__isnull=True) | ~Q(asked_status=""), council__in=leads)


def visible_adoptions(user: AnyUser) -> QuerySet[Adoption]:
    """Confirmed ones of councils that may be named, on assets one may see; one's own council's always."""
    own = organisations_of(user, at_least=Membership.Role.CONTRIBUTOR)
    shown = Q(confirmed_at__isnull=False, may_be_listed=True) | Q(council__in=own)
    return Adoption.objects.filter(shown, asset__in=visible_assets(user))


def can_declare_adoption(user: AnyUser, council: Organisation) -> bool:
    return council.is_council and can_contribute_for(user, council)


def can_change_adoption(user: AnyUser, adoption: Adoption) -> bool:
    return can_contribute_for(user, adoption.council)


def can_confirm_adoption(user: AnyUser, adoption: Adoption) -> bool:
    """The lead of the adopting council, with a second factor."""
    return can_lead(user, adoption.council)


def can_claim_for_project(user: AnyUser, project: Project) -> bool:
    """Those who write for the lead council, and facilitators."""
    if acts_as(user, Role.FACILITATOR):
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
