"""What somebody's week holds of assets: to decide, to change, new."""

from django.db.models import Exists, OuterRef

from accounts.models import User
from assets_registry.models import Asset
from assets_registry.permissions import can_return_asset, returned_assets, visible_assets, waiting_assets
from core.inbox import MOST, Action, Item, Reader, change_of
from councils.inbox import set_up_factor_first

# Waiting ---------------------------------------------------------------------------------------------------


def entries_to_publish(reader: Reader) -> list[Item]:
    return entries_waiting(reader.user, most=MOST)


def entries_waiting(user: User, *, most: int) -> list[Item]:
    """The entries handed on to this person, the longest wait first."""
    waiting = waiting_assets(user).select_related("owner", "registered_by").order_by("updated_at", "pk")
    return [_entry(asset, can_return_asset(user, asset)) for asset in waiting[:most]]


def _entry(asset: Asset, may_decide: bool) -> Item:
    url = asset.get_absolute_url()
    return Item(
        asset.updated_at,
        asset.name,
        url,
        f"{asset.get_kind_display()} of {asset.owner}, entered by {asset.registered_by}. Publish it or send it back.",
        at_note="handed on",
        actions=(Action("Read and decide", url),) if may_decide else (set_up_factor_first(),),
        key=f"asset-{asset.pk}",
    )


def entries_sent_back(reader: Reader) -> list[Item]:
    return [
        Item(
            asset.updated_at,
            asset.name,
            asset.get_absolute_url(),
            f"Asset, sent back: {asset.state_reason}",
            at_note="sent back",
            actions=(Action("Change it", asset.get_absolute_url()),),
        )
        for asset in returned_assets(reader.user)[:MOST]
    ]


# New -------------------------------------------------------------------------------------------------------


def assets_for_our_services(reader: Reader) -> list[Item]:
    """Assets of others, published in services where our organisations have needs or assets."""
    if not reader.services:
        return []
    serves = Asset.services.through.objects.filter(asset=OuterRef("pk"), service__in=reader.services)
    news = visible_assets(reader.user).published().filter(Exists(serves), published_at__gte=reader.since)  # type: ignore[attr-defined]  # the queryset of assets has it
    news = news.exclude(owner__in=reader.organisations).select_related("owner")
    news = news.annotate(service_name=serves.order_by("service__name").values("service__name")[:1])
    return [
        Item(
            asset.published_at,
            asset.name,
            asset.get_absolute_url(),
            f"{asset.get_kind_display()} of {asset.owner}. {asset.summary}",
            because=asset.service_name,
            about=asset,
            change=change_of(asset, "published"),
        )
        for asset in news.order_by("-published_at", "-pk")[: reader.most]
    ]
