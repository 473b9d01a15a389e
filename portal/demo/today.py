"""A small programme of today, on which everything can be tried, illustrative and dated from the day it is built.

It has a need that many councils share and others like it, a discovery at each step, an event with places,
a full one with a queue, one that keeps places for some and offers one to whoever waited longest, a secret vote
that is open and one about to open, a business case to decide, an asset and a case study in draft, an adoption to confirm, and a project whose update
is overdue.
"""

import datetime as dt

from accounts.models import User
from core import clock
from events.desk.operations import check_in
from events.event.people import FOUR_KINDS
from events.floor.operations import ask_from_floor, show_question, vote_for_question
from events.models import Event
from events.organisers.operations import accept_invitation, make_organiser
from events.outputs.operations import add_output
from events.places.operations import add_kind, add_pool, cancel_sign_up, share_out
from events.programme.operations import bring_forth, change_event
from events.series.operations import copy_event
from portal.demo import asked, chosen, drafts, needs
from portal.demo.bodies import council
from portal.demo.days import (
    AGILE,
    BLUE_BADGES,
    MOVING_HOUSE,
    PLAIN_FORMS,
    PROVING_WHO_YOU_ARE,
    coming,
    days,
    how_many,
    of_today,
    under_way,
)
from portal.demo.people import colleague, person
from portal.demo.steps import day_of, discovery_of, step_one, sums_of, take_place
from portal.models import HomePage
from projects.discoveries import operations as discoveries
from projects.models import Need, Prototype
from voting.ballots import operations as ballots
from voting.ballots.drafts import NewOption
from voting.ballots.sentences import FEWEST
from voting.casting import operations as casting
from voting.models import Ballot

# A check costs what the need says: £2.24. Title, words, who made it, sums.
WAYS_TO_PROVE = (
    (
        "Ask once",
        "A consent page that any council form can send people to and get back a yes.",
        "Harlow, Surrey, Kent and two residents",
        sums_of(300_000, "2.24", "1.60", "45", "190000"),
    ),
    (
        "A wallet of proofs",
        "Residents keep what was checked and show it to the next council.",
        "Leeds, Camden and Norwich",
        sums_of(300_000, "2.24", "1.90", "20", "420000"),
    ),
    (
        "The counter check",
        "Library staff look at papers once and say so for every service.",
        "Luton, Exeter and Wigan",
        sums_of(300_000, "2.24", "0.60", "30", "60000"),
    ),
)


def build() -> None:
    raised = needs.build()
    _feature(raised[0])
    _at_step_one()
    _at_step_two(raised[1])
    _day_to_be_planned(next(need for need in raised if need.title == needs.SCHOOL_PLACES))
    _full_event()
    _shared_out()
    _about_to_vote(raised[0])
    chosen.build({need.title: need for need in raised})
    drafts.build()


def _feature(need: Need) -> None:
    home = HomePage.objects.get()
    block = next(block for block in home.body if block.block_type == "open")
    block.value["need"] = need.get_absolute_url()
    home.save_revision(user=person("editor")).publish(user=person("editor"))


def _at_step_one() -> None:
    span = coming(24)
    with clock.at(days(-20)):
        discovery = discovery_of(
            "Moving house, telling everyone once",
            "People who move tell the council, the surgery, the DVLA and the electoral roll, each in its own way.",
            "DWP",
            days(5).date(),
        )
        event = day_of(
            discovery,
            "Discovery Day: moving house",
            Event.Kind.DISCOVERY_DAY,
            span,
            of_today(MOVING_HOUSE, "Leeds"),
            40,
        )
        for name in ("Leeds", "Kent", "Wigan", "Bristol", "Exeter"):
            take_place(event, colleague(council(name)), name)
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
        discovery = discovery_of(
            "Blue badges without papers",
            "What a doctor, a department and a council each know already, asked for again on paper.",
            "DWP",
            days(-10).date(),
            need,
        )
        step_one(
            discovery,
            "Applicants bring a doctor’s letter for what a department knows already",
            "Ask the department first",
            "With the applicant’s consent, ask whether they get a benefit that qualifies. Keep only the answer.",
            "The department may answer yes or no where the applicant agrees. It may not send the record.",
        )
        event = day_of(
            discovery,
            "Co-Design Day: blue badges",
            Event.Kind.CO_DESIGN_DAY,
            span,
            of_today(BLUE_BADGES, "Birmingham"),
            24,
        )
        asked.ask(event)
        _runs_it_too(event, person("analyst"))
    with clock.at(days(-6)):
        come = zip(("Kent", "Leeds", "Hampshire", "Luton"), FOUR_KINDS, asked.ANSWERS, asked.DIETS, strict=True)
        for name, kind, answers, diet in come:
            take_place(event, colleague(council(name)), name, kind, answers=answers, diet=diet)


def _runs_it_too(event: Event, organiser: User) -> None:
    """Make somebody an organiser of a day, with a kind of people of its own."""
    facilitator = person("facilitator")
    accept_invitation(make_organiser(event, by=facilitator, email=organiser.email), by=organiser)
    add_kind(event, by=facilitator, name="Carer", is_needed=False)


def _day_to_be_planned(need: Need) -> None:
    """A discovery whose next action is to plan its Co-Design Day."""
    with clock.at(days(-28)):
        discovery = discovery_of(
            "A school place in the middle of a year",
            "Parents who have moved ring every week to ask where their child stands. Leeds counted 1,100 such calls.",
            "DCLG",
            days(-14).date(),
            need,
        )
        step_one(
            discovery,
            "Parents ring because nothing they were sent says when they will hear",
            "Where you stand",
            "A page, and a message each Friday, with the place in the queue and the day of the next offers.",
            "Feasible where schools tell the council of places within a week. Half of them do.",
        )


