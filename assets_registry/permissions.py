"""Who may see, register and publish an asset."""

from django.db.models import Q, QuerySet

from accounts.models import AnyUser
from accounts.permissions import acts_as, has_role
from accounts.roles import KEEPING_THE_REGISTRY
from assets_registry.models import Asset
from core.permissions import EVERYONE, council_label, role_label
from councils.models import Membership, Organisation
from councils.permissions import can_contribute_for, can_publish_for, organisations_of

NOT_YOURS = "Only those who write for the owner can change this entry."


def visible_assets(user: AnyUser) -> QuerySet[Asset]:
    """What is listed, with tombstones and legacy entries; drafts for owners’ writers, editors and the secretariat."""
    if has_role(user, *KEEPING_THE_REGISTRY):
        return Asset.objects.all()
    listed = Q(state__in=[Asset.State.PUBLISHED, Asset.State.WITHDRAWN], published_at__isnull=False)
    listed |= Q(state=Asset.State.LEGACY)
    own = organisations_of(user, at_least=Membership.Role.CONTRIBUTOR)
    return Asset.objects.filter(listed | Q(owner__in=own)) if own else Asset.objects.filter(listed)


def unpublished_assets(user: AnyUser) -> QuerySet[Asset]:
    """The entries that are on their way to the list and that this person writes for or keeps."""
    return visible_assets(user).filter(state__in=Asset.ON_THE_WAY)


def reader_groups(asset: Asset) -> list[str]:
    """Who may find an asset, as labels for search: the same rule as `visible_assets`."""
    if asset.is_legacy or (asset.published_at and asset.state in {Asset.State.PUBLISHED, Asset.State.WITHDRAWN}):
        return [EVERYONE]
    return [*map(role_label, KEEPING_THE_REGISTRY), council_label(asset.owner_id)]


def can_register_asset(user: AnyUser, owner: Organisation) -> bool:
    return can_contribute_for(user, owner)


def can_edit_asset(user: AnyUser, asset: Asset) -> bool:
    """Until it is published its contributors; then its publisher; editors and the secretariat always."""
    if asset.is_withdrawn:
        return False
    if acts_as(user, *KEEPING_THE_REGISTRY) or can_publish_for(user, asset.owner):
        return True
    return asset.state == Asset.State.DRAFT and can_contribute_for(user, asset.owner)


def who_changes(asset: Asset) -> str:
    """Who may change an entry in the state it is in, as the sentence of a refusal: `can_edit_asset` in words."""
    if asset.is_withdrawn:
        return "A withdrawn entry stays as it is: nobody can change it."
    if asset.state == Asset.State.DRAFT:
        return NOT_YOURS
    return (
        "Only those who publish for the owner, the Alliance’s editors and the secretariat can change this entry now: "
        "it is not a draft."
    )


def can_submit_asset(user: AnyUser, asset: Asset) -> bool:
    return asset.state == Asset.State.DRAFT and can_contribute_for(user, asset.owner)


def can_publish_asset(user: AnyUser, asset: Asset) -> bool:
    """A publisher of the council that owns it."""
    return can_publish_for(user, asset.owner)


def can_approve_assets(user: AnyUser) -> bool:
    """The Alliance editor or the secretariat passes the first entry of each council."""
    return acts_as(user, *KEEPING_THE_REGISTRY)


def can_return_asset(user: AnyUser, asset: Asset) -> bool:
    """Whoever it waits for may send it back."""
    if asset.state == Asset.State.WITH_EDITOR:
        return can_approve_assets(user)
    return asset.state == Asset.State.WITH_PUBLISHER and can_publish_for(user, asset.owner)


def can_withdraw_asset(user: AnyUser, asset: Asset) -> bool:
    return not asset.is_withdrawn and (can_approve_assets(user) or can_publish_for(user, asset.owner))


def waiting_assets(user: AnyUser) -> QuerySet[Asset]:
    """The entries that wait for this person."""
    publishes = organisations_of(user, at_least=Membership.Role.PUBLISHER)
    mine = Q(state=Asset.State.WITH_PUBLISHER, owner__in=publishes)
    if has_role(user, *KEEPING_THE_REGISTRY):
        mine |= Q(state=Asset.State.WITH_EDITOR)
    return Asset.objects.filter(mine)


def returned_assets(user: AnyUser) -> QuerySet[Asset]:
    """The entries this person registered, for an organisation they still write for, that were sent back."""
    own = organisations_of(user, at_least=Membership.Role.CONTRIBUTOR)
    if not own:
        return Asset.objects.none()
    returned = Asset.objects.filter(state=Asset.State.DRAFT, registered_by_id=user.pk, owner__in=own)
    return returned.exclude(state_reason="").order_by("name", "pk")
