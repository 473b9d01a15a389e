"""Signing up through the site against the bare row: session, form, permission, lock, trail and mail task included."""

import datetime as dt
from collections.abc import Iterator

from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts.models import User
from benchmarks.floor import bare_sign_up, through_django
from benchmarks.measure import Ratio, compare
from events.models import Event

PEOPLE = 6000


def run() -> Iterator[Ratio]:
    people = [User(email=f"bench{n}@example.org", name=f"Officer {n}", password="!") for n in range(PEOPLE)]
    User.objects.bulk_create(people)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email, verified=True, primary=True) for person in people
    )
    starts = timezone.now() + dt.timedelta(days=30)
    ours, theirs = (
        Event.objects.create(
            title=name, slug=f"bench-{name}", summary="Measured.", stream="skills", kind="workshop", venue="Online",
            starts_at=starts, ends_at=starts + dt.timedelta(hours=3), capacity=PEOPLE,
        )
        for name in ("ours", "floor")
    )  # fmt: skip
    half = PEOPLE // 2
    mine = iter(people[:half])
    client = Client()

    def through_the_site() -> None:
        client.force_login(next(mine), backend=settings.AUTHENTICATION_BACKENDS[0])
        answer = client.post(f"/events/{ours.slug}/sign-up/", {"kind": "other", "access_needs": ""})
        if answer.status_code != 302:
            raise AssertionError(f"the sign-up answered {answer.status_code}")

    yield compare(
        "sign-up: session, form, operation",
        through_the_site,
        through_django(bare_sign_up(theirs, people[half:]), method="post"),
        floor_name="conditional update and insert",
        rounds=5,
    )
    confirmed = ours.sign_ups.filter(status="confirmed").count()
    ours.refresh_from_db()
    if confirmed != ours.places_taken:
        raise AssertionError(f"{confirmed} places given, {ours.places_taken} counted")
