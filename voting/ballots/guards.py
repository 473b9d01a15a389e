"""What votes say before their event is cancelled, a check-in undone, or step 2 of a discovery ended."""

from accounts.models import User
from core.errors import Refused
from events.models import Event, SignUp
from projects.models import Discovery
from voting.ballots.models import Ballot, Option
from voting.ballots.operations import take_away


def end_votes_of_cancelled_event(event: Event, *, by: User) -> None:
    """Refuse to cancel an event at which a vote has opened; withdraw votes that are only being prepared."""
    ballots = list(Ballot.objects.select_for_update().filter(event=event).order_by("pk"))
    for ballot in ballots:
        if ballot.state == Ballot.State.OPEN:
            raise Refused(f"People are voting at this event, so it cannot be cancelled. Open vote: {ballot.question}")
        if ballot.state == Ballot.State.CLOSED:
            raise Refused(f"People have voted at this event, so it cannot be cancelled. Closed vote: {ballot.question}")
    for ballot in ballots:
        take_away(ballot, by=by)


def keep_check_in_of_voters(place: SignUp, *, by: User, off_the_roll: bool | None = None) -> None:
    """Refuse to undo the check-in of somebody on the roll of a vote: the roll is fixed when it opens."""
    votes = Ballot.objects.filter(event=place.event_id, roll__person=place.person_id)
    if vote := votes.order_by("-pk").first():
        raise Refused(
            f"{place.person} is on the roll of a vote, which was fixed when it opened, and can vote in it. "
            f"So the check-in stays. Vote: {vote.question}"
        )


def vote_still_to_close(discovery: Discovery) -> str:
    """Why step 2 cannot end: a vote on its prototypes is being prepared or open; else empty."""
    waiting = Option.objects.filter(prototype__discovery=discovery).exclude(ballot__state=Ballot.State.CLOSED)
    return "A vote on its prototypes has still to close" if waiting.exists() else ""
