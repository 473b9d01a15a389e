"""A council that has said which services it has most of is asked for their figures, and reminded once."""

import datetime as dt

import pytest

from core import clock
from councils.models import Membership
from kpis.indicators.emails import figures_due
from kpis.indicators.nudging import ask_for_figures
from kpis.indicators.operations import choose_top_services
from outbox.models import Message
from tests.factories.councils import MembershipFactory, ServiceFactory
from tests.factories.indicators import ServiceReturnFactory

pytestmark = [pytest.mark.django_db, pytest.mark.sql, pytest.mark.usefixtures("mail_at_any_time")]

SUMMER = dt.date(2026, 7, 1)


def noon(month, day):
    return dt.datetime(2026, month, day, 12, tzinfo=dt.UTC)


@pytest.fixture
def officer():
    return MembershipFactory(role=Membership.Role.CONTRIBUTOR).person


@pytest.fixture
def council(officer):
    return officer.memberships.get().organisation


@pytest.fixture
def services(council, officer):
    services = [ServiceFactory(), ServiceFactory()]
    choose_top_services(council, by=officer, services=services)
    return services


def measured(council, service, **more):
    return ServiceReturnFactory(council=council, service=service, quarter=SUMMER, returned_at=noon(10, 2), **more)


def asked_on(*moments):
    """The people written to on these days, in order."""
    Message.objects.all().delete()
    found = []
    for moment in moments:
        with clock.at(moment):
            ask_for_figures()
        rows = Message.objects.filter(kind="kpis.figures_due").order_by("pk")
        found.append([row.person for row in rows[sum(map(len, found)) :]])
    return found


def test_contributors_are_asked_two_weeks_after_the_quarter_and_reminded_once_a_week_after_it_was_due(
    council, services, officer
):
    MembershipFactory(organisation=council, role=Membership.Role.READER)
    measured(council, services[0])

    days = [noon(10, 13), noon(10, 14), noon(10, 15), noon(11, 5), noon(11, 6), noon(11, 7), noon(11, 30)]

    assert asked_on(*days) == [[], [officer], [], [], [officer], [], []]


def test_no_council_is_asked_that_returned_everything_or_has_said_nothing(council, services, officer):
    other = MembershipFactory(role=Membership.Role.CONTRIBUTOR).organisation
    for service in services:
        measured(council, service)
    measured(other, services[0])

    assert asked_on(noon(10, 20)) == [[]]


def test_a_return_without_a_figure_or_for_comparison_only_counts_as_what_it_is(council, services, officer):
    measured(council, services[0], for_comparison_only=True)
    empty = measured(council, services[1], cost=None, completed=None, completed_web=None, started_web=None)

    assert asked_on(noon(10, 20)) == [[officer]]
    empty.completed, empty.completed_web = 9, 3
    empty.save()
    assert asked_on(noon(10, 20)) == [[]]


def test_the_letter_says_what_is_missing_and_nothing_once_it_is_there_or_is_none_of_the_readers(
    council, services, officer
):
    measured(council, services[0])
    reader = MembershipFactory(organisation=council, role=Membership.Role.READER).person

    with clock.at(noon(10, 20)):
        letter = figures_due(council, officer, quarter="2026-07-01")
        assert figures_due(council, reader, quarter="2026-07-01") is None
        assert figures_due(council, officer, quarter="2026-04-01") is None
        measured(council, services[1])
        assert figures_due(council, officer, quarter="2026-07-01") is None

    assert letter.context["measured"] == "1 of the top 2 services measured"
    assert letter.context["quarter"] == "July to September 2026"
    assert letter.context["url"].endswith(f"/councils/{council.slug}/indicators/return/?quarter=2026-q3")


def test_it_waits_in_the_week_of_a_contributor_alone(council, services, officer, signed_in):
    measured(council, services[0])
    reader = MembershipFactory(organisation=council, role=Membership.Role.READER).person

    with clock.at(noon(10, 20)):
        assert "1 of the top 2 services measured" in signed_in(officer).get("/").content.decode()
        assert "services measured" not in signed_in(reader).get("/").content.decode()
        measured(council, services[1])
        assert "services measured" not in signed_in(officer).get("/").content.decode()
