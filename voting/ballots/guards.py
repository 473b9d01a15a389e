"""What votes say before their event is cancelled, a check-in undone, or step 2 of a discovery ended."""

from django.db.models import QuerySet

from accounts.models import User
from core.errors import Refused
from events.guards import Hanging
from events.models import Event, SignUp
from projects.models import Discovery
from voting.ballots.models import Ballot, Option, RollEntry
from voting.ballots.operations import strike, take_away
from voting.ballots.queries import has_voted, open_votes_without


def end_votes_of_cancelled_event(event: Event, *, by: User) -> None:
    """Refuse to cancel an event at which a vote has opened; withdraw votes that are only being prepared."""
    ballots = list(Ballot.objects.select_for_update().filter(event=event).order_by("pk"))
    for ballot in ballots:
        if why := _why_it_takes_place(ballot):
            raise Refused(f"This event cannot be cancelled. {why}")
    for ballot in ballots:
        if ballot.state == Ballot.State.DRAFT:
            take_away(ballot, by=by)


def votes_that_hang_on(event: Event) -> list[Hanging]:
    """The votes of an event: one that has opened keeps it from being cancelled, one being prepared goes with it."""
    found = []
    for ballot in Ballot.objects.filter(event=event).exclude(state=Ballot.State.VOID).order_by("pk"):
        why = _why_it_takes_place(ballot)
        words = why or f"A vote that is being prepared is withdrawn with it: {ballot.question}"
        found.append(Hanging(words, ballot.get_absolute_url(), stops=bool(why)))
    return found


def _why_it_takes_place(ballot: Ballot) -> str:
    """Why the day of a vote cannot be cancelled, as a sentence; empty while it is being prepared or once it is void."""
    if ballot.is_running:
        return f"A vote is open. Make it void first, or close it, and the day stays: {ballot.question}"
    if ballot.has_ended:
        return f"A vote was held, and its result stays: {ballot.question}"
    return ""


def keep_check_in_of_voters(place: SignUp, *, by: User, off_the_roll: bool | None = None) -> None:
    """Refuse to undo the check-in of somebody who has voted, or could in a vote that is over.

    Of an open vote it is asked whether to strike them from its roll: `off_the_roll` is the answer.
    """
    rolls = list(_rolls_with(place).select_for_update())
    for ballot in rolls:
        if not ballot.is_under_way:
            raise Refused(
                f"{place.person} is on the roll of a vote that has closed, which nobody changes any more. "
                f"So the check-in stays. Vote: {ballot.question}"
            )
    # Asked of everybody alike, and before it is looked up who has voted: else asking alone would tell.
    if rolls and off_the_roll is None:
        raise Refused(f"{question_of_the_roll(place)} Answer that first.")
    for ballot in rolls:
        if ballot.roll.handed_out().filter(person=place.person_id).exists():
            raise Refused(
                f"{place.person} was handed a card or a slip, so the check-in stays. A slip can be taken back first. "
                f"Vote: {ballot.question}"
            )
        if has_voted(ballot, place.person):
            raise Refused(f"{place.person} has voted, so the check-in stays. Vote: {ballot.question}")
    for ballot in rolls if off_the_roll else []:
        strike(ballot, place.person, by=by, reason="Their check-in was undone")


def question_of_the_roll(place: SignUp) -> str:
    """What is asked before the check-in of somebody on the roll of an open vote is undone; empty where they are not."""
    ballot = _rolls_with(place).filter(state__in=Ballot.RUNNING).last()
    if ballot is None:
        return ""
    return (
        f"{place.person} is on the roll of a vote that has opened: {ballot.question} "
        "Strike them from the roll as well? Whoever has voted stays."
    )


def not_on_the_roll(place: SignUp) -> str:
    """That somebody who is checked in is not on the roll of an open vote, and what to do; empty where they are."""
    ballot = open_votes_without(place.person).filter(event=place.event_id).first()
    return f"They are not on the roll of the vote that is open. Add them there: {ballot.question}" if ballot else ""


def _rolls_with(place: SignUp) -> QuerySet[Ballot]:
    """The votes of the event on whose roll its holder stands, in the order in which their rows are locked."""
    on_roll = RollEntry.objects.known().filter(person=place.person_id, ballot__roll_from=Ballot.Roll.CHECK_IN)
    ballots = Ballot.objects.filter(event=place.event_id, pk__in=on_roll.values("ballot"))
    return ballots.exclude(state=Ballot.State.VOID).order_by("pk")


def vote_still_to_close(discovery: Discovery) -> str:
    """Why step 2 cannot end: a vote on its prototypes has not shown its result; else empty."""
    over = [*Ballot.SHOWING, Ballot.State.VOID]
    waiting = Option.objects.filter(prototype__discovery=discovery).exclude(ballot__state__in=over)
    return "The result of a vote on its prototypes has still to be shown" if waiting.exists() else ""
