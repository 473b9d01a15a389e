"""The list of votes."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Case, IntegerField, QuerySet, Value, When

from core import clock
from core.filters import Facet, Words
from core.listing import Line, Listing, Nothing, Sort
from core.words import counted
from voting.ballots.models import Ballot
from voting.casting.turnout import turnout_of
from voting.outcome.queries import ballots_with_figures
from voting.permissions import visible_ballots

STATES = {
    Ballot.State.OPEN: "Open now",
    Ballot.State.PAUSED: "Paused",
    Ballot.State.DRAFT: "Being prepared",
    Ballot.State.CLOSED: "Closed",
    Ballot.State.REVEALED: "Result shown",
    Ballot.State.PUBLISHED: "Published",
    Ballot.State.VOID: "Void",
}
# The headings of the list, each for the states below it.
GROUPS = {
    "Open now": (Ballot.State.OPEN, Ballot.State.PAUSED),
    "Being prepared": (Ballot.State.DRAFT,),
    "Closed": (*Ballot.ENDED, Ballot.State.VOID),
}


def _in_order(ballots: QuerySet[Ballot]) -> QuerySet[Ballot]:
    """Votes that take votes first; one whose announced close has come counts as closed."""
    states = [When(state__in=states, then=Value(n)) for n, states in enumerate(GROUPS.values())]
    is_over = When(state=Ballot.State.OPEN, closes_at__lte=clock.now(), then=Value(len(GROUPS) - 1))
    order = Case(is_over, *states, output_field=IntegerField())
    return ballots.order_by(order, "-opened_at", "-pk")


def _lines(ballots: list[Any], user: Any) -> Iterable[Line]:
    for ballot in ballots:
        share = f"{turnout_of(ballot).share} voted" if ballot.state != Ballot.State.DRAFT else ""
        yield Line(
            title=ballot.venue,
            about=ballot.question,
            url=ballot.get_absolute_url(),
            sentence=ballot.question,
            facts=(
                ", ".join(filter(None, (ballot.state_word, ballot.days))),
                counted(ballot.options_count, "option"),
                share,
            ),
            record=ballot,
            group=_group(ballot),
        )


def _group(ballot: Ballot) -> str:
    return "Closed" if ballot.ended_at else next(name for name, states in GROUPS.items() if ballot.state in states)


def _cells(ballots: list[Any]) -> Iterable[tuple[object, ...]]:
    for ballot in ballots:
        yield (
            ballot.reference,
            ballot.question,
            ballot.venue,
            ballot.state_word,
            ballot.get_basis_display(),
            ballot.opened_at,
            ballot.closed_at,
            ballot.roll_count,
            turnout_of(ballot).share.numerator if ballot.state != Ballot.State.DRAFT else None,
        )


VOTES = Listing(
    name="votes",
    title=f"Votes of the {settings.SITE_NAME}",
    noun=("vote", "votes"),
    rows=lambda user, asked: visible_ballots(user),
    fields=(
        Words(columns=("question", "event__title", "held_by")),
        Facet(name="state", label="State", path="state", choices=STATES.items(), keeps_order=True),
    ),
    sorts=(Sort("day", "By day", _in_order),),
    of_a_line=ballots_with_figures,
    lines=_lines,
    columns=("Reference", "Question", "Held at or by", "State", "Decides", "Opened", "Closed", "On the roll", "Voted"),
    cells=_cells,
    of_a_file=ballots_with_figures,
    nothing=Nothing(
        "No votes here", "Votes come at the end of Co-Design Days. See which days are next.", "See events", "/events/"
    ),
)
