"""The words and recipients of the message about an asset that waits."""

from django.conf import settings

from accounts.models import User
from accounts.permissions import holders_of
from accounts.roles import Role
from assets_registry.models import Asset
from core import mail
from councils.models import Membership
from councils.permissions import members_of


def _whose_turn(asset: Asset) -> list[User]:
    """Who decides next: the owner's publishers and leads, or for a council's first entry the Alliance editors."""
    if asset.state == Asset.State.WITH_EDITOR:
        return list(holders_of(Role.EDITOR))
    if asset.state == Asset.State.WITH_PUBLISHER:
        roles = [Membership.Role.PUBLISHER, Membership.Role.LEAD]
        return list(members_of(asset.owner).filter(memberships__role__in=roles).distinct())
    return []


def asset_waits(asset: Asset, *, by: int) -> None:
    """To whoever decides next, except the person who handed it on."""
    for person in _whose_turn(asset):
        if person.pk != by:
            context = {"person": person, "asset": asset, "url": settings.BASE_URL + asset.get_absolute_url()}
            mail.send(to=person.email, template="emails/asset_waiting", context=context)
