"""What the record adds to the close of a ballot: its code, kept and mailed."""

import secrets

from accounts.models import User
from accounts.permissions import holders_of
from accounts.roles import Role
from outbox.operations import queue_message
from voting.ballots.models import Ballot
from voting.ballots.queries import options_of
from voting.record.bundle import parts_of
from voting.record.chain import chained
from voting.record.emails import record_code
from voting.record.models import RecordCode


def keep_code(ballot: Ballot, *, by: User | None) -> None:
    """Keep the code of a ballot that closes, and mail it to those outside the site who can hold it against a bundle.

    In the transaction of the close. Closing again changes nothing.
    """
    if RecordCode.objects.filter(ballot=ballot).exists():
        return
    salt = secrets.token_hex(16)
    bundle = chained(parts_of(ballot, options_of(ballot), salt=salt))
    RecordCode.objects.create(ballot=ballot, code=bundle["code"], salt=salt, closed_by=by)
    queue_message(record_code, ballot, to=keepers_of(ballot), key="closed", code=bundle["code"])


def keepers_of(ballot: Ballot) -> list[User]:
    """Who is mailed the code: the steering board, the secretariat, and the organisers of the event."""
    people = {*holders_of(Role.BOARD), *holders_of(Role.SECRETARIAT)}
    if ballot.event:
        organisers = ballot.event.organisers.accepted().select_related("person")
        people |= {each.person for each in organisers if each.person and each.person.is_active}
    return sorted(people, key=lambda person: person.pk)
