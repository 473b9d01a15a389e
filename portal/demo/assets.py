"""Assets of the discoveries, their adoptions, and benefits promised and measured.

The flagship's results are those its council gave in March 2016: 200 to 300 visits a council in six months, two
agreements a council a month, a business case hard to make. All else is illustrative. The yearly saving of a project is
promised by its accepted business case, so it is not repeated here.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
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
from take_up.models import Benefit

SLIDES = "Deferred payment calculator, council slides, March 2016"
PICTURES = {
    "Deferred payment calculator": lambda: {"picture": screens.calculator(), "picture_alt": screens.CALCULATOR},
}

PLAN = "Plan for the launch"
# project, what, unit, before, claimed, day, (result, words, day, n, n words, state), source of the result
PROMISES = [
    (
        "Deferred payment calculator", "Visits to the calculator, per council in six months", "visits", "0", "200",
        "2014-12-10", ("250", "200 to 300", "2015-12-08", 3, "councils", Benefit.State.CONFIRMED), SLIDES,
    ),
    (
        "Deferred payment calculator", "Agreements, per council a month", "agreements", "1", "6", "2014-12-10",
        ("2", "", "2015-12-08", 3, "councils", Benefit.State.PARTLY), SLIDES,
    ),
    (
        "Waste standards and API", "Cost of changing supplier, per contract", "£", "45000", "15000", "2014-09-09",
        ("11200", "", "2015-11-30", 2, "contracts", Benefit.State.CONFIRMED), "",
    ),
]  # fmt: skip
# What four councils measured of the yearly saving that the case for waste promised: calls about missed bins.
SAVED_ON_WASTE = ("96400", "", "2015-11-30", 4, "councils", Benefit.State.PARTLY)


def owner_named(name: str) -> Organisation:
    return body(name) if name == "DCLG" else council(name)


def build() -> None:
    for entry in ENTRIES:
        _register(entry)
    for row in PROMISES:
        _promise(*row)
    _measure(Benefit.objects.get(business_case__project__title="Waste standards and API"), SAVED_ON_WASTE, "")


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


def _promise(project_title, title, unit, before, claimed, day, measured, source) -> None:
    project = Project.objects.get(title=project_title)
    with clock.at(moment(day)):
        benefit = use.claim_benefit(
            project=project,
            title=title,
            unit=unit,
            baseline=Decimal(before) if before else None,
            claimed=Decimal(claimed),
            claimed_in=PLAN,
            claimed_on=clock.today(),
            by=person("facilitator"),
            is_illustrative=True,
        )
    _measure(benefit, measured, source)


def _measure(benefit: Benefit, measured: tuple, source: str) -> None:
    result, words, on, n, n_words, state = measured
    with clock.at(moment(on)):
        use.confirm_benefit(
            benefit,
            result=Decimal(result),
            result_words=words,
            result_on=clock.today(),
            n=n,
            n_words=n_words,
            state=state,
            result_source=source,
            is_illustrative=not source,
            by=person("analyst"),
        )
