"""Allerdale, which had a case study and used an asset in 2014 and 2015, and Cumberland, which took over from it in 2023."""

from assets_registry.models import Asset
from core import clock
from councils.models import Membership
from councils.operations import put_name_down
from councils.reorganising import reorganise
from councils.systems import declare_system
from portal.demo.bodies import council
from portal.demo.campaign import moment
from portal.demo.editorial import take_through_workflow
from portal.demo.people import colleague, person
from take_up import operations
from take_up.models import Adoption

LEAD = Membership.Role.LEAD
ORDER = "The Cumbria (Structural Changes) Order 2022"
STORY = {
    "service": 0,
    "project": "",
    "asset": "",
    "title": "Flood wardens report by text message",
    "council": "Allerdale",
    "published": "2014-11-17",
    "happened_on": "2014-10-31",
    "summary": "In four villages wardens now text which road is under water, and the map shows it within two minutes.",
    "problem": "<p>Wardens rang the office, and the office rang the county. On a bad night nobody got through.</p>",
    "what_we_did": "<p>Each warden has a card with a number and a letter for each road. A text with the letter marks the "
    "road on a map that the county, the police and residents read.</p>",
    "who": "Eleven wardens, the county’s highways team, one developer for six days",
    "cost": "£2,400 and 14 officer days",
    "what_went_wrong": "<p>Two villages have no signal at the bridge. Their wardens still ring.</p>",
    "what_we_would_do_differently": "<p>Walk the roads with a telephone before printing the cards.</p>",
    "measure": "Calls to the office on a night with a flood warning",
    "before": (96, "calls", 3, "2014-02-28"),
    "after": (41, "calls", 2, "2014-10-31"),
    "figures_note": "The average of three nights before and of two after.",
    "publisher_says": "The wardens have read it.",
    "editor_says": "Two nights are few, and the note says so.",
}


def build() -> None:
    allerdale, cumberland = council("Allerdale"), council("Cumberland")
    with clock.at(moment("2014-06-02")):
        lead, officer = colleague(allerdale, LEAD), colleague(allerdale)
        colleague(allerdale, Membership.Role.PUBLISHER)
    take_through_workflow(STORY)
    with clock.at(moment("2015-09-14")):
        asset = Asset.objects.get(name="Assisted digital policy")
        use = operations.declare_adoption(
            asset, by=officer, council=allerdale, status=Adoption.Status.LIVE, since=clock.today(), is_illustrative=True
        )
        operations.confirm_adoption(use, by=lead)
        declare_system(
            allerdale,
            by=lead,
            product="Roundsman",
            used_for="Bin rounds",
            supplier="Kerbside Software",
            is_illustrative=True,
        )
        put_name_down(Membership.objects.get(person=lead, organisation=allerdale), by=lead)
    with clock.at(moment("2023-04-03")):
        reorganise(
            allerdale,
            by=person("secretariat"),
            ends_on=allerdale.ends_on,
            carried_on_by=cumberland,
            order=ORDER,
        )
