"""The steering board: its nine seats, its quarterly meetings by turns at DCLG and the LGA, its decisions.

The seats, the rhythm and the alternation come from the terms of reference; days, attendance and decisions are
illustrative. Of today there are the meetings of the last year and a project that they decided on, illustrative all.
"""

import datetime as dt
from contextlib import AbstractContextManager
from typing import Any

from core import clock
from core.months import months_after
from core.office_days import last_office_day, office_day
from councils.models import Service
from portal.demo.bodies import BODIES, CENTRAL_SEATS, TERMS, body, council, purposes
from portal.demo.days import hours_of
from portal.demo.people import colleague, person
from portal.demo.steps import Made, held_and_chosen, project_of, sums_of
from projects.discoveries import operations as discoveries
from projects.models import BusinessCase, Discovery, Need, Project
from projects.needs.operations import join_need, raise_need
from projects.portfolio import operations as portfolio
from steering import operations
from steering.models import BoardSeat, Decision, Meeting, Motion, SeatStand
from steering.models.subjects import Subject
from steering.queries.decisions import Weighed
from steering.queries.meetings import MONTHS
from steering.queries.roster import seats_at
from voting.casting.operations import cast, ticks
from voting.models import Ballot
from voting.outcome.operations import close_ballot

MEETINGS = [
    ("2013-09-10", "DCLG", "Eland House, London"),
    ("2013-12-10", "LGA", "Local Government House, London"),
    ("2014-03-11", "DCLG", "Eland House, London"),
    ("2014-06-10", "LGA", "Local Government House, London"),
    ("2014-09-09", "DCLG", "Fry Building, London"),
    ("2014-12-10", "LGA", "Local Government House, London"),
]

# How bodies stood is written in the order of the roster, of those that were there: F for, A against, X abstaining.
DECISIONS = [
    {
        "project": "Waste standards and API", "meeting": "2014-09-09", "result": "accepted", "stood": "FFFFFFFX",
        "review_on": "2015-06-10",
        "wording": "The board accepts the business case and asks Luton to publish the vocabulary before the interface.",
        "basis": "The sums of the business case, and what Luton showed of its vocabulary.",
        "options": (
            ("One vocabulary and one interface", "What suppliers write once, every council can use.", True),
            ("A vocabulary alone", "Cheaper, but each council goes on paying for its own interface.", False),
            ("Nothing together", "No cost now; the same work is paid for in every council.", False),
        ),
    },
    {
        "project": "DVLA data sharing", "meeting": "2014-12-10", "result": "rejected", "stood": "AAFXFAXFA",
        "review_on": "",
        "wording": "The board does not accept the case until the legal gateway for sharing is clear; it asks for a second "
        "version.",
        "basis": "The advice on the legal gateway, which is not finished.",
        "dissent": "Three bodies of local government would have gone on with the councils that share already.",
    },
    {
        "project": "Deferred payment calculator", "meeting": "2014-12-10", "result": "accepted", "stood": "FFFXFFAXF",
        "review_on": "2015-12-01",
        "wording": "The board accepts the business case. The saving rests on more people agreeing to defer, which nobody "
        "has yet measured; the board asks for a measurement six months after launch.",
        "dissent": "One body holds that a saving which nobody has measured is no ground to accept a case.",
    },
]  # fmt: skip

# Every three months in the year before today, the hosts taking turns from where 2014 left off.
TODAYS_MEETINGS = [
    ("DCLG", "Marsham Street, London"),
    ("LGA", "Smith Square, London"),
    ("DCLG", "Marsham Street, London"),
    ("LGA", "Smith Square, London"),
]

