"""A small programme of today, to try everything on. All of it is illustrative and dated from the day it is built.

Afterwards there is: a need that many councils share and others like it, a discovery at each step, an event with places,
a full one with a queue, a vote about to open, a business case to decide, an asset and a case study on their way, an
adoption to confirm, and a project whose update is overdue.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

from accounts.models import User
from core import clock
from events.desk.operations import check_in
from events.models import Event, SignUp
from events.places.operations import sign_up
from events.places.who_comes import FOUR_KINDS
from events.programme.operations import bring_forth, publish_event
from portal.demo import drafts, needs
from portal.demo.bodies import body, council, purposes
from portal.demo.days import (
    AGILE,
    BLUE_BADGES,
    MOVING_HOUSE,
    PROVING_WHO_YOU_ARE,
    coming,
    days,
    how_many,
    of_today,
    under_way,
)
from portal.demo.people import colleague, person
from portal.models import HomePage
from projects.discoveries import operations as discoveries
from projects.models import Discovery, Need, Project
from projects.portfolio import operations as portfolio
from voting.ballots import operations as ballots


def _sums(volume: int, unit_cost_now: str, saving_per_unit: str, take_up: str, one_off_cost: str) -> dict[str, Any]:
    return {
        "volume": volume,
        "unit_cost_now": Decimal(unit_cost_now),
        "saving_per_unit": Decimal(saving_per_unit),
        "take_up": Decimal(take_up),
        "one_off_cost": Decimal(one_off_cost),
    }


OF_LETTERS = _sums(300_000, "1.90", "1.10", "40", "110000")
OF_REPORTS = _sums(120_000, "5.20", "3.10", "35", "90000")
# A check costs what the need says: £2.24. Title, words, who made it, sums.
WAYS_TO_PROVE = (
    (
        "Ask once",
        "A consent page that any council form can send people to and get back a yes.",
        "Harlow, Surrey, Kent and two residents",
        _sums(300_000, "2.24", "1.60", "45", "190000"),
    ),
    (
        "A wallet of proofs",
        "Residents keep what was checked and show it to the next council.",
        "Leeds, Camden and Norwich",
        _sums(300_000, "2.24", "1.90", "20", "420000"),
    ),
    (
        "The counter check",
        "Library staff look at papers once and say so for every service.",
        "Luton, Exeter and Wigan",
        _sums(300_000, "2.24", "0.60", "30", "60000"),
    ),
)


def build() -> None:
    raised = needs.build()
    _feature(raised[0])
    _at_step_one()
    _at_step_two(raised[1])
    _day_to_be_planned(next(need for need in raised if need.title == needs.SCHOOL_PLACES))
    _full_event()
    _about_to_vote(raised[0])
    by_title = {need.title: need for need in raised}
    _planning_notices(by_title[needs.PLANNING])
    _potholes(by_title[needs.POTHOLES])
    drafts.build()


def _feature(need: Need) -> None:
    home = HomePage.objects.get()
    home.featured_need = need
    home.save_revision(user=person("editor")).publish(user=person("editor"))


def _discovery(title: str, summary: str, department: str, starts_on: dt.date, *needs: Need) -> Discovery:
    facilitator = person("facilitator")
    discovery = discoveries.start_discovery(
        by=facilitator,
        title=title,
        summary=summary,
        theme=title,
        department=body(department),
        starts_on=starts_on,
        purposes=purposes("Digital by default", "Sharing good practice"),
        is_illustrative=True,
    )
    for need in needs:
        discoveries.gather_need(discovery, need, by=facilitator)
    return discovery


def _event(
    discovery: Discovery | None,
    title: str,
    kind: str,
    span: tuple[dt.datetime, dt.datetime],
    about: dict[str, Any],
    capacity: int,
) -> Event:
    is_discovery = kind in {Event.Kind.DISCOVERY_DAY, Event.Kind.CO_DESIGN_DAY}
    starts_at, ends_at = span
    return publish_event(
        by=person("facilitator"),
        title=title,
        stream=Event.Stream.DISCOVERY if is_discovery else Event.Stream.SKILLS,
        kind=kind,
        starts_at=starts_at,
        ends_at=ends_at,
        capacity=capacity,
        discovery=discovery,
        host=body("DCLG"),
        contact=person("facilitator"),
        is_illustrative=True,
        **about,
    )


def _sign_up(event: Event, who: User, place: str, kind: str = SignUp.Kind.OTHER) -> SignUp:
    organisation = body(place) if place in {"LGA", "SOCITM", "DCLG"} else council(place)
    return sign_up(event, by=who, organisation=organisation, kind=kind)


def _step_one(discovery: Discovery, issue: str, project: str, scope: str, condition: str) -> None:
    """All three outputs, then the step ends."""
    facilitator = person("facilitator")
    discoveries.add_priority_issue(discovery, wording=issue, by=facilitator)
    discoveries.scope_project(discovery, title=project, scope=scope, by=facilitator)
    discoveries.judge_feasibility(
        discovery, verdict=Discovery.Feasibility.CONDITIONAL, reason=condition, by=facilitator
    )
    discoveries.end_step_one(discovery, by=facilitator)


def _at_step_one() -> None:
    span = coming(24)
    with clock.at(days(-20)):
        discovery = _discovery(
            "Moving house, telling everyone once",
            "People who move tell the council, the surgery, the DVLA and the electoral roll, each in its own way.",
            "DWP",
            days(5).date(),
        )
        event = _event(
            discovery,
            "Discovery Day: moving house",
            Event.Kind.DISCOVERY_DAY,
            span,
            of_today(MOVING_HOUSE, "Leeds"),
            40,
        )
        for name in ("Leeds", "Kent", "Wigan", "Bristol", "Exeter"):
            _sign_up(event, colleague(council(name)), name)
        facilitator = person("facilitator")
        discoveries.add_priority_issue(discovery, wording="A change of address is told nine times", by=facilitator)
        discoveries.scope_project(
            discovery,
            title="Tell us once, for a move",
            scope="One form that tells the council, the DVLA and the electoral roll.",
            by=facilitator,
        )


def _at_step_two(need: Need) -> None:
    span = coming(18)
    with clock.at(days(-35)):
        discovery = _discovery(
            "Blue badges without papers",
            "What a doctor, a department and a council each know already, asked for again on paper.",
            "DWP",
            days(-10).date(),
            need,
        )
        _step_one(
            discovery,
            "Applicants bring a doctor’s letter for what a department knows already",
            "Ask the department first",
            "With the applicant’s consent, ask whether they get a benefit that qualifies. Keep only the answer.",
            "The department may answer yes or no where the applicant agrees. It may not send the record.",
        )
        event = _event(
            discovery,
            "Co-Design Day: blue badges",
            Event.Kind.CO_DESIGN_DAY,
            span,
            of_today(BLUE_BADGES, "Birmingham"),
            24,
        )
    with clock.at(days(-6)):
        for name, kind in zip(("Kent", "Leeds", "Hampshire", "Luton"), FOUR_KINDS, strict=True):
            _sign_up(event, colleague(council(name)), name, kind)


def _day_to_be_planned(need: Need) -> None:
    """What its facilitator has to do next is to plan its Co-Design Day."""
    with clock.at(days(-28)):
        discovery = _discovery(
            "A school place in the middle of a year",
            "Parents who have moved ring every week to ask where their child stands. Leeds counted 1,100 such calls.",
            "DCLG",
            days(-14).date(),
            need,
        )
        _step_one(
            discovery,
            "Parents ring because nothing they were sent says when they will hear",
            "Where you stand",
            "A page, and a message each Friday, with the place in the queue and the day of the next offers.",
            "Feasible where schools tell the council of places within a week. Half of them do.",
        )


def _full_event() -> None:
    span = coming(16, dt.time(13), dt.time(16))
    with clock.at(days(-15)):
        event = _event(None, "Agile for heads of service", Event.Kind.WORKSHOP, span, of_today(AGILE, "Bristol"), 8)
        _sign_up(event, person("county"), "Surrey")
        for name in ("Kent", "Leeds", "Hampshire", "Luton", "Bristol", "Exeter", "Wigan"):
            _sign_up(event, colleague(council(name)), name)
        # The two who wait, in order.
        for name in ("Devon", "Essex"):
            _sign_up(event, colleague(council(name)), name)


def _about_to_vote(need: Need) -> None:
    facilitator, span = person("facilitator"), under_way()
    with clock.at(days(-30)):
        discovery = _discovery(
            "Proving who you are",
            "Seventeen councils ask for the same papers. What would it take to ask once?",
            "Government Digital Service",
            days(-10).date(),
            need,
        )
        _step_one(
            discovery,
            "Every team looks at the same papers again",
            "One check that the next team can rely on",
            "Whoever has looked at the papers says so to the next team, if the resident agrees. Nobody keeps a copy.",
            "Lawful where the resident agrees each time.",
        )
        event = _event(
            discovery, "Co-Design Day: proving who you are", Event.Kind.CO_DESIGN_DAY, span,
            of_today(PROVING_WHO_YOU_ARE, "London", last_day=how_many(span)), 30,
        )  # fmt: skip
    room = [
        (person("officer"), "Harlow"),
        (person("lead"), "Harlow"),
        (person("county"), "Surrey"),
        (person("board"), "LGA"),
        *(
            (colleague(council(name)), name)
            for name in ("Luton", "Camden", "Leeds", "Kent", "Norwich", "Exeter", "Wigan")
        ),
    ]
    places = []
    with clock.at(days(-10)):
        for number, (who, place) in enumerate(room):
            places.append(_sign_up(event, who, place, FOUR_KINDS[number % 4]))
    for place in places:
        check_in(place, by=facilitator)
    made = []
    for title, summary, made_by, sums in WAYS_TO_PROVE:
        prototype = discoveries.add_prototype(
            discovery, title=title, summary=summary, made_by=made_by, needs=[need], by=facilitator,
            is_illustrative=True,
        )  # fmt: skip
        discoveries.outline_case(prototype, **sums, by=facilitator)
        made.append(prototype)
    bring_forth(event, by=facilitator, needs=[need], prototypes=made)
    ballots.prepare_ballot(
        event,
        by=facilitator,
        question="Which way of proving who you are should we pursue?",
        prototypes=made,
        is_illustrative=True,
    )


def _planning_notices(need: Need) -> None:
    """A project with a case for the board to decide, about a need that councils have."""
    facilitator = person("facilitator")
    project = _project(
        "Planning notices people read",
        "How neighbours hear of a planning application",
        "Camden, Harlow and Bristol looked at how neighbours hear of a planning application.",
        (
            "A letter gives a case number and no picture",
            "A notice on a phone",
            "Send a picture and one sentence to the homes nearby, and a letter with the same picture to the others.",
            "The law asks for a letter or a site notice. A message may come on top of it.",
        ),
        ("Notices on a phone", "A message with a picture of what is to be built, one sentence, and a way to comment."),
        lead="Camden",
        started=90,
        sums=OF_LETTERS,
        needs=(need,),
        update="Six residents read the first notice. Five could say what is to be built.",
    )
    with clock.at(days(-5)):
        portfolio.post_update(project, line="Business case ready for the board.", by=facilitator)
        case = portfolio.draft_case(
            project,
            by=facilitator,
            summary="Fewer letters, more people who look at plans before they are decided.",
            **OF_LETTERS,
            is_illustrative=True,
        )
        portfolio.submit_case(case, by=facilitator)


def _potholes(need: Need) -> None:
    """A project whose update is overdue."""
    _project(
        "Potholes, whoever owns the road",
        "Whom a report of a pothole reaches",
        "Surrey, Harlow and Bristol followed forty reports of potholes to whoever mended them.",
        (
            "Drivers do not know who owns the road, and are sent on",
            "One map of who owns what",
            "Put county, district and trunk roads on one map, and pass each report on.",
            "Feasible once the highways agency shares its list of roads.",
        ),
        ("One map of road owners", "A map that takes the report and says which council or agency has got it."),
        lead="Surrey",
        started=120,
        sums=OF_REPORTS,
        needs=(need,),
        update="The roads of the county and two districts are on one map. The agency’s are missing.",
    )


def _project(
    title: str,
    asked: str,
    summary: str,
    found: tuple[str, str, str, str],
    prototype: tuple[str, str],
    *,
    lead: str,
    started: int,
    sums: dict[str, Any],
    update: str,
    needs: tuple[Need, ...],
) -> Project:
    """A discovery of what was asked, its prototype and the project that came of it, so many days ago."""
    facilitator = person("facilitator")
    with clock.at(days(-started - 30)):
        discovery = _discovery(asked, summary, "DCLG", days(-20).date(), *needs)
        _step_one(discovery, *found)
        name, what = prototype
        made = discoveries.add_prototype(
            discovery, title=name, summary=what, made_by=lead, needs=needs, by=facilitator, is_illustrative=True
        )
        discoveries.outline_case(made, **sums, by=facilitator)
    with clock.at(days(-started)):
        discoveries.end_step_two(discovery, by=facilitator)
        project = portfolio.start_project(
            made,
            by=facilitator,
            lead_council=council(lead),
            title=title,
            partners=[council("Harlow"), council("Bristol")],
            purposes=purposes("Digital by default"),
            is_illustrative=True,
        )
        portfolio.post_update(project, line=update, by=facilitator)
    return project
