"""What the discoveries left behind for others: assets, who uses them, what was promised and what was measured.

The flagship's results are those its council gave in March 2016: 200 to 300 visits a council in six months, two
agreements a council a month, a business case hard to make. All else is illustrative. What a project saves a year is
promised by its accepted business case, and so not typed here.
"""

import datetime as dt
from decimal import Decimal

from assets_registry import operations
from assets_registry.models import Adoption, Asset, Benefit
from core import clock
from councils.models import Membership, Organisation, Service, Tier
from portal.demo.bodies import body, council
from portal.demo.campaign import moment
from portal.demo.people import colleague, person
from projects.models import Project

SLIDES = "Deferred payment calculator, council slides, March 2016"
LIVE, PILOTING, EVALUATING = Adoption.Status.LIVE, Adoption.Status.PILOTING, Adoption.Status.EVALUATING

DESCRIPTION = """{summary}

## What you get

- {first}
- {second}
- Notes from the councils that went before you

## Before you start

Talk to the owner: they answer within a week, and know who is using it near you.
"""

# name, kind, owner, day, tier, services, licence, version, project, summary, first, second, {council: status}
ASSETS = [
    (
        "Deferred payment calculator", Asset.Kind.CODE, "Warwickshire", "2015-06-01", Tier.UPPER, (1756,), "MIT", "1.2",
        "Deferred payment calculator",
        "Works out whether someone can put off paying for care, and what it would cost in the end.",
        "The calculator as a page of its own, and as a part of yours", "The interest rates in one file, twice a year",
        {"Warwickshire": LIVE, "Hampshire": LIVE, "Leeds": LIVE, "Surrey": PILOTING, "Luton": EVALUATING},
    ),
    (
        "Waste standards and API", Asset.Kind.STANDARD, "Luton", "2015-02-16", Tier.LOWER, (530, 533), "OGL-UK-3.0", "1.2",
        "Waste standards and API",
        "One vocabulary and one interface for missed bins, bulky waste and collection days.",
        "Names for 41 events, containers and rounds", "The interface description, with examples of each call",
        {"Luton": LIVE, "Harlow": LIVE, "Bristol": LIVE, "Leeds": LIVE, "Exeter": LIVE, "Camden": LIVE,
         "Norwich": LIVE, "Cherwell": PILOTING, "Sunderland": PILOTING},
    ),
    (
        "Missed bin reporter", Asset.Kind.CODE, "Luton", "2015-04-20", Tier.LOWER, (530,), "Apache-2.0", "0.9",
        "Waste standards and API",
        "A form that tells the crew in the cab, written against the waste standard.",
        "The form, in plain HTML", "A stand-in for the supplier’s side, to test against",
        {"Luton": LIVE, "Harlow": PILOTING},
    ),
    (
        "What families ask about paying for care", Asset.Kind.RESEARCH, "Kent", "2014-08-14", Tier.UPPER, (1756,),
        "OGL-UK-3.0", "", "Caresupermarket.com",
        "Twenty-two interviews with families in the month before somebody moved into care.",
        "The findings on four pages", "The discussion guide, to repeat it",
        {"Surrey": LIVE, "Essex": LIVE},
    ),
    (
        "Outline business case on two pages", Asset.Kind.BUSINESS_CASE, "Warwickshire", "2014-09-18", Tier.ALL, (),
        "OGL-UK-3.0", "2", "",
        "Volume, unit cost, saving, take-up and payback, with plus and minus a fifth.",
        "The template as a spreadsheet", "Three filled examples",
        {"Harlow": LIVE, "Camden": LIVE, "Sunderland": LIVE, "Exeter": EVALUATING},
    ),
    (
        "Open standards clause for waste contracts", Asset.Kind.PROCUREMENT, "Bristol", "2015-03-05", Tier.LOWER,
        (530, 533), "OGL-UK-3.0", "1", "Waste standards and API",
        "A clause that lets a council change supplier without changing its website.",
        "The clause, reviewed by two legal teams", "Questions to put to suppliers",
        {"Exeter": PILOTING},
    ),
    (
        "Prove it once", Asset.Kind.DESIGN_PATTERN, "Leeds", "2015-01-22", Tier.ALL, (279,), "OGL-UK-3.0", "1",
        "Verify, check, deliver",
        "How to ask for consent to check what somebody else already knows, in words residents understood.",
        "The screens, tested with 31 residents", "The words that failed, and why",
        {"Warwickshire": PILOTING, "Harlow": EVALUATING},
    ),
    (
        "Discovery Day in a box", Asset.Kind.TRAINING, "DCLG", "2014-12-18", Tier.ALL, (), "OGL-UK-3.0", "3", "",
        "Everything a facilitator needs to run a Discovery Day: agenda, cards, posters, feedback.",
        "The agenda, minute by minute", "Cards for issues and scopes",
        {"Kent": LIVE, "Leeds": LIVE},
    ),
    (
        "Assisted digital policy", Asset.Kind.POLICY, "Sunderland", "2014-07-30", Tier.ALL, (437,), "OGL-UK-3.0", "",
        "", "Who helps those who cannot do it online alone, where, and how that is paid for.",
        "The policy as adopted by cabinet", "The costing per library",
        {"Sunderland": LIVE, "Norwich": EVALUATING},
    ),
]  # fmt: skip

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
# Of the yearly saving that the case for waste promised: what four councils measured on calls about missed bins.
SAVED_ON_WASTE = ("96400", "", "2015-11-30", 4, "councils", Benefit.State.PARTLY)


