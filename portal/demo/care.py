"""The care of the demo's assets: what came of checking their links, problems reported, a checklist answered.

The addresses are made up, so nobody asks for them: what is written here is made up like them.
"""

import datetime as dt

from assets_registry.health import operations
from assets_registry.health.standard import CRITERIA
from assets_registry.models import Asset, LinkCheck
from core import clock
from councils.models import Membership
from portal.demo.days import days
from portal.demo.people import colleague, person

FAILS, MOVED = "Missed bin reporter", "Open standards clause for waste contracts"
ANSWERED = "Words for potholes"
MEETS = {
    "code-in-the-open": "",
    "welcome-contributors": "",
    "maintain-version-control": "",
    "document-codebase-objectives": "In the README.",
    "publish-with-an-open-license": "",
    "document-codebase-maturity": "Releases since 2014; two councils run the last one.",
}
IN_PART = {
    "make-contributing-easy": (["tracker", "links", "channels"], "No closed channel for security problems yet."),
    "use-continuous-integration": (["passed", "active"], "Tests cover the sums, not the pages."),
}


def build() -> None:
    for asset in Asset.objects.published().exclude(repository_url=""):
        _check(asset)
    _reports()
    _checklist()


def _check(asset: Asset) -> None:
    fails = asset.name == FAILS
    moment = days(-2)
    LinkCheck.objects.create(
        asset=asset,
        address=asset.repository_url,
        host="code.example.org",
        asked_at=moment,
        checked_at=moment,
        failures=3 if fails else 0,
        failing_since=(moment - dt.timedelta(days=2)).date() if fails else None,
        moved_to="https://clauses.example.org/waste" if asset.name == MOVED else "",
    )


def _reports() -> None:
    with clock.at(days(-3)):
        operations.report_problem(
            Asset.objects.get(name=FAILS),
            by=person("officer"),
            reason="link",
            note="The link to where it is kept has shown an error since Monday.",
            is_illustrative=True,
        )
        potholes = Asset.objects.get(name=ANSWERED)
        report = operations.report_problem(
            potholes,
            by=person("officer"),
            reason="wrong",
            note="The third question still says metres where the page shows feet.",
            is_illustrative=True,
        )
    with clock.at(days(-1)):
        publisher = colleague(potholes.owner, Membership.Role.PUBLISHER)
        said = "We changed the third question to metres."
        operations.answer_problem(report, by=publisher, outcome="mended", answer=said)


def _checklist() -> None:
    asset = Asset.objects.get(name="Deferred payment calculator")
    by_key = {each.key: [must.key for must in each.musts] for each in CRITERIA}
    answers = {key: (by_key[key], note) for key, note in MEETS.items()} | IN_PART
    with clock.at(days(-30)):
        publisher = colleague(asset.owner, Membership.Role.PUBLISHER)
        operations.answer_checklist(asset, by=publisher, answers=answers)
