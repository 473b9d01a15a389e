"""Who may read packs, which everybody may, and who publishes them."""

from django.db.models import QuerySet

from accounts.models import AnyUser
from steering.models import Pack
from steering.permissions import can_minute


def visible_packs() -> QuerySet[Pack]:
    """All of them, for everybody: a pack names a restricted paper and holds none."""
    return Pack.objects.all()


def can_publish_pack(user: AnyUser) -> bool:
    """The secretariat puts the pack together and publishes it."""
    return can_minute(user)
