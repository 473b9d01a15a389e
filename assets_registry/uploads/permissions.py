"""Who may see what became of an upload."""

from django.db.models import QuerySet

from accounts.models import AnyUser
from assets_registry.models import AssetUpload
from councils.models import Membership
from councils.permissions import organisations_of


def visible_uploads(user: AnyUser) -> QuerySet[AssetUpload]:
    """The uploads for organisations that someone writes for."""
    return AssetUpload.objects.filter(owner__in=organisations_of(user, at_least=Membership.Role.CONTRIBUTOR))
