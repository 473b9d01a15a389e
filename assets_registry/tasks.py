"""Mail about assets and adoptions: takes ids, reads afresh, safe to run twice."""

from assets_registry import emails
from assets_registry.models import Adoption, Asset
from core.jobs import retrying_task


@retrying_task()
def tell_of_waiting_adoption(adoption_id: int) -> None:
    """Unless it was turned down, and so deleted, in the meantime."""
    if adoption := Adoption.objects.select_related("asset", "council").filter(pk=adoption_id).first():
        emails.adoption_waits(adoption)


@retrying_task()
def tell_of_waiting_asset(asset_id: int, by_id: int) -> None:
    emails.asset_waits(Asset.objects.select_related("owner").get(pk=asset_id), by=by_id)
