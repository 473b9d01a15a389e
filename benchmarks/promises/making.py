"""People with sessions, and days with so many places and sign-ups, written past the operations."""

import datetime as dt
import time
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from accounts.sessions import BEGAN, SEEN
from councils.kinds import Kind
from councils.models import Organisation
from events.models import Event, SignUp
from projects.models import Discovery, Prototype
from sealing.operations import open_round
from voting.models import Ballot, Option, RollEntry


@dataclass(frozen=True)
class Caller:
    """Somebody who comes to the site, and their session."""

    person: User
    session: str


def callers(number: int, name: str) -> list[Caller]:
    """So many people with a confirmed address, signed in."""
    people = User.objects.bulk_create(
        User(email=f"{name}{n}@example.org", name=f"Officer {name} {n}", password="!") for n in range(number)
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email, verified=True, primary=True) for person in people
    )
    store, ends, now = SessionStore(), timezone.now() + dt.timedelta(days=1), int(time.time())
    rows = [
        Session(
            session_key=store._get_new_session_key(), session_data=store.encode(_said(person, now)), expire_date=ends
        )
        for person in people
    ]
    Session.objects.bulk_create(rows)
    return [Caller(person, row.session_key) for person, row in zip(people, rows, strict=True)]


def _said(person: User, now: int) -> dict[str, object]:
    return {
        SESSION_KEY: str(person.pk),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: person.get_session_auth_hash(),
        BEGAN: now,
        SEEN: now,
    }


def facilitators(number: int, name: str = "") -> list[Caller]:
    """People who may run events, signed in, with a second factor."""
    from allauth.mfa.models import Authenticator
    from django.contrib.auth.models import Group

    group, found = Group.objects.get(name=Role.FACILITATOR.value), callers(number, f"facilitator{name}")
    for caller in found:
        caller.person.groups.add(group)
        Authenticator.objects.create(user=caller.person, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return found


def day(name: str, capacity: int) -> Event:
    """A day in a month, whose freed places go at once to whoever waits."""
    starts = (timezone.now() + dt.timedelta(days=30)).replace(second=0, microsecond=0)  # as forms say it
    return Event.objects.create(
        title=f"Rush {name}", slug=f"rush-{name}", summary="Measured.", stream="skills", kind="workshop",
        venue="Online", starts_at=starts, ends_at=starts + dt.timedelta(hours=3), capacity=capacity, offer_hours=0,
    )  # fmt: skip


def fill_with(event: Event, people: list[User]) -> None:
    """Places and then a waiting list for these people, in their order."""
    first = event.next_position
    free = event.capacity - event.places_taken
    SignUp.objects.bulk_create(
        (
            SignUp(
                event=event,
                person=person,
                position=first + n,
                status=SignUp.Status.CONFIRMED if n < free else SignUp.Status.WAITING,
            )
            for n, person in enumerate(people)
        ),
        batch_size=2000,
    )
    event.places_taken += min(free, len(people))
    event.next_position += len(people)
    event.save()


def vote(name: str, people: list[User], *, options: int = 8, secrecy: str = Ballot.Secrecy.OPEN) -> Ballot:
    """A vote that runs, in the open or in secret, with these people on its roll."""
    department, _ = Organisation.objects.get_or_create(
        slug="bench-department", defaults={"name": "A department", "kind": Kind.DEPARTMENT}
    )
    discovery = Discovery.objects.create(
        title=f"Bench {name}", slug=f"bench-{name}", summary="Measured.", department=department,
        facilitator=facilitators(1, name)[0].person, starts_on=timezone.now().date(),
    )  # fmt: skip
    ballot = Ballot.objects.create(
        event=day(name, 10 * len(people) + 10), question=f"Which, {name}?", state=Ballot.State.OPEN,
        opened_at=timezone.now(), version=1, secrecy=secrecy,
        sealed=open_round(f"Votes in: {name}", length=1024) if secrecy == Ballot.Secrecy.SECRET else None,
    )  # fmt: skip
    prototypes = Prototype.objects.bulk_create(
        Prototype(title=f"Prototype {n} of {name}", slug=f"{name}-{n}", summary="Measured.", discovery=discovery)
        for n in range(options)
    )
    Option.objects.bulk_create(
        Option(ballot=ballot, title=p.title, prototype=p, order=n) for n, p in enumerate(prototypes)
    )
    RollEntry.objects.bulk_create(RollEntry(ballot=ballot, person=person) for person in people)
    return ballot