PERMITS_ACCEPTED = (
    "The board accepts the business case and asks Bristol to say, half a year on, how many renewals still need papers."
)
PARKING_PERMITS = 474
SUMS_OF_PERMITS = sums_of(90_000, "6.10", "3.20", "50.0", "85000")
PERMITS_DAY = {
    "summary": "Of 400 people who renewed last spring, 380 had the same address and the same car. We make renewals that "
    "ask only what has changed.",
    "audience": "Parking and customer service teams, and people who renew every year",
    "agenda": hours_of(
        "Bristol lays out 400 renewals by what had changed since the year before",
        "What does the council hold already, and when does it have to ask again?",
    ),
}
WAYS_TO_RENEW = (
    Made(
        "Renew from the record",
        "A message three weeks before the permit ends: has anything changed? No, and it is renewed.",
        "Bristol, Exeter and Norwich",
        SUMS_OF_PERMITS,
        5,
    ),
    Made(
        "A permit that runs for three years",
        "Papers once in three years, and a line on the council tax bill that asks whether the car is still the same.",
        "Luton and Leeds",
        sums_of(90_000, "6.10", "2.10", "40.0", "30000"),
        3,
    ),
)

REVIEW_OF_WASTE = (
    "Seven councils use the standard, and one is trying it. The board asks for the saving to be measured once four of "
    "them have used it for half a year."
)

REVIEW_OF_CALCULATOR = (
    "Visits are what the case assumed; agreements are two a month in each council, which is fewer. The board keeps the "
    "figure in the ledger as it was measured and leaves it to the three councils whether to go on."
)


# title, wording, how the bodies stood in the order of the roster
MOTIONS = [
    (
        "Decide by e-mail between meetings",
        "Between meetings the board decides by e-mail, by one vote for each body, until a day told beforehand. At least "
        "five of its nine bodies have to vote. Bodies that have not voted are reminded the day before.",
        "FFFXFFAF-",
    ),
    (
        "Publish what the board reads a week before it meets",
        "Everything that the board reads for a meeting is public a week before it, but for what names people.",
        "FF--A----",
    ),
]


def build_meetings() -> None:
    secretary = person("secretariat")
    with clock.at(dt.datetime(2013, 9, 10, 9, 0)):
        for order, (name, _, _) in enumerate(BODIES, start=1):
            side = "central" if name in CENTRAL_SEATS else "local"
            operations.seat_body(body(name), side=side, order=order, by=secretary)
    for number, (day, host, place) in enumerate(MEETINGS):
        _hold(dt.date.fromisoformat(day), host, place, number)


def _hold(day: dt.date, host: str, place: str, number: int) -> Meeting:
    """Hold a meeting with most of the bodies; others are absent each time."""
    seats = list(BoardSeat.objects.select_related("body"))
    missing = [seat for index, seat in enumerate(seats) if not (index + number) % 7]
    with _at(day, 14):
        return operations.hold_meeting(
            day=day,
            host=next(seat for seat in seats if seat.body.name == host),
            place=place,
            present=[seat for seat in seats if seat not in missing],
            apologies=missing[:1],
            by=person("secretariat"),
            source=f"{TERMS}: seats and turns; day, place and attendance illustrative",
            is_illustrative=True,
        )


def _at(day: dt.date, hour: int) -> AbstractContextManager[None]:
    return clock.at(dt.datetime.combine(day, dt.time(hour)))


def build_decisions() -> None:
    for each in DECISIONS:
        case = BusinessCase.objects.get(project__title=each["project"], state=BusinessCase.State.SUBMITTED)
        meeting = Meeting.objects.get(day=each["meeting"])
        with clock.at(dt.datetime.fromisoformat(f"{each['meeting']} 15:00")):
            decide_at(
                meeting,
                case,
                stood=each["stood"],
                result=each["result"],
                wording=each["wording"],
                basis=each.get("basis", ""),
                dissent=each.get("dissent", ""),
                options=[Weighed(*option) for option in each.get("options", ())],
                review_on=dt.date.fromisoformat(each["review_on"]) if each["review_on"] else None,
            )


def decide_at(meeting: Meeting, subject: Subject | None, *, stood: str, **said: Any) -> Decision:
    """Decide something at a meeting, how each body that was there stood in the order of the roster."""
    how = {"F": SeatStand.Stood.FOR, "A": SeatStand.Stood.AGAINST, "X": SeatStand.Stood.ABSTAINED}
    stands = {seat: (how[letter], "") for seat, letter in zip(seats_at(meeting), stood, strict=True)}
    return operations.decide(
        subject, meeting=meeting, stands=stands, is_illustrative=True, by=person("secretariat"), **said
    )


