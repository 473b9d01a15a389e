"""The entries of a council's assets, for its successor to keep."""

from django.db.models import QuerySet

from assets_registry.health.models import HandOver
from assets_registry.models import Asset
from assets_registry.uploads.models import AssetUpload
from core import clock
from councils.models import Organisation
from councils.succession import RunningWork, Succession


def _listed(council: Organisation) -> QuerySet[Asset]:
    """What is published. What nobody has verified stays under the name that its list gave it."""
    return Asset.objects.filter(owner=council, state=Asset.State.PUBLISHED)


def _drafts(council: Organisation) -> QuerySet[Asset]:
    return Asset.objects.filter(owner=council, state__in=Asset.ON_THE_WAY)


def _hand_on_asset(asset: Asset, succession: Succession) -> None:
    """The entry says whose it was; whoever entered it stays behind it."""
    HandOver.objects.create(
        asset=asset,
        from_owner=succession.council,
        to_owner=succession.to,
        from_person_id=asset.registered_by_id,
        to_person_id=asset.registered_by_id,
        reason=f"{succession.council.official_name} was reorganised.",
        handed_by=succession.by,
        handed_at=clock.now(),
    )
    asset.owner = succession.to
    asset.save(update_fields=["owner"])


def _uploads(council: Organisation) -> QuerySet[AssetUpload]:
    return AssetUpload.objects.filter(owner=council, ended_at=None)


def _hand_on_upload(upload: AssetUpload, succession: Succession) -> None:
    if not AssetUpload.objects.filter(owner=succession.to, digest=upload.digest, ended_at=None).exists():
        upload.owner = succession.to
        upload.save(update_fields=["owner"])


RUNNING = (
    RunningWork(("asset in the registry", "assets in the registry"), _listed, _hand_on_asset, str),
    RunningWork(("draft of an asset", "drafts of assets"), _drafts, _hand_on_asset),
    RunningWork(("list of software being read", "lists of software being read"), _uploads, _hand_on_upload),
)
