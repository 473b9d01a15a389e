"""Sources of assets and of councils."""

from django.db.models import QuerySet
from django.utils.timezone import localdate

from accounts.models import AnyUser
from assets_registry.models import Asset
from assets_registry.permissions import reader_groups, visible_assets
from core.permissions import EVERYONE
from core.text import markdown
from core.words import day_in_words
from councils.models import Organisation
from search.documents import SearchDocument, Source, facets, joined, lines, named, plain, principles
from take_up.queries import live_on_record, use_on_record

_NOT_FOUND = (Asset.State.WITHDRAWN, Asset.State.LEGACY)  # legacy entries are counted apart, in the list of assets


def _findable_assets(user: AnyUser) -> QuerySet[Asset]:
    return visible_assets(user).exclude(state__in=_NOT_FOUND)


def asset_document(asset: Asset) -> SearchDocument | None:
    if asset.state in _NOT_FOUND:
        return None
    live = live_on_record(asset, asset.adoptions.all())
    councils = [asset.owner, *(each.council for each in live if each.may_be_listed)]
    released = asset.released_on or localdate(asset.published_at or asset.registered_at)
    return SearchDocument(
        key=f"asset:{asset.pk}",
        kind="asset",
        title=asset.name,
        summary=asset.summary,
        body=lines(plain(markdown(asset.description))),
        labels=lines(
            named("Kind", [asset.get_kind_display()]),
            named("Councils", councils),
            named("Services", asset.services.all()),
            named("Licence", [asset.licence]),
        ),
        readers=tuple(reader_groups(asset)),
        label=asset.get_kind_display(),
        note=joined(
            use_on_record(asset, asset.adoptions.all()).in_a_result,
            asset.owner,
            asset.licence,
            "" if asset.state == Asset.State.PUBLISHED else asset.get_state_display(),
        ),
        date=released,
        facets=facets(
            service=[service.slug for service in asset.services.all()],
            council_type=[council.kind for council in councils if council.is_council],
            region=[council.region for council in councils],
            asset_kind=[asset.kind],
            principle=principles(asset),
            year=[released.year],
        ),
    )


def council_document(council: Organisation) -> SearchDocument | None:
    if not council.is_council:
        return None
    place = joined(council.get_kind_display(), council.region)
    return SearchDocument(
        key=f"council:{council.pk}",
        kind="council",
        title=council.official_name,
        summary=council.about or place,
        body="",
        labels=lines(council.name, named("Former names", council.former_names.split(";")), place, council.gss_code),
        readers=(EVERYONE,),
        label=council.get_kind_display(),
        note=joined(council.region, f"until {day_in_words(council.ends_on)}" if council.has_ended else ""),
        date=council.starts_on,
        facets=facets(council_type=[council.kind], region=[council.region]),
    )


SOURCES = (
    Source(
        "asset",
        Asset,
        lambda: Asset.objects.select_related("owner").prefetch_related(
            "services", "adoptions__council", "adoptions__earlier_uses", "adoptions__statuses", "purposes"
        ),
        asset_document,
        _findable_assets,
        reads=("owner", "services", "adoptions__council", "adoptions__earlier_uses", "adoptions__statuses", "purposes"),
        council="owner",
        chain=(("project", "project"), ("asset", "pk")),
    ),
    Source(
        "council",
        Organisation,
        lambda: Organisation.objects.councils(),
        council_document,
        lambda user: Organisation.objects.councils(),
        days=("starts_on", "ends_on"),
        council="pk",
    ),
)
