"""The words and recipients of each message about an asset or an adoption that waits."""

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from accounts.permissions import holders_of
from accounts.roles import Role
from assets_registry import inbox
from assets_registry.models import Adoption, Asset
from core import mail
from councils.models import Membership
from councils.permissions import members_of
from councils.queries import who_confirms


def adoption_waits(adoption: Adoption) -> None:
    """To the council's leads; where it has none, to the secretariat, so that it gets one."""
    if not adoption.is_waiting:
        return
    status = Adoption.Status(adoption.asked_status or adoption.status).label
    context = {
        "adoption": adoption,
        "asker": adoption.asked_by or adoption.declared_by,
        "council": adoption.council,
        "status": status.lower(),
        "since": adoption.asked_since or adoption.since,
        "url": settings.BASE_URL + adoption.asset.get_absolute_url(),
        "row_url": f"{settings.BASE_URL}{reverse('assets_registry:waiting')}#{inbox.key_of(adoption)}",
    }
    for person in who_confirms(adoption.council):
        is_lead = person.memberships.filter(
            organisation=adoption.council, role=Membership.Role.LEAD, state=Membership.State.CONFIRMED
        ).exists()
        context |= {"person": person, "is_lead": is_lead}
        mail.send(to=person.email, template="emails/adoption_waiting", context=context)


def _whose_turn(asset: Asset) -> list[User]:
    """The owner's publishers and leads, or for a council's first entry the Alliance editors."""
    if asset.state == Asset.State.WITH_EDITOR:
        return list(holders_of(Role.EDITOR))
    if asset.state == Asset.State.WITH_PUBLISHER:
        roles = [Membership.Role.PUBLISHER, Membership.Role.LEAD]
        return list(members_of(asset.owner).filter(memberships__role__in=roles).distinct())
    return []


def asset_waits(asset: Asset, *, by: int) -> None:
    """To whoever decides next; not to whoever handed it on."""
    for person in _whose_turn(asset):
        if person.pk != by:
            context = {"person": person, "asset": asset, "url": settings.BASE_URL + asset.get_absolute_url()}
            mail.send(to=person.email, template="emails/asset_waiting", context=context)
