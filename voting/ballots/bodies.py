"""Operations on the roll of a ballot of bodies: each body has one vote, which one person casts for it."""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from core import clock
from core.errors import Refused
from councils.models import Organisation
from voting.ballots.models import Ballot, RollEntry
from voting.ballots.operations import locked_to_run, moved, still_a_draft


@transaction.atomic
def set_bodies(ballot: Ballot, *, by: User, bodies: Iterable[tuple[Organisation, User]]) -> Ballot:
    """Make these bodies the roll of a draft, each with the person who votes for it."""
    ballot = locked_to_run(ballot, by)
    still_a_draft(ballot)
    if not ballot.is_of_bodies:
        raise Refused("Who may vote in it are not bodies. Change that in the rules first.")
    bodies = list(bodies)
    if len({person for _, person in bodies}) < len(bodies):
        raise Refused("One person votes for one body. Name somebody else for the other.")
    ballot.roll.all().delete()
    RollEntry.objects.bulk_create(
        RollEntry(ballot=ballot, kind=RollEntry.Kind.BODY, organisation=body, person=person) for body, person in bodies
    )
    return moved(ballot, "voting.roll_entered", by, on_roll=len(bodies))


@transaction.atomic
def set_voter(ballot: Ballot, body: Organisation, *, person: User, by: User, reason: str) -> RollEntry:
    """Let another person vote for a body while the vote runs; a body that had nobody is added to the roll.

    What was cast for the body stands as its one vote until the new person changes it. The reason is public, beside the
    result.
    """
    ballot = locked_to_run(ballot, by)
    if not ballot.is_of_bodies or not ballot.is_under_way:
        raise Refused("This vote takes no votes of bodies now.")
    if ballot.roll.filter(person=person).exclude(organisation=body).exists():
        raise Refused(f"{person} votes for another body in a vote that is open. One person votes for one body.")
    entry = ballot.roll.filter(kind=RollEntry.Kind.BODY, organisation=body).first()
    entry = entry or RollEntry(ballot=ballot, kind=RollEntry.Kind.BODY, organisation=body, weight="1")
    if not entry.stands:
        raise Refused(f"{body} was struck off the roll of a vote that is open.")
    entry.person, entry.late_reason, entry.added_at = person, reason, clock.now()
    entry.save()
    moved(ballot, "voting.voter_of_body_set", by, entry=entry.pk, reason=reason)
    return entry
