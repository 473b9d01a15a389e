"""Entries that are in somebody's name, for a colleague to stand behind."""

from assets_registry.health.models import HandOver
from assets_registry.models import Asset
from assets_registry.uploads.models import AssetUpload
from core import clock
from councils.leaving import PersonalWork, WorkHandedOver, gives


def _hand_on(asset: Asset, handing: WorkHandedOver) -> None:
    """The entry says who stood behind it and who does now."""
    HandOver.objects.create(
        asset=asset,
        from_owner=handing.council,
        to_owner=handing.council,
        from_person=handing.was,
        to_person=handing.to,
        reason=f"Their work at {handing.council.official_name} was handed over.",
        handed_by=handing.by,
        handed_at=clock.now(),
    )
    asset.registered_by = handing.to
    asset.save(update_fields=["registered_by"])


OF_ONE_PERSON = (
    PersonalWork(
        ("asset in the registry", "assets in the registry"),
        lambda: Asset.objects.filter(state=Asset.State.PUBLISHED),
        "owner",
        "registered_by",
        _hand_on,
    ),
    PersonalWork(
        ("draft of an asset", "drafts of assets"),
        lambda: Asset.objects.filter(state__in=Asset.ON_THE_WAY),
        "owner",
        "registered_by",
        _hand_on,
    ),
    PersonalWork(
        ("list of software being read", "lists of software being read"),
        lambda: AssetUpload.objects.filter(ended_at=None),
        "owner",
        "uploaded_by",
        gives("uploaded_by"),
    ),
)
