"""The steering board: its nine seats, its quarterly meetings by turns at DCLG and the LGA, its decisions.

The seats, the rhythm and the alternation come from the terms of reference; days, attendance and decisions are
illustrative.
"""

import datetime as dt

from core import clock
from portal.demo.bodies import BODIES, CENTRAL_SEATS, TERMS, body
from portal.demo.people import person
from projects.models import BusinessCase
from steering import operations
from steering.models import BoardSeat, Decision, Meeting

MEETINGS = [
    ("2013-09-10", "DCLG", "Eland House, London"),
    ("2013-12-10", "LGA", "Local Government House, London"),
    ("2014-03-11", "DCLG", "Eland House, London"),
    ("2014-06-10", "LGA", "Local Government House, London"),
    ("2014-09-09", "DCLG", "Fry Building, London"),
    ("2014-12-10", "LGA", "Local Government House, London"),
]

# project, meeting, accepted, (for, against, abstained) of the bodies that were there, review on, wording
DECISIONS = [
    (
        "Waste standards and API", "2014-09-09", True, (7, 0, 1), "2015-06-10",
        "The board accepts the business case and asks Luton to publish the vocabulary before the interface.",
    ),
    (
        "DVLA data sharing", "2014-12-10", False, (3, 4, 2), "",
        "The board does not accept the case until the legal gateway for sharing is clear; it asks for a second version.",
    ),
    (
        "Deferred payment calculator", "2014-12-10", True, (6, 1, 2), "2015-12-01",
        "The board accepts the business case. The saving rests on more people agreeing to defer, which nobody has yet "
        "measured; the board asks for a measurement six months after launch.",
    ),
]  # fmt: skip

REVIEW_OF_WASTE = (
    "Two councils report missed bins through one interface and more are joining. The board asks for the saving to be "
    "measured once four of them have used it for half a year."
)


def build_meetings() -> None:
    secretary = person("secretariat")
    with clock.at(dt.datetime(2013, 9, 10, 9, 0)):
        for order, (name, _, _) in enumerate(BODIES, start=1):
            side = "central" if name in CENTRAL_SEATS else "local"
            operations.seat_body(body(name), side=side, order=order, by=secretary)
    seats = list(BoardSeat.objects.select_related("body"))
    for number, (day, host, place) in enumerate(MEETINGS):
        with clock.at(dt.datetime.fromisoformat(f"{day} 14:00")):
            operations.hold_meeting(
                held_on=dt.date.fromisoformat(day),
                host=next(seat for seat in seats if seat.body.name == host),
                place=place,
                present=[seat for index, seat in enumerate(seats) if (index + number) % 7],
                by=secretary,
                source=f"{TERMS}: seats and turns; day, place and attendance illustrative",
                is_illustrative=True,
            )


def build_decisions() -> None:
    secretary = person("secretariat")
    for title, day, accepted, stood, review_on, wording in DECISIONS:
        votes_for, votes_against, abstentions = stood
        case = BusinessCase.objects.get(project__title=title, state=BusinessCase.State.SUBMITTED)
        with clock.at(dt.datetime.fromisoformat(f"{day} 15:00")):
            operations.decide_gate(
                case,
                accepted=accepted,
                wording=wording,
                votes_for=votes_for,
                votes_against=votes_against,
                abstentions=abstentions,
                meeting=Meeting.objects.get(held_on=day),
                decided_on=dt.date.fromisoformat(day),
                review_on=dt.date.fromisoformat(review_on) if review_on else None,
                is_illustrative=True,
                by=secretary,
            )


def build_reviews() -> None:
    """The board looked at waste again in June 2015; of the calculator's measurement it has not spoken yet."""
    decision = Decision.objects.get(business_case__project__title="Waste standards and API")
    with clock.at(dt.datetime(2015, 6, 10, 15, 0)):
        operations.record_review(decision, wording=REVIEW_OF_WASTE, by=person("secretariat"))
