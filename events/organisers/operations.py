"""Operations on who runs one event: asked, accepted, removed."""

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from events.event import keeping
from events.event.models import Event
from events.event.people import INVITATION_LASTS, Organiser
from events.event.writing import refuse_more_addresses
from events.organisers import emails
from events.organisers.permissions import can_accept_invitation, can_remove_organiser
from events.permissions import can_name_organisers
from events.places.operations import lock
from outbox.operations import queue_message

NOT_YOURS = "Only the facilitator who made this event and the secretariat say who runs it."
NOT_YOUR_INVITATION = (
    "This invitation went to an address that is not one of yours. Sign in with the account that has it, or add the "
    "address to your account and confirm it."
)
MOST_ORGANISERS = 20  # of one event, invitations included: the portal writes to addresses that nobody has confirmed


@transaction.atomic
def make_organiser(event: Event, *, by: User, email: str) -> Organiser:
    """Ask whoever has an e-mail address to run the event, which they do once they have accepted.

    The address is not looked up, so the answer reveals nothing about it. Asking twice changes nothing.
    """
    require(can_name_organisers(by, event), NOT_YOURS)
    event = lock(event)
    if event.state == Event.State.CANCELLED:
        raise Refused("This event was cancelled.")
    event.organisers.filter(person=None, at__lt=clock.now() - INVITATION_LASTS).delete()
    address = email.strip()
    if earlier := event.organisers.filter(email__iexact=address).first():
        return earlier
    runs_it = [by.email, event.made_by.email if event.made_by else ""]  # other addresses are not looked up
    if address.casefold() in {one.casefold() for one in runs_it}:
        raise Refused("Whoever has this address runs the event already.", field="email")
    if event.organisers.count() >= MOST_ORGANISERS:
        raise Refused(f"{MOST_ORGANISERS} people run this event or were asked to. Remove one first.", field="email")
    refuse_more_addresses(by, field="email")
    organiser = event.organisers.create(email=address, given_by=by, at=clock.now())
    log_action("events.asked_organiser", by=by, about=event, organiser=organiser.pk)
    queue_message(emails.organiser_invited, organiser, to=address)
    return organiser


@transaction.atomic
def accept_invitation(organiser: Organiser, *, by: User) -> Event:
    """Run the event that one was asked to run. Accepting twice changes nothing."""
    require(can_accept_invitation(by, organiser), NOT_YOUR_INVITATION)
    event = lock(organiser.event)
    found = event.organisers.select_related("person").filter(pk=organiser.pk).first()
    if found is None:
        raise Refused("This invitation was taken back.")
    if found.person_id == by.pk:
        return event
    if why := found.why_over:
        raise Refused(why)
    if event.organisers.filter(person=by).exists():
        found.delete()  # asked at two addresses
        return event
    found.person, found.email, found.accepted_at = by, "", clock.now()
    found.save(update_fields=["person", "email", "accepted_at"])
    log_action("events.became_organiser", by=by, about=event, organiser=found.pk)
    queue_message(emails.organiser_accepted, found, to=found.given_by)
    return event


@transaction.atomic
def remove_organiser(organiser: Organiser, *, by: User) -> Event:
    """Take the event from an organiser, or an invitation back. Organisers may step down. Removing twice is removed."""
    require(can_remove_organiser(by, organiser), NOT_YOURS)
    event = lock(organiser.event)
    found = event.organisers.select_related("person").filter(pk=organiser.pk).first()
    if found is None:
        return event
    found.delete()
    log_action("events.removed_organiser", by=by, about=event, organiser=organiser.pk)
    if found.person and found.person != by:
        queue_message(emails.organiser_removed, event, to=found.person)
    return event


@transaction.atomic
def forget_invitations() -> int:
    """Erase the addresses of invitations that have run out, or whose event is over."""
    open_ones = Organiser.objects.filter(person=None)
    ran_out = open_ones.filter(at__lt=clock.now() - INVITATION_LASTS)
    forgotten, _ = (ran_out | open_ones.filter(event__ends_at__lt=clock.now())).delete()
    if forgotten:
        log_action("events.forgot_invitations", by=None, invitations=forgotten)
    return forgotten


@transaction.atomic
def forget_who_ran_events() -> int:
    """Delete who ran an event besides those who run every one, 12 months after it; how many."""
    forgotten, _ = Organiser.objects.accepted().filter(event__in=keeping.NAMES.over).delete()
    if forgotten:
        log_action("events.forgot_who_ran_events", by=None, organisers=forgotten)
    return forgotten