def _full_event() -> None:
    span = coming(16, dt.time(13), dt.time(16))
    with clock.at(days(-15)):
        event = day_of(None, "Agile for heads of service", Event.Kind.WORKSHOP, span, of_today(AGILE, "Bristol"), 8)
        take_place(event, person("county"), "Surrey")
        for name in ("Kent", "Leeds", "Hampshire", "Luton", "Bristol", "Exeter", "Wigan"):
            take_place(event, colleague(council(name)), name)
        # The two on the waiting list, in order.
        for name in ("Devon", "Essex"):
            take_place(event, colleague(council(name)), name)
        _vote_by_list(event)
        _again(event)


def _vote_by_list(event: Event) -> None:
    """A vote that is being prepared, on what the next day is about, in which those on a list may vote."""
    facilitator = person("facilitator")
    ballot = ballots.prepare_ballot(
        event,
        by=facilitator,
        question="What should the next day be about?",
        options=[NewOption("Planning in the open"), NewOption("Buying in small steps")],
        roll_from=Ballot.Roll.LIST,
        is_illustrative=True,
    )
    ballots.set_roll(ballot, by=facilitator, people=[person("county"), person("officer"), person("lead")])


def _again(event: Event) -> None:
    """The next day of its series, to which nobody has signed up yet."""
    facilitator, (starts_at, ends_at) = person("facilitator"), coming(44, dt.time(13), dt.time(16))
    title = "Agile for heads of service: what came of it"
    again = copy_event(
        event, by=facilitator, title=title, starts_at=starts_at, ends_at=ends_at, in_series=True, is_draft=False
    )
    change_event(again, by=facilitator, is_illustrative=True)


def _shared_out() -> None:
    """A day with places for districts and for developers and a cap for councils; who waited longest has an offer."""
    facilitator, span = person("facilitator"), coming(21, dt.time(13), dt.time(16))
    with clock.at(days(-9)):
        event = day_of(None, "Forms that ask less", Event.Kind.WORKSHOP, span, of_today(PLAIN_FORMS, "Birmingham"), 6)
        developer = add_kind(event, by=facilitator, name="Developer")
        last_week = event.starts_at - dt.timedelta(days=7)
        add_pool(event, by=facilitator, name="developers", places=1, participant_kinds=[developer])
        add_pool(
            event, by=facilitator, name="districts", places=2, organisation_kinds=["district"], releases_at=last_week
        )
        share_out(event, by=facilitator, offer_hours=48, council_cap=2, council_cap_until=last_week)
    with clock.at(days(-8)):
        places = [
            take_place(event, colleague(council(name)), name) for name in ("Kent", "Leeds", "Exeter", "Hampshire")
        ]
        take_place(event, person("county"), "Surrey")
        take_place(event, colleague(council("Devon")), "Devon")
    cancel_sign_up(places[0], by=places[0].person)


def _asked_from_the_floor(event: Event) -> None:
    """Two questions from the floor, one of them on the screen, and the slides of the morning."""
    facilitator = person("facilitator")
    first = ask_from_floor(event, by=person("county"), words="Who keeps the copy of a passport once it was checked?")
    ask_from_floor(event, by=person("lead"), words="Does a resident see which teams have looked?", shows_name=True)
    vote_for_question(first, by=person("officer"))
    show_question(first, by=facilitator)
    if event.has_started:
        found = {"title": "What the Discovery Day found", "link": "https://example.org/what-we-found"}
        add_output(event, by=facilitator, kind="slides", **found)


def _about_to_vote(need: Need) -> None:
    facilitator, span = person("facilitator"), under_way()
    with clock.at(days(-30)):
        discovery = discovery_of(
            "Proving who you are",
            "Seventeen councils ask for the same papers. What would it take to ask once?",
            "Government Digital Service",
            days(-10).date(),
            need,
        )
        step_one(
            discovery,
            "Every team looks at the same papers again",
            "One check that the next team can rely on",
            "Whoever has looked at the papers says so to the next team, if the resident agrees. Nobody keeps a copy.",
            "Lawful where the resident agrees each time.",
        )
        event = day_of(
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
            places.append(take_place(event, who, place, list(FOUR_KINDS)[number % 4]))
        for name, kind in (("Sunderland", "policy_expert"), ("York", "developer"), ("Derby", "head_of_service")):
            take_place(event, colleague(council(name)), name, kind)  # they have yet to come
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
    _asked_from_the_floor(event)
    _voting_in_secret(event, made)
    ballots.prepare_ballot(
        event,
        by=facilitator,
        question="Which way of proving who you are should we pursue?",
        prototypes=made,
        secrecy=Ballot.Secrecy.OPEN,
        is_illustrative=True,
    )


def _voting_in_secret(event: Event, prototypes: list[Prototype]) -> None:
    """An open secret vote: five of those checked in have voted, the fewest of whom a result is told."""
    facilitator = person("facilitator")
    ballot = ballots.prepare_ballot(
        event,
        by=facilitator,
        question="Which one would residents notice first?",
        prototypes=prototypes,
        method=Ballot.Method.SINGLE,
        is_illustrative=True,
    )
    ballots.open_ballot(ballot, by=facilitator)
    options = list(ballot.options.all())
    colleagues = ballot.roll.exclude(person__email__endswith="@demo.example")[:FEWEST]
    for number, entry in enumerate(colleagues.select_related("person")):
        casting.cast(ballot, by=entry.person, marks=casting.ticks([options[number % 2]]))
