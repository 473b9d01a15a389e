"""The demo's many rows are written in bulk, and are the rows that the operations would have written."""

import datetime as dt
from contextlib import contextmanager

import pytest
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from audit.models import AuditEvent
from core import clock
from councils.models import Membership, Organisation
from councils.operations import ask_to_join, confirm_membership
from events.desk.operations import check_in
from events.models import DeskMark, Event, SignUp
from events.places.operations import sign_up
from portal.demo.people import _new_person
from portal.demo.told import tell_who_came, tell_who_joined
from search.models import Change
from tests.factories.councils import MembershipFactory
from tests.factories.events import EventFactory, ParticipantKindFactory

pytestmark = pytest.mark.django_db
DAY = dt.datetime(2014, 2, 20, 10, 0, tzinfo=dt.UTC)


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def rows(query: models.QuerySet, *but: str) -> list[dict]:
    """Every column, with a number of the row's own and a random reference left out; details without numbers of rows."""
    found = []
    for row in query.order_by("pk").values():
        row = {name: value for name, value in row.items() if name not in {"id", "reference", "code", *but}}
        if "details" in row:
            row["details"] = {name: value for name, value in row["details"].items() if name != "place"}
        found.append(row)
    return found


def everything() -> dict[str, list]:
    people = User.objects.filter(email__startswith="told")
    lines = AuditEvent.objects.filter(at__year__lte=2014)
    return {
        "people": rows(people),
        "groups": [sorted(person.groups.values_list("name", flat=True)) for person in people.order_by("pk")],
        "addresses": [
            (address.email, address.verified, address.primary, address.user.email)
            for person in people.order_by("pk")
            for address in person.emailaddress_set.all()
        ],
        "memberships": [
            {**row, "person": membership.person.email}
            for row, membership in zip(
                rows(Membership.objects.filter(person__in=people), "person_id"),
                Membership.objects.filter(person__in=people).order_by("pk"),
                strict=True,
            )
        ],
        "places": rows(SignUp.objects.all()),
        "marks": rows(DeskMark.objects.all(), "sign_up_id", "client_id"),
        "event": rows(Event.objects.all()),
        "lines": [
            {**row, "by": who, "details": {**row["details"], "own": "own" in row["details"]}}
            for row, who in zip(
                rows(lines, "by_id", "about_key"), lines.order_by("pk").values_list("by__email", flat=True), strict=True
            )
        ],
        "changes": Change.objects.count(),
    }


def test_people_who_joined_are_the_same_rows_as_by_the_operations(sunita):
    councils = Organisation.objects.councils().in_force(dt.date(2014, 12, 31)).order_by("slug")[:3]
    department = Organisation.objects.create(
        name="Works", official_name="Office of Works", slug="works", kind="department"
    )
    newcomers = [
        (f"told{number}@delegates.demo.example", f"Told {number}", place)
        for number, place in enumerate([*councils, councils[0], department])
    ]
    with undone(), clock.at(DAY):
        for email, name, place in newcomers:
            user = _new_person(email, name)
            confirm_membership(ask_to_join(place, by=user), by=sunita, role=Membership.Role.CONTRIBUTOR)
        by_operations = everything()

    with clock.at(DAY), CaptureQueriesContext(connection) as asked:
        tell_who_joined(newcomers, confirmed_by=sunita)

    assert everything() == by_operations
    assert len(by_operations["lines"]) == 2 * len(newcomers)
    assert len(asked) < 15


def test_people_who_came_are_the_same_rows_as_by_the_operations(fatima):
    event = EventFactory(
        starts_at=DAY + dt.timedelta(days=40), ends_at=DAY + dt.timedelta(days=40, hours=6), capacity=9
    )
    place = Organisation.objects.councils().first()
    developer = ParticipantKindFactory(event=event)
    people = [_new_person(f"told{number}@delegates.demo.example", f"Told {number}") for number in range(4)]
    arrivals = [
        (
            person,
            place,
            None if number else developer,
            DAY + dt.timedelta(minutes=37 * number),
            event.starts_at + dt.timedelta(seconds=10 * number),
        )
        for number, person in enumerate(people)
    ]
    with undone():
        for person, organisation, kind, signed_up_at, checked_in_at in arrivals:
            with clock.at(signed_up_at):
                place = sign_up(event, by=person, organisation=organisation, kind=kind)
            with clock.at(checked_in_at):
                check_in(place, by=fatima)
        by_operations = everything()
    by_operations["lines"].sort(key=lambda line: line["at"])

    with CaptureQueriesContext(connection) as asked:
        tell_who_came(event, arrivals, checked_in_by=fatima)

    in_bulk = everything()
    in_bulk["lines"].sort(key=lambda line: line["at"])
    assert in_bulk == by_operations
    assert len(asked) < 10


def test_a_new_candidate_or_an_affirmation_does_not_ask_about_groups(sunita):
    place = Organisation.objects.councils().first()
    MembershipFactory(organisation=place, role=Membership.Role.LEAD)  # who is written to, in place of the secretariat
    person = _new_person("told@delegates.demo.example", "Told")
    with CaptureQueriesContext(connection) as asked:
        membership = ask_to_join(place, by=person)
    assert not any("auth_group" in query["sql"] for query in asked)

    confirm_membership(membership, by=sunita)
    assert person.groups.exists()
    with CaptureQueriesContext(connection) as asked:
        membership.save(update_fields=["affirmed_at"])
    assert not any("auth_group" in query["sql"] for query in asked)
