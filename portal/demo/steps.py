"""The steps of a discovery of today, as its facilitator takes them, up to a past Co-Design Day and its vote."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from itertools import cycle
from typing import Any

from accounts.models import User
from core import clock
from core.office_days import last_office_day
from events.desk.operations import check_in
from events.event.people import FOUR_KINDS
from events.feedback.operations import give_feedback
from events.leads.operations import tell_of_saving
from events.models import Event, Feedback, SignUp
from events.places.operations import sign_up
from events.programme.operations import bring_forth, publish_event
from portal.demo.bodies import body, council, purposes
from portal.demo.days import CLOSES, OPENS, moment_of, of_today
from portal.demo.people import colleague, person
from projects.discoveries import operations as discoveries
from projects.models import Discovery, Need, Project, Prototype
from voting.ballots import operations as ballots
from voting.casting import operations as casting
from voting.models import Ballot, Reason, RollEntry, SpoiltSlip
from voting.outcome import operations as outcome
from voting.paper import operations as paper
from voting.reasons.operations import show_reason


def sums_of(volume: int, unit_cost_now: str, saving_per_unit: str, take_up: str, one_off_cost: str) -> dict[str, Any]:
    return {
        "volume": volume,
        "unit_cost_now": Decimal(unit_cost_now),
        "saving_per_unit": Decimal(saving_per_unit),
        "take_up": Decimal(take_up),
        "one_off_cost": Decimal(one_off_cost),
    }


def discovery_of(title: str, summary: str, department: str, starts_on: dt.date, *needs: Need) -> Discovery:
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


def day_of(
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
        purposes=list(discovery.purposes.all()) if discovery else purposes("Sharing good practice"),
        contact=person("facilitator"),
        is_illustrative=True,
        **about,
    )


def take_place(event: Event, who: User, place: str, kind: str = "", **said: Any) -> SignUp:
    """A place; `kind` is the key of a kind of people of the event."""
    organisation = body(place) if place in {"LGA", "SOCITM", "DCLG"} else council(place)
    of_kind = event.participant_kinds.get(key=kind) if kind else None
    return sign_up(event, by=who, organisation=organisation, kind=of_kind, **said)


def step_one(discovery: Discovery, issue: str, project: str, scope: str, condition: str) -> None:
    """Add the three outputs of step 1, then end it."""
    facilitator = person("facilitator")
    discoveries.add_priority_issue(discovery, wording=issue, by=facilitator)
    discoveries.scope_project(discovery, title=project, scope=scope, by=facilitator)
    discoveries.judge_feasibility(
        discovery, verdict=Discovery.Feasibility.CONDITIONAL, reason=condition, by=facilitator
    )
    discoveries.end_step_one(discovery, by=facilitator)


# A past day -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Made:
    """A prototype made on the day, with its sums and how many ticked it."""

    title: str
    summary: str
    made_by: str
    sums: dict[str, Any]
    ticks: int


def held_and_chosen(
    discovery: Discovery,
    on: dt.date,
    about: dict[str, str],
    *,
    title: str,
    town: str,
    room: tuple[str, ...],
    made: tuple[Made, ...],
    said: str,
    on_paper: tuple[str, ...] = (),
    reasons: tuple[str, ...] = (),
) -> Ballot:
    """Build a past Co-Design Day: people, prototypes, and the vote that chose the first of them.

    `on_paper` are the councils whose people voted on slips; `reasons` what the first of the others said beside a vote.
    """
    facilitator = person("facilitator")
    span = moment_of(on, OPENS), moment_of(on, CLOSES)
    published_on = last_office_day(on - dt.timedelta(days=14))
    with clock.at(moment_of(published_on, OPENS)):
        event = day_of(discovery, title, Event.Kind.CO_DESIGN_DAY, span, of_today(about, town), 24)
        kinds = zip((*room, *on_paper), cycle(FOUR_KINDS), strict=False)
        places = [take_place(event, colleague(council(name)), name, kind) for name, kind in kinds]
    with clock.at(moment_of(on, dt.time(9, 40))):
        for place in places:
            check_in(place, by=facilitator)
    with clock.at(moment_of(on, dt.time(14, 45))):
        prototypes = [_make(discovery, each) for each in made]
        bring_forth(event, by=facilitator, needs=discovery.needs.all(), prototypes=prototypes)
        ballot = ballots.prepare_ballot(
            event, by=facilitator, question="Which one should we pursue?", prototypes=prototypes,
            secrecy=Ballot.Secrecy.OPEN, asks_reason=bool(reasons), is_illustrative=True,
        )  # fmt: skip
    people = [place.person for place in places]
    with clock.at(moment_of(on, dt.time(15, 0))):
        ballots.open_ballot(ballot, by=facilitator)
    _vote(ballot, people[: len(room)], made, reasons, moment_of(on, dt.time(15, 2)))
    if on_paper:
        _count_paper(ballot, people[len(room) :], moment_of(on, dt.time(15, 15)))
    _say_how_it_was(event, people, moment_of(on, dt.time(17)))
    with clock.at(moment_of(on, dt.time(15, 20))):
        outcome.close_ballot(ballot, by=facilitator)
        outcome.reveal_ballot(ballot, by=facilitator)
        for reason in Reason.objects.filter(ballot=ballot):
            show_reason(reason, by=facilitator)
        return outcome.publish_outcome(ballot, by=facilitator, text=said)


COMMENTS = (
    "The people who answer the telephone should be in the room next time: they know what goes wrong.",
    "Best to see what three other councils do. Half a day would have been enough.",
    "Please send the sketches round before the vote.",
)
SAVINGS: tuple[dict[str, Any], ...] = (
    {"words": "Ask once instead of three times: a post in the contact centre, perhaps two.", "pounds": 45_000},
    {"words": "We print and post what could be a text message.", "pounds": 8_000},
)


def _say_how_it_was(event: Event, people: list[User], at: dt.datetime) -> None:
    """Give feedback for all but one of those who came, and tell of two savings, the first with a name."""
    with clock.at(at):
        for number in range(len(people) - 1):
            answers = {name: (number + place) % 5 < 4 for place, name in enumerate(Feedback.OUTCOMES)}
            comment = COMMENTS[number] if number < len(COMMENTS) else ""
            give_feedback(event, answers=answers, comment=comment, is_illustrative=True)
        for saving, teller in zip(SAVINGS, people, strict=False):
            tell_of_saving(event, by=teller, may_write=saving is SAVINGS[0], **saving)


def _vote(
    ballot: Ballot, voters: list[User], made: tuple[Made, ...], reasons: tuple[str, ...], begins: dt.datetime
) -> None:
    """Cast the votes: the first to arrive tick the first prototype, the last the others, those in between both."""
    options = list(ballot.options.order_by("order"))
    for number, voter in enumerate(voters):
        wanted = number < made[0].ticks, *(number >= len(voters) - each.ticks for each in made[1:])
        ticked = [option for option, wants in zip(options, wanted, strict=True) if wants]
        with clock.at(begins + dt.timedelta(seconds=25 * number)):
            reason = reasons[number] if number < len(reasons) else ""
            casting.cast(ballot, by=voter, marks=casting.ticks(ticked), reason=reason)


def _count_paper(ballot: Ballot, people: list[User], at: dt.datetime) -> None:
    """Hand slips to these people and count them: the first ticks the first prototype, the others leave theirs blank."""
    facilitator = person("facilitator")
    with clock.at(at):
        paper.hand_out(ballot, *people, kind=RollEntry.Kind.SLIP, by=facilitator)
        batch = paper.start_batch(ballot, slips=len(people), by=facilitator)
        first = casting.ticks(ballot.options.order_by("order")[:1])
        paper.add_pile(batch, marks=first, slips=1, by=facilitator)
        for number in range(2, len(people) + 1):
            paper.add_spoilt(batch, number=number, reason=SpoiltSlip.Reason.BLANK, by=facilitator)
        batch = paper.hand_over(batch, by=facilitator)
        batch.refresh_from_db()  # for the moment as its page would say it
        assert batch.handed_over_at is not None  # just now
        paper.confirm_batch(batch, handed_over=batch.handed_over_at.isoformat(), by=person("secretariat"))


def _make(discovery: Discovery, made: Made) -> Prototype:
    facilitator = person("facilitator")
    prototype = discoveries.add_prototype(
        discovery, title=made.title, summary=made.summary, made_by=made.made_by, needs=discovery.needs.all(),
        by=facilitator, is_illustrative=True,
    )  # fmt: skip
    discoveries.outline_case(prototype, **made.sums, by=facilitator)
    return prototype


def project_of(ballot: Ballot, *, title: str, lead: str, partners: tuple[str, ...], **fields: Any) -> Project:
    """Turn the winner into a project and end step 2 of its discovery."""
    facilitator = person("facilitator")
    project = outcome.make_project(
        ballot,
        option=ballot.options.order_by("order").first(),
        by=facilitator,
        lead_council=council(lead),
        title=title,
        partners=[council(name) for name in partners],
        purposes=purposes("Digital by default"),
        is_illustrative=True,
        **fields,
    )
    discoveries.end_step_two(ballot.event.discovery, by=facilitator)
    return project