def build_reviews() -> None:
    """Review the decision on waste in June 2015, and on the calculator once its first half year was measured."""
    for title, day, wording in (
        ("Waste standards and API", dt.date(2015, 6, 10), REVIEW_OF_WASTE),
        ("Deferred payment calculator", dt.date(2015, 12, 10), REVIEW_OF_CALCULATOR),
    ):
        decision = Decision.objects.get(business_case__project__title=title)
        with _at(day, 15):
            operations.record_review(decision, wording=wording, by=person("secretariat"))
    with _at(dt.date(2015, 3, 31), 15):
        operations.record_implementation(
            Decision.objects.get(business_case__project__title="Waste standards and API"),
            words="Luton published the vocabulary before the interface.",
            done_by="Luton",
            done_on=dt.date(2015, 3, 31),
            by=person("secretariat"),
        )


def build_motions() -> None:
    """What the board is asked by e-mail: one vote that has closed and waits to be recorded, one that runs."""
    secretary, today = person("secretariat"), clock.today()
    for seat in BoardSeat.objects.select_related("body"):
        own = {"LGA": "board", "SOCITM": "board2"}.get(seat.body.name)
        named = person(own) if own else colleague(seat.body)
        with _at(last_office_day(today - dt.timedelta(days=8)) - dt.timedelta(days=1), 9):
            operations.set_representative(seat, person=named, by=secretary)
    for (title, wording, answers), began, ended in zip(MOTIONS, (8, 2), (1, -4), strict=True):
        asked_on, closes_on = last_office_day(today - dt.timedelta(days=began)), today - dt.timedelta(days=ended)
        closes_on = last_office_day(closes_on) if closes_on < today else closes_on
        with _at(asked_on, 10):
            motion = operations.ask_board(
                title=title, wording=wording, closes_on=closes_on, is_illustrative=True, by=secretary
            )
        with _at(asked_on + dt.timedelta(days=1), 11):
            _stand(motion, answers)
        if closes_on < today:
            with _at(today, 0):
                close_ballot(motion.ballot, by=None)


def _stand(motion: Motion, answers: str) -> None:
    """Cast the votes of bodies in the order of the roster: F for, A against, X abstaining, - missing."""
    options = dict(zip("FAX", motion.ballot.options.all(), strict=True))
    for entry, answer in zip(motion.ballot.roll.select_related("person"), answers, strict=True):
        if answer in options:
            cast(motion.ballot, by=entry.person, marks=ticks([options[answer]]))


def build_today() -> None:
    """Meetings up to three weeks ago, and a case they accepted, launched since, whose review is due."""
    today = clock.today()
    days = days_of_meetings(today)
    for number, (day, (host, place)) in enumerate(zip(days, TODAYS_MEETINGS, strict=True)):
        _hold(day, host, place, number)
    _, second, third, _ = days
    project = _permits(second)
    facilitator = person("facilitator")
    with _at(second, 15):
        decide_at(
            Meeting.objects.get(day=second), project.business_cases.get(), stood="FFFFFFXF", result="accepted",
            wording=PERMITS_ACCEPTED, review_on=last_office_day(today - dt.timedelta(days=9)),
        )  # fmt: skip
    with _at(office_day(third + dt.timedelta(days=10)), 11):
        project = portfolio.launch(project, by=facilitator)
        portfolio.post_update(project, line="Launched in Bristol. Exeter begins with one ward.", by=facilitator)


def build_since() -> None:
    """What the project that was launched said after the last meeting."""
    project = Project.objects.get(title="Parking permits that renew themselves")
    with _at(last_office_day(clock.today() - dt.timedelta(days=9)), 11):
        line = "Three in five renewals in Bristol now need no papers."
        portfolio.post_update(project, line=line, by=person("facilitator"))


def days_of_meetings(today: dt.date) -> list[dt.date]:
    """Four working days three months apart, the last of them three weeks ago."""
    last = today - dt.timedelta(days=23)
    return [last_office_day(months_after(last, -MONTHS * number)) for number in (3, 2, 1, 0)]


