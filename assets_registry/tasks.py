"""Mail about assets: takes ids, reads afresh, safe to run twice."""

from assets_registry import emails
from assets_registry.models import Asset
from core.jobs import retrying_task


@retrying_task()
def tell_of_waiting_asset(asset_id: int, by_id: int) -> None:
    emails.asset_waits(Asset.objects.select_related("owner").get(pk=asset_id), by=by_id)
