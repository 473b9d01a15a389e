"""Assets of the discoveries, and their adoptions: all of it illustrative."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from assets_registry import operations
from assets_registry.models import Asset
from core import clock
from councils.models import Membership, Organisation, Service
from portal.demo import screens
from portal.demo.asset_entries import ENTRIES, AssetEntry
from portal.demo.asset_languages import with_second_language
from portal.demo.bodies import body, council
from portal.demo.campaign import moment
from portal.demo.people import colleague, person
from portal.demo.strategy import purposes_of_asset
from projects.models import Project
from take_up import operations as use

PICTURES = {
    "Deferred payment calculator": lambda: {"picture": screens.calculator(), "picture_alt": screens.CALCULATOR},
}


def owner_named(name: str) -> Organisation:
    return body(name) if name == "DCLG" else council(name)


def build() -> None:
    for entry in ENTRIES:
        _register(entry)


def _register(entry: AssetEntry) -> None:
    owner = owner_named(entry.owner)
    with clock.at(moment(entry.day)):
        asset = operations.register_asset(
            by=colleague(owner),
            owner=owner,
            name=entry.name,
            kind=entry.kind,
            summary=entry.summary,
            description=unwrapped(entry.description),
            project=Project.objects.filter(title=entry.project).first(),
            services=list(Service.objects.filter(lgsl__in=entry.services)),
            purposes=purposes_of_asset(entry.kind),
            tier=entry.tier,
            phase=Asset.Phase.LIVE,
            repository_url=f"https://code.example.org/{owner.slug}/{entry.name.lower().replace(' ', '-')}",
            licence=entry.licence,
            version=entry.version,
            released_on=moment(entry.day).date(),
            contact=f"Digital team, {owner}",
            leaving=entry.leaving,
            publiccode=with_second_language(
                entry, file_of(entry.runs_on, entry.needs), description=unwrapped(entry.description)
            ),
            is_illustrative=True,
            **PICTURES.get(entry.name, dict)(),
        )
        publish(asset)
    for number, (adopter, status) in enumerate(entry.adopters.items(), start=1):
        place = council(adopter)
        later = 0 if number <= entry.from_the_first_day else number
        with clock.at(moment(entry.day) + dt.timedelta(days=14 * later)):
            adoption = use.declare_adoption(
                asset,
                by=colleague(place),
                council=place,
                status=status,
                since=clock.today(),
                version=entry.version,
                what_we_changed=entry.changed.get(adopter, ""),
                is_illustrative=True,
            )
            use.confirm_adoption(adoption, by=colleague(place, Membership.Role.LEAD))


def unwrapped(text: str) -> str:
    """The text with one line for each paragraph, as it is typed into a form."""
    return re.sub(r"(?<!\n)\n(?!\n|- )", " ", text)


def file_of(runs_on: Iterable[str], needs: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    """The publiccode.yml of an entry as the form builds it; empty where the entry is no software."""
    said: dict[str, Any] = {"platforms": list(runs_on)} if runs_on else {}
    if needs:
        said["dependsOn"] = {sort: [{"name": name} for name in names] for sort, names in needs.items()}
    return said


def publish(asset: Asset) -> None:
    """Submit an asset, publish it as its council and, where it is the council's first, approve it as the editor."""
    operations.submit_asset(asset, by=asset.registered_by)
    operations.publish_asset(asset, by=colleague(asset.owner, Membership.Role.PUBLISHER))
    asset.refresh_from_db()
    if asset.state == Asset.State.WITH_EDITOR:
        operations.approve_asset(asset, by=person("editor"))
