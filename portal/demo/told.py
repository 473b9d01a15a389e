"""Bulk writes of told history: 1,212 people who joined, 1,838 places taken.

The operations would need half a minute for them. A test builds some of each both ways and finds the same rows.
"""

import datetime as dt
from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction

from accounts.models import User
from audit.models import AuditEvent
from audit.operations import line
from core import clock
from councils.models import Membership, Organisation
from events.models import DeskMark, Event, ParticipantKind, SignUp
from events.places.operations import keep_count
from publishing.permissions import CONTRIBUTORS

# email, name, organisation
Newcomer = tuple[str, str, Organisation]
# person, organisation, kind, signed up at, checked in at
WhoCame = tuple[User, Organisation, ParticipantKind | None, dt.datetime, dt.datetime]


@transaction.atomic
def tell_who_joined(newcomers: Iterable[Newcomer], *, confirmed_by: User) -> None:
    """Create people with a verified address and a membership, as `ask_to_join` and `confirm_membership` leave them."""
    newcomers = list(newcomers)
    now = clock.now()
    people = User.objects.bulk_create(
        User(email=email, name=name, password="!", joined_at=now) for email, name, _ in newcomers
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in people
    )
    role = Membership.Role.CONTRIBUTOR
    places = Membership.objects.bulk_create(
        Membership(
            person=user,
            organisation=place,
            role=role,
            state=Membership.State.CONFIRMED,
            decided_by=confirmed_by,
            decided_at=now,
        )
        for user, (_, _, place) in zip(people, newcomers, strict=True)
    )
    group = Group.objects.get(name=CONTRIBUTORS)
    entrance = User.groups.through
    entrance.objects.bulk_create(
        entrance(user_id=place.person_id, group_id=group.pk) for place in places if place.organisation.is_council
    )
    lines = []
    for place in places:
        lines += [
            line("councils.membership_asked_for", by=place.person, about=place, via_domain="", role=role),
            line("councils.member_confirmed", by=confirmed_by, about=place, role=role),
        ]
    AuditEvent.objects.bulk_create(lines)


@transaction.atomic
def tell_who_came(event: Event, arrivals: Iterable[WhoCame], *, checked_in_by: User) -> None:
    """Create checked-in places at an event, in this order, as `sign_up` and `check_in` leave them."""
    places = []
    for position, (person, organisation, kind, signed_up_at, checked_in_at) in enumerate(arrivals, event.next_position):
        with clock.at(checked_in_at):
            place = SignUp(
                event=event,
                person=person,
                organisation=organisation,
                kind=kind,
                status=SignUp.Status.CONFIRMED,
                position=position,
                signed_up_at=signed_up_at,
                checked_in_at=checked_in_at,
                created_at=signed_up_at,
            )
        places.append(place)
    SignUp.objects.bulk_create(places)
    DeskMark.objects.bulk_create(
        DeskMark(
            event=event,
            sign_up=place,
            what=DeskMark.What.IN,
            by=checked_in_by,
            at=place.checked_in_at,
            recorded_at=place.checked_in_at,
        )
        for place in places
    )
    event.next_position += len(places)
    event.places_taken += len(places)
    event.arrived += len(places)
    keep_count(event)
    lines = []
    for place in places:
        with clock.at(place.signed_up_at):
            asked = {"place": place.pk, "status": place.status, "position": place.position}
            lines.append(line("events.signed_up", by=place.person, about=event, own=place, **asked))
        with clock.at(place.checked_in_at):
            lines.append(line("events.checked_in", by=checked_in_by, about=event, place=place.pk, over_capacity=False))
    AuditEvent.objects.bulk_create(lines)