def _permits(decided_on: dt.date) -> Project:
    """A project of Bristol, from its need to the business case submitted three weeks before the board meets."""
    facilitator, bristol = person("facilitator"), council("Bristol")
    with _at(last_office_day(decided_on - dt.timedelta(days=150)), 10):
        need = raise_need(
            by=colleague(bristol), council=bristol, title="Renew a parking permit without sending the papers again",
            who_for="Residents with a parking permit",
            what="To renew in a minute when nothing has changed, instead of proving again where one lives.",
            evidence="Of 400 renewals last spring, 380 had the same address and the same car.",
            cost_of_problem="£6.10 for every renewal", service=Service.objects.get(lgsl=PARKING_PERMITS),
            is_illustrative=True,
        )  # fmt: skip
        for name in ("Exeter", "Norwich", "Luton", "Camden"):
            join_need(need, by=colleague(council(name)), council=council(name))
    ballot = _chosen_for_permits(need, decided_on)
    with _at(last_office_day(decided_on - dt.timedelta(days=75)), 10):
        project = project_of(
            ballot, title="Parking permits that renew themselves", lead="Bristol", partners=("Exeter", "Norwich"),
            update_every_days=28, service=need.service,
        )  # fmt: skip
    with _at(last_office_day(decided_on - dt.timedelta(days=21)), 10):
        case = portfolio.draft_case(
            project, by=facilitator, summary="Fewer letters to check, and permits that come on the same day.",
            **SUMS_OF_PERMITS, bases=bases_of(decided_on), is_illustrative=True,
        )  # fmt: skip
        portfolio.submit_case(case, by=facilitator)
    return project


def bases_of(decided_on: dt.date) -> dict[str, object]:
    """On whom the cost and the saving of a permit rest, as at a month before the case is handed in."""
    as_at = last_office_day(decided_on - dt.timedelta(days=51))
    return {
        "cost_base": "Bristol, Exeter and Norwich, by the hours of their permit teams",
        "cost_councils": 3,
        "cost_as_at": as_at,
        "saving_base": "Bristol, by 400 renewals of last spring",
        "saving_councils": 1,
        "saving_as_at": as_at,
    }


def _chosen_for_permits(need: Need, decided_on: dt.date) -> Ballot:
    """The prototype chosen on a Co-Design Day three months before the decision, in a discovery begun six weeks before."""
    facilitator = person("facilitator")
    with _at(last_office_day(decided_on - dt.timedelta(days=135)), 10):
        discovery = discoveries.start_discovery(
            by=facilitator, title="Proof that a council has already seen",
            summary="Residents send the same papers to the same council every year. When is the first time enough?",
            theme="Renewals", department=body("Department for Transport"), starts_on=clock.today(),
            purposes=purposes("Digital by default"), is_illustrative=True,
        )  # fmt: skip
        discoveries.gather_need(discovery, need, by=facilitator)
    with _at(last_office_day(decided_on - dt.timedelta(days=120)), 10):
        discoveries.add_priority_issue(
            discovery, wording="Papers are asked for again though nothing changed", by=facilitator
        )
        discoveries.scope_project(
            discovery, title="Renew from the record", scope="Ask what has changed, and check only that.", by=facilitator
        )
        discoveries.judge_feasibility(
            discovery, verdict=Discovery.Feasibility.FEASIBLE, reason="The council holds the record itself.",
            by=facilitator,
        )  # fmt: skip
        discoveries.end_step_one(discovery, by=facilitator)
    return held_and_chosen(
        discovery,
        last_office_day(decided_on - dt.timedelta(days=90)),
        PERMITS_DAY,
        title="Co-Design Day: permits that renew",
        town="Bristol",
        room=("Bristol", "Exeter", "Norwich", "Luton", "Camden", "Leeds", "Kent"),
        made=WAYS_TO_RENEW,
        said="We pursue renewing from the record, with Bristol in the lead. Luton may try the three years by itself.",
    )
