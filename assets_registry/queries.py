"""A check of an asset with its reason, and for whom an entry waits."""

from dataclasses import dataclass
from typing import Literal

from accounts.models import User
from accounts.permissions import holders_of
from accounts.roles import Role
from assets_registry.models import Asset, HandOver
from councils.models import Membership, Organisation
from councils.permissions import members_of

Verdict = Literal["no", "check", "unknown", "yes"]  # in the order in which they need a look


@dataclass(frozen=True)
class AssetCheck:
    """One question: verdict, what it is about, the reason."""

    verdict: Verdict
    about: str
    reason: str

    @property
    def in_words(self) -> str:
        """The check without marks, for files: `Stale: last checked 2 years ago by its owner`."""
        return f"{self.about}: {self.reason}"


def has_published(owner: Organisation, *, besides: Asset | None = None) -> bool:
    """Whether an organisation has published an entry of its own, so that no editor looks at the next one.

    What another organisation handed over to it does not count: nobody looked at what this one writes.
    """
    own = Asset.objects.filter(owner=owner, published_at__isnull=False).exclude(
        pk__in=HandOver.objects.filter(to_owner=owner).exclude(from_owner=owner).values("asset")
    )
    return own.exclude(pk=besides.pk).exists() if besides else own.exists()


def whose_turn(asset: Asset) -> list[User]:
    """Who decides next: the owner's publishers and leads, or for a council's first entry the Alliance editors."""
    if asset.state == Asset.State.WITH_EDITOR:
        return list(holders_of(Role.EDITOR))
    if asset.state == Asset.State.WITH_PUBLISHER:
        roles = [Membership.Role.PUBLISHER, Membership.Role.LEAD]
        return list(members_of(asset.owner).filter(memberships__role__in=roles).distinct())
    return []