def owner_named(name: str) -> Organisation:
    return body(name) if name == "DCLG" else council(name)


def build() -> None:
    for row in ASSETS:
        _register(*row)
    for row in PROMISES:
        _promise(*row)
    _measure(Benefit.objects.get(business_case__project__title="Waste standards and API"), SAVED_ON_WASTE, "")


def _register(
    name, kind, owner_name, day, tier, services, licence, version, project, summary, first, second, adopters
) -> None:
    owner = owner_named(owner_name)
    with clock.at(moment(day)):
        asset = operations.register_asset(
            by=colleague(owner),
            owner=owner,
            name=name,
            kind=kind,
            summary=summary,
            description=DESCRIPTION.format(summary=summary, first=first, second=second),
            project=Project.objects.filter(title=project).first(),
            services=list(Service.objects.filter(lgsl__in=services)),
            tier=tier,
            phase=Asset.Phase.LIVE,
            repository_url=f"https://code.example.org/{owner.slug}/{name.lower().replace(' ', '-')}",
            licence=licence,
            version=version,
            released_on=moment(day).date(),
            contact=f"Digital team, {owner}",
            is_illustrative=True,
        )
        publish(asset)
    for number, (adopter, status) in enumerate(adopters.items(), start=1):
        place = council(adopter)
        with clock.at(moment(day) + dt.timedelta(days=14 * number)):
            adoption = operations.declare_adoption(
                asset,
                by=colleague(place),
                council=place,
                status=status,
                since=clock.today(),
                version=version,
                is_illustrative=True,
            )
            operations.confirm_adoption(adoption, by=colleague(place, Membership.Role.LEAD))


def publish(asset: Asset) -> None:
    """The way every asset goes: submitted, published by its council, and for the first one approved by the editor."""
    operations.submit_asset(asset, by=asset.registered_by)
    operations.publish_asset(asset, by=colleague(asset.owner, Membership.Role.PUBLISHER))
    asset.refresh_from_db()
    if asset.state == Asset.State.WITH_EDITOR:
        operations.approve_asset(asset, by=person("editor"))


def _promise(project_title, title, unit, before, claimed, day, measured, source) -> None:
    project = Project.objects.get(title=project_title)
    with clock.at(moment(day)):
        benefit = operations.claim_benefit(
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
        operations.confirm_benefit(
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
