"""What an asset is based on, needs and is a part of, and what stands on it, read from both ends."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from accounts.models import AnyUser
from assets_registry.models import Asset, AssetLink, NamedBase, repository_key
from assets_registry.permissions import visible_assets
from core.links import check_page

Relation = AssetLink.Relation
# What each relation is called on the page of its one end and of its other.
HERE = {
    Relation.BASED_ON: "Based on",
    Relation.DEPENDS_ON: "Depends on",
    Relation.PART_OF: "Part of the suite",
}
THERE = {
    Relation.BASED_ON: "Variants of it",
    Relation.DEPENDS_ON: "Needed by",
    Relation.PART_OF: "Suite of",
}
ORDER = [words for relation in Relation for words in (HERE[relation], THERE[relation])]


@dataclass(frozen=True)
class LinkedAsset:
    """An asset at the other end; `number` is the key of the row that says so, 0 where a publiccode.yml does.

    `is_here`: said on this asset's side.
    """

    asset: Asset
    number: int = 0
    is_here: bool = True


@dataclass
class LinkGroup:
    """What stands to an asset in one relation; `addresses` are repositories that have no entry."""

    about: str
    assets: list[LinkedAsset] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)


def links_of(asset: Asset, user: AnyUser) -> list[LinkGroup]:
    """The links of an asset in the order of their kinds, without assets that the reader may not see.

    One query, and none where the asset was read with `has_links` False and its file names no base.
    """
    groups = {words: LinkGroup(words) for words in ORDER}
    bases = {repository_key(address): address for address in named_bases(asset)}
    others = list(_others(asset, user, list(bases))) if bases or getattr(asset, "has_links", True) else []
    for other in others:
        _put(groups, asset, other, is_named=other.repository_key in bases)
    known = {other.repository_key for other in others if not other.is_withdrawn}
    strange = [address for key, address in bases.items() if key not in known and _is_page(address)]
    groups[HERE[Relation.BASED_ON]].addresses = strange
    return [group for group in groups.values() if group.assets or group.addresses]


def has_links() -> Q:
    """Whether an asset is linked to another, from either end, or the file of another names its repository."""
    linked = AssetLink.objects.filter(Q(asset=OuterRef("pk")) | Q(other=OuterRef("pk")))
    named = NamedBase.objects.exclude(key="").filter(key=OuterRef("repository_key"))
    return Q(Exists(linked)) | Q(Exists(named))


def _others(asset: Asset, user: AnyUser, keys: list[str]) -> QuerySet[Asset]:
    """The assets at the other ends, each with the key of the row for each relation and direction."""
    here, there = AssetLink.objects.filter(asset=asset), AssetLink.objects.filter(other=asset)
    linked = Q(pk__in=here.values("other")) | Q(pk__in=there.values("asset")) | Q(repository_key__in=keys)
    if asset.repository_key:
        linked |= Q(pk__in=NamedBase.objects.filter(key=asset.repository_key).values("asset"))
    numbers = {
        f"{side}_{relation}": Subquery(rows.filter(**{end: OuterRef("pk")}, relation=relation).values("pk")[:1])
        for relation in Relation.values
        for side, rows, end in (("here", here, "other"), ("there", there, "asset"))
    }
    rows = visible_assets(user).filter(linked).exclude(pk=asset.pk).select_related("owner").annotate(**numbers)
    return rows.order_by("name", "pk")


def _put(groups: dict[str, LinkGroup], asset: Asset, other: Asset, *, is_named: bool) -> None:
    """Put an asset at the other end into its groups; `is_named` by the file of this one."""
    for relation in Relation:
        if number := getattr(other, f"here_{relation}"):
            groups[HERE[relation]].assets.append(LinkedAsset(other, number))
        if number := getattr(other, f"there_{relation}"):
            groups[THERE[relation]].assets.append(LinkedAsset(other, number, is_here=False))
    by_row = getattr(other, f"here_{Relation.BASED_ON}") or getattr(other, f"there_{Relation.BASED_ON}")
    if by_row or other.is_withdrawn:
        return
    if is_named:
        groups[HERE[Relation.BASED_ON]].assets.append(LinkedAsset(other))
    elif asset.repository_key in map(repository_key, named_bases(other)):
        groups[THERE[Relation.BASED_ON]].assets.append(LinkedAsset(other, is_here=False))


def named_bases(asset: Asset) -> list[str]:
    """The addresses of the repositories that an asset's publiccode.yml says it is based on."""
    said = asset.publiccode.get("isBasedOn") if isinstance(asset.publiccode, dict) else None
    found: Iterable[object] = said if isinstance(said, list) else [said]
    return [address for address in found if isinstance(address, str) and repository_key(address)]


def _is_page(address: str) -> bool:
    """Whether an address may be shown as a link."""
    try:
        check_page(address)
    except ValidationError:
        return False
    return True
