"""The words of the message about an asset that waits."""

from django.conf import settings
from django.db.models import QuerySet

from accounts.models import User
from assets_registry.health import emails as health  # noqa: F401 - the outbox looks for kinds here
from assets_registry.models import Asset
from assets_registry.queries import whose_turn
from outbox.kinds import Letter, kind


def _assets() -> QuerySet[Asset]:
    return Asset.objects.select_related("owner", "registered_by")


@kind("assets_registry.asset_waits", "An asset waits for you to pass it", about=_assets, began="registered_at")
def asset_waits(asset: Asset, to: User | None) -> Letter | None:
    """That an asset waits for somebody, while it is still theirs to decide."""
    if to not in whose_turn(asset):
        return None
    url = settings.BASE_URL + asset.get_absolute_url()
    return Letter("emails/asset_waiting", {"person": to, "asset": asset, "url": url})
