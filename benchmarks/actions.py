"""Signing up and voting: the operation against bare statements, and the post against the operation and a bare view.

Everybody acts once. Signing in and reading the form stay off the clock; session and token are paid by both sides.
"""

import datetime as dt
import itertools
import re
from collections.abc import Callable, Iterator
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts.models import User
from benchmarks import counting, datasets, floor
from benchmarks.measure import Work, least
from benchmarks.pages import LEAN_MI, lean_page
from benchmarks.rows import Goal, Row
from events.models import Event
from events.places.operations import sign_up
from projects.models import Prototype
from voting.casting import operations as casting
from voting.models import Ballot, Option, RollEntry

WANTS = {datasets.SMALL}
PEOPLE = 400
MOST_OVER_OPERATION = 20  # Mi that a post may cost beyond its operation
HIDDEN = re.compile(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"')

Ready = Callable[[], Any]


def run() -> Iterator[Row]:
    people = iter(make_people(PEOPLE))
    yield from _rows("sign-up", sign_ups(people, make_day("ours"), make_day("bare")), most_times=3.5)
    yield from _rows("vote", votes(people, make_vote("ours"), make_vote("bare")), most_times=4)


def _rows(name: str, works: dict[str, Work], *, most_times: float) -> Iterator[Row]:
    cost = least(works | {"lean": lean_page(Client())}, rounds=30)
    over = cost["post"] - cost["operation"]
    times = Goal("× bare statements", cost["operation"] / cost["statements"], most_times)
    yield Row("action", f"{name}, operation", counting.unit(), cost["operation"], None, (times,))
    goals = [
        Goal("of a lean page beyond its operation", over / cost["lean"], MOST_OVER_OPERATION / LEAN_MI),
        Goal("× the bare view’s post", cost["post"] / cost["bare post"], 4),
    ]
    if counting.counts_instructions():
        goals.append(Goal("Mi beyond its operation", over, MOST_OVER_OPERATION))
    yield Row("action", f"{name}, post", counting.unit(), cost["post"], None, tuple(goals))


def sign_ups(people: Iterator[User], ours: Event, bare: Event) -> dict[str, Work]:
    """The four ways to sign somebody up."""
    answers = {"kind": "other", "access_needs": ""}
    address = f"/events/{ours.slug}/sign-up/"
    return {
        "statements": Work(lambda person: floor.sign_up(bare, person), people.__next__),
        "operation": Work(lambda person: sign_up(ours, by=person), people.__next__),
        "bare post": Work(_post, _form(people, "/bench/token/", f"/bench/sign-up/{bare.slug}/", answers)),
        "post": Work(_post, _form(people, address, address, answers)),
    }


def votes(people: Iterator[User], ours: Ballot, bare: Ballot) -> dict[str, Work]:
    """The four ways to vote."""
    (mine, theirs), address = (ballot.options.first() for ballot in (ours, bare)), f"/votes/{ours.reference}/cast/"
    ticked = {"options": str(mine.pk), "step": "count"}
    bare_post = _form(people, "/bench/token/", f"/bench/vote/{bare.reference}/", {"options": str(theirs.pk)})
    return {
        "statements": Work(lambda person: floor.vote(bare, person, theirs), people.__next__),
        "operation": Work(lambda person: casting.cast(ours, by=person, marks=casting.ticks([mine])), people.__next__),
        "bare post": Work(_post, bare_post),
        "post": Work(_post, _form(people, address, address, ticked)),
    }


def _form(people: Iterator[User], page: str, address: str, answers: dict[str, str]) -> Ready:
    """Lets the next person sign in and read the form; what is left is to send it."""

    def ready() -> tuple[Client, str, dict[str, str]]:
        client = Client(enforce_csrf_checks=True)
        client.force_login(next(people), backend=settings.AUTHENTICATION_BACKENDS[0])
        return client, address, dict(HIDDEN.findall(client.get(page).text)) | answers

    return ready


def _post(ready: tuple[Client, str, dict[str, str]]) -> None:
    client, address, answers = ready
    answer = client.post(address, answers)
    # Once a vote is counted its receipt is shown on the page that answers.
    if answer.status_code not in (200, 302):
        raise AssertionError(f"{address} answers {answer.status_code}")


def make_people(number: int) -> list[User]:
    people = User.objects.bulk_create(
        User(email=f"bench{n}@example.org", name=f"Officer {n}", password="!") for n in range(number)
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email, verified=True, primary=True) for person in people
    )
    return people


def make_day(name: str) -> Event:
    starts = timezone.now() + dt.timedelta(days=30)
    return Event.objects.create(
        title=f"Bench {name}", slug=f"bench-{name}", summary="Measured.", stream="skills", kind="workshop",
        venue="Online", starts_at=starts, ends_at=starts + dt.timedelta(hours=3), capacity=100 * PEOPLE,
    )  # fmt: skip


def make_vote(name: str) -> Ballot:
    """An open vote with everybody that was made for it on its roll."""
    people = User.objects.filter(email__startswith="bench")
    ballot = Ballot.objects.create(
        event=make_day(f"vote-{name}"), question=f"Which, {name}?", state=Ballot.State.OPEN,
        opened_by=people[0], opened_at=timezone.now(), secrecy=Ballot.Secrecy.OPEN,
    )  # fmt: skip
    prototypes = itertools.islice(Prototype.objects.filter(outline__isnull=False), 4)
    Option.objects.bulk_create(
        Option(ballot=ballot, title=p.title, prototype=p, order=n) for n, p in enumerate(prototypes)
    )
    RollEntry.objects.bulk_create(RollEntry(ballot=ballot, person=person) for person in people)
    return ballot
