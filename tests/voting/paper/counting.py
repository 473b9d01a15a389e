"""Slips handed out and counted by two people."""

from voting.models import RollEntry
from voting.paper import operations as paper

SLIP, CARD = RollEntry.Kind.SLIP, RollEntry.Kind.CARD


def entered(ballot, by, *piles):
    """A batch that is handed over, of these piles: marks and how many slips say them."""
    batch = paper.start_batch(ballot, slips=sum(slips for _, slips in piles), by=by)
    for marks, slips in piles:
        paper.add_pile(batch, marks=marks, slips=slips, by=by)
    return paper.hand_over(batch, by=by)


def confirmed(batch, by):
    batch.refresh_from_db()
    return paper.confirm_batch(batch, handed_over=batch.handed_over_at.isoformat(), by=by)
