"""Inviting councils and addresses to an event."""

from collections.abc import Collection, Iterable

from django.db import transaction

from accounts.models import User
from accounts.queries import person_at
from audit.operations import log_action
from core.errors import Refused
from core.permissions import require
from councils.models import Organisation
from events.event import keeping
from events.event.models import Event
from events.event.writing import refuse_more_addresses
from events.inviting import emails
from events.inviting.models import Invitation
from events.inviting.queries import who_is_written_to
from events.permissions import can_run_event
from events.places.operations import lock
from events.places.queries import signed_up
from outbox.operations import queue_message

NOT_STAFF = "Only those who run an event invite people to it."
MOST_AT_ONCE = 60
MOST_ADDRESSES = 100  # typed for one event: the portal writes to addresses that nobody has confirmed


@transaction.atomic
def invite(event: Event, *, by: User, councils: Iterable[Organisation] = (), address: str = "") -> list[Invitation]:
    """Invite the leads and contacts of councils, and whoever has `address`; returns the new invitations.

    Each person and each address is invited to an event once, and nobody of these councils who has signed up.
    """
    require(can_run_event(by, event), NOT_STAFF)
    event = lock(event)
    refuse_closed(event)
    councils, address = list(councils), address.strip().lower()
    if len(councils) > MOST_AT_ONCE:
        raise Refused(f"Invite {MOST_AT_ONCE} councils or fewer at a time.", field="councils")
    before: list[tuple[int | None, str]] = list(event.invitations.values_list("person_id", "address"))
    known: set[int | None] = {person for person, _ in before}
    known |= {person.pk for person in signed_up(event)}
    new = [
        Invitation(event=event, person=person, organisation=organisation, invited_by=by)
        for person, organisation in who_is_written_to(councils)
        if person.pk not in known
    ]
    typed = {earlier for _, earlier in before if earlier}
    at_address = []
    if address and address not in typed:
        _refuse_more(typed, by=by)
        again = {person for person, _ in before} | {each.person_id for each in new}
        at_address = _at(address, event, by=by, not_again=again)
    for each in [*new, *at_address]:
        each.save()
        queue_message(emails.invitation, each, to=each.person or each.address)
    if new:
        log_action("events.invited", by=by, about=event, invitations=len(new))
    if at_address:
        log_action("events.invited_address", by=by, about=event)
    return [*new, *at_address]


def _refuse_more(typed: Collection[str], *, by: User) -> None:
    """Refuse another address where so many were typed for the event, or by this person within a day."""
    if len(typed) >= MOST_ADDRESSES:
        said = f"{MOST_ADDRESSES} addresses are invited to this event already, and one event may invite no more."
        raise Refused(f"{said} Send them the address of its page yourself.", field="address")
    refuse_more_addresses(by, field="address")


def _at(address: str, event: Event, *, by: User, not_again: set[int | None]) -> list[Invitation]:
    """The invitation to a typed address: to its person where it has one, so that their choice of messages counts."""
    person = person_at(address)
    if person is not None and person.pk in not_again:
        return []
    is_person = person is not None and person.is_active
    return [Invitation(event=event, person=person if is_person else None, address=address, invited_by=by)]


def refuse_closed(event: Event) -> None:
    """Refuse to invite people to what they cannot sign up for."""
    if event.state == Event.State.CANCELLED:
        raise Refused("This event was cancelled.")
    if event.state == Event.State.DRAFT:
        raise Refused("This event is a draft. Open it for sign-up before you invite people.")
    if not event.takes_sign_ups:
        raise Refused("Sign-up for this event has closed, so nobody can be invited.")


@transaction.atomic
def forget_who_was_invited() -> int:
    """Delete who was invited, once it has been kept long enough after the event; how many."""
    forgotten, _ = Invitation.objects.filter(event__in=keeping.INVITATIONS.over).delete()
    if forgotten:
        log_action("events.forgot_who_was_invited", by=None, invitations=forgotten)
    return forgotten
