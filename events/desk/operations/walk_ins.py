"""People who come without having signed up."""

from django.db import transaction

from accounts.addresses import placeholder
from accounts.models import User
from accounts.operations import account_for
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from core.words import series
from councils.addresses import domain_of
from councils.models import Organisation
from councils.permissions import organisations_of
from councils.queries import organisations_for
from events.desk.models import DeskMark
from events.desk.operations.marks import HERE, NOT_STAFF, Press, note, refuse_while_shut
from events.event.models import Event
from events.event.people import ParticipantKind
from events.permissions import can_run_event
from events.places.models import SignUp
from events.places.operations import lock
from events.places.operations.kinds import refuse_other_kind
from events.places.queries import living_place


@transaction.atomic
def walk_in(
    event: Event,
    *,
    by: User,
    name: str,
    email: str = "",
    organisation: Organisation | None = None,
    for_themselves: bool = False,
    kind: ParticipantKind | None = None,
    press: Press = HERE,
) -> SignUp:
    """Check in somebody who came without signing up, with a new account without a password where they have none.

    Somebody who had signed up is checked in with that place, also if it has been released. Without `organisation` and
    `for_themselves` the place is for the organisation that the person belongs to. Whoever says no address gets an
    account that nobody can enter.
    """
    require(can_run_event(by, event), NOT_STAFF)
    event = lock(event)
    refuse_while_shut(event)
    if place := _sent_before(event, press):
        return place
    person = account_for(email or placeholder(), name=name)
    place = living_place(event, person) or _released(event, person)
    if place is None:
        refuse_other_kind(event, kind)
        place = event.sign_ups.create(
            person=person,
            organisation=organisation or (None if for_themselves else _own_organisation(person)),
            kind=kind,
            status=SignUp.Status.WAITING,
            position=event.next_position,
            signed_up_at=clock.now(),
        )
        event.next_position += 1  # written with the other counters
        log_action("events.walked_in", by=by, about=event, place=place.pk)
    place.person, place.event = person, event
    return note(event, place, DeskMark.What.IN, by=by, press=press)


def _sent_before(event: Event, press: Press) -> SignUp | None:
    """The place of a walk-in whom this press has let in already."""
    mark = press.client_id and event.marks.filter(client_id=press.client_id).select_related("sign_up__person").first()
    if not mark:
        return None
    mark.sign_up.event = event
    mark.sign_up.was_in = True  # type: ignore[attr-defined]  # for the message to whoever pressed
    return mark.sign_up


def _released(event: Event, person: User) -> SignUp | None:
    """The place that the desk has released, of somebody who comes after all."""
    return event.sign_ups.filter(person=person, released_at__isnull=False).order_by("-pk").first()


def _own_organisation(person: User) -> Organisation | None:
    """The one organisation of a person, if any; Refused where there are several or only their address suggests one."""
    own = organisations_of(person)
    if len(own) > 1:
        names = " and to ".join(str(each) for each in own)
        raise Refused(f"{person} belongs to {names}. Choose the one they come for.", field="organisation")
    if own:
        return own[0]
    if suggested := organisations_for(domain_of(person.email)):
        names = series((each.full_name for each in suggested), last="or")
        raise Refused(
            f"{person.email} is an address of {names}. Choose it, or tick that they come for themselves.",
            field="organisation",
        )
    return None
