"""The list of assets."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from assets_registry import uses
from assets_registry.health.verdicts import QUESTIONS, freshness, health
from assets_registry.models import Asset
from assets_registry.permissions import unpublished_assets
from core.filters import Facet, Field, RowFacet, Values, Words
from core.listing import Line, Listing, Nothing, Sort
from core.words import ago, day_in_words
from councils.kinds import Tier
from councils.lists import region_facet, service_facet
from projects.discoveries.lists import PURPOSE

# What a line says of an asset, and what its take-up is counted by.
_OF_A_LINE = (
    "name", "slug", "summary", "kind", "tier", "published_at", "released_on", "checked_on", "source",
    "is_illustrative", "state", "legacy_year",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class _Standing(Field):
    """Whether the list shows the assets, or in their place the legacy entries or those not published yet."""

    name: str = "standing"
    label: str = "Standing"
    is_hidden: bool = True

    def understood(self, values: Sequence[str]) -> dict[str, str]:
        return {value: words for value, words in _STANDINGS.items() if value in values[:1]}

    def narrow(self, rows: QuerySet, values: Values) -> QuerySet:
        return rows  # `list_of` has chosen which


LEGACY, DRAFT = str(Asset.State.LEGACY), str(Asset.State.DRAFT)
_STANDINGS = {LEGACY: "Legacy, unverified", DRAFT: "Not published yet"}


def _lines(assets: list[Asset], user: Any) -> Iterable[Line]:
    used = uses.known().of_assets(assets)
    for asset in assets:
        yield Line(
            title=asset.name,
            url=asset.get_absolute_url(),
            sentence=asset.summary,
            facts=(
                asset.get_kind_display(),
                used[asset.pk].in_a_list,
                _checked(asset),
            ),
            record=asset,
        )


def _legacy_lines(assets: list[Asset], user: Any) -> Iterable[Line]:
    for asset in assets:
        year = f"of {asset.legacy_year}" if asset.legacy_year else ""
        yield Line(
            title=asset.name,
            url=asset.get_absolute_url(),
            sentence=asset.summary,
            facts=(asset.get_kind_display(), "legacy, unverified", year),
            record=asset,
        )


def _lines_on_the_way(assets: list[Asset], user: Any) -> Iterable[Line]:
    for asset in assets:
        yield Line(
            title=asset.name,
            url=asset.get_absolute_url(),
            sentence=asset.summary,
            facts=(
                asset.get_state_display(),
                f"Of {asset.owner}",
                f"changed {day_in_words(asset.updated_at, in_short=True)}",
            ),
            record=asset,
        )


def _checked(asset: Asset) -> str:
    """How fresh the entry is: checked 9 days ago, stale: last checked 11 years ago."""
    if asset.checked_on is None:
        return "not checked by its owner"
    is_fresh = freshness(asset).verdict == "yes"
    return f"checked {ago(asset.checked_on)}" if is_fresh else f"stale: last checked {ago(asset.checked_on)}"


def _cells(assets: list[Asset]) -> Iterable[tuple[object, ...]]:
    used = uses.known().of_assets(assets)
    for asset in assets:
        yield (
            asset.name,
            asset.get_kind_display(),
            asset.owner,
            asset.get_tier_display(),
            "; ".join(map(str, asset.services.all())),
            asset.get_phase_display(),
            asset.licence,
            asset.version,
            asset.released_on,
            asset.repository_url,
            asset.get_state_display(),
            used[asset.pk].count,
            used[asset.pk].base,
            used[asset.pk].as_at,
            used[asset.pk].piloting,
            used[asset.pk].more_live,
            used[asset.pk].more_piloting,
            *(line.in_words for line in health(asset).values()),
        )


ASSETS = Listing(
    name="assets",
    title="Assets councils can reuse",
    noun=("asset", "assets"),
    rows=lambda user, asked: Asset.objects.published(),
    fields=(
        Words(columns=("name", "summary", "description")),
        _Standing(),
        Facet(name="kind", label="Kind", path="kind", choices=Asset.Kind.choices),
        Facet(name="tier", label="Councils it is for", path="tier", choices=Tier.choices),
        service_facet("services", is_many=True),
        Facet(name="phase", label="Phase", path="phase", choices=Asset.Phase.choices, keeps_order=True),
        RowFacet(name="licence", label="Licence", rows=Asset.objects.published, key="licence", title="licence"),
        region_facet("Region of the owner", "owner__region"),
        PURPOSE,
    ),
    sorts=(
        Sort("used", "Most used", lambda rows: uses.known().most_used_first(rows)),
        Sort("newest", "Newest", lambda rows: rows.order_by("-published_at", "-pk")),
        Sort("name", "By name", lambda rows: rows.order_by("name", "pk")),
    ),
    of_a_line=lambda rows: rows.only(*_OF_A_LINE),
    lines=_lines,
    columns=(
        "Name", "Kind", "Owner", "For", "Services", "Phase", "Licence", "Version", "Released", "Where it is kept",
        "Standing", "Councils live", "Of", "As at", "Piloting", "More live since", "More piloting since",
        *QUESTIONS,
    ),
    cells=_cells,
    of_a_file=lambda rows: rows.select_related("owner", "link_check").prefetch_related("services"),
    nothing=Nothing(
        "No asset fits",
        "None is registered yet. Look whether other councils have the same need.",
        "See what councils need",
        "/needs/",
    ),
    no_match=Nothing(
        "No asset fits",
        "If no council has made it, say that yours needs it: others may too.",
        "Raise this as a need",
        "/needs/new/?title=",
    ),
)  # fmt: skip

# From lists of earlier programmes: counted apart, and never among the assets.
LEGACY_ASSETS = replace(
    ASSETS,
    name="legacy-assets",
    title="Legacy entries, unverified",
    noun=("legacy entry", "legacy entries"),
    rows=lambda user, asked: Asset.objects.legacy(),
    sorts=(Sort("name", "By name", lambda rows: rows.order_by("name", "pk")),),
    lines=_legacy_lines,
    nothing=Nothing("No legacy entry", "None is entered yet.", "See the assets", "/assets/"),
    no_match=Nothing("No legacy entry fits", "", "See the assets", "/assets/"),
)

# For those who write for an owner, who look through what they have entered or uploaded.
UNPUBLISHED_ASSETS = replace(
    ASSETS,
    name="unpublished-assets",
    title="Entries not published yet",
    noun=("entry", "entries"),
    rows=lambda user, asked: unpublished_assets(user),
    sorts=(
        Sort("changed", "Changed last", lambda rows: rows.order_by("-updated_at", "-pk")),
        Sort("name", "By name", lambda rows: rows.order_by("name", "pk")),
    ),
    of_a_line=lambda rows: rows.select_related("owner"),
    lines=_lines_on_the_way,
    nothing=Nothing(
        "No entry is on its way", "What your council enters waits here.", "Register an asset", "/assets/register/"
    ),
    no_match=Nothing("No entry on its way fits", "", "See the assets", "/assets/"),
)


def list_of(request: HttpRequest) -> Listing:
    """The list that an address asks for: the assets, or with `?standing=` the legacy entries or those on their way."""
    others = {LEGACY: LEGACY_ASSETS, DRAFT: UNPUBLISHED_ASSETS}
    return others.get(request.GET.get("standing", ""), ASSETS)
