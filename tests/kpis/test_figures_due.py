"""Councils are asked each quarter for the figures of their largest services, or of those they returned before.

They are reminded once, where nothing came in.
"""

import datetime as dt

import pytest
from django.template.loader import render_to_string

from core import clock
from councils.models import Membership
from kpis.indicators.due import due_figures
from kpis.indicators.emails import figures_due
from kpis.indicators.nudging import ask_for_figures
from kpis.indicators.operations import choose_top_services
from outbox.models import Message, MessageChoice, Pace
from tests.factories.councils import MembershipFactory, ServiceFactory
from tests.factories.indicators import ServiceReturnFactory

pytestmark = [pytest.mark.django_db, pytest.mark.sql, pytest.mark.usefixtures("mail_at_any_time")]

SPRING, SUMMER = dt.date(2026, 4, 1), dt.date(2026, 7, 1)


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


def measured(council, service, quarter=SUMMER, **more):
    return ServiceReturnFactory(council=council, service=service, quarter=quarter, returned_at=noon(10, 2), **more)


def page(client, address):
    return client.get(address).content.decode()


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

    days = [noon(10, 13), noon(10, 14), noon(10, 15), noon(11, 5), noon(11, 6), noon(11, 7), noon(11, 30)]

    assert asked_on(*days) == [[], [officer], [], [], [officer], [], []]


def test_a_council_that_returned_something_is_asked_for_the_rest_and_not_reminded_of_it(council, services, officer):
    measured(council, services[0])

    assert asked_on(noon(10, 20), noon(11, 6)) == [[officer], []]


def test_a_council_that_returned_a_service_outside_its_list_is_not_reminded_as_if_it_had_returned_nothing(
    council, services, officer
):
    measured(council, ServiceFactory(name="Allotments"))

    assert asked_on(noon(10, 20), noon(11, 6)) == [[officer], []]


def test_no_council_is_asked_that_returned_everything_or_never_anything(council, services, officer):
    MembershipFactory(role=Membership.Role.CONTRIBUTOR)
    newcomer = MembershipFactory(role=Membership.Role.CONTRIBUTOR).organisation
    for service in services:
        measured(council, service)
    measured(newcomer, services[0])

    assert asked_on(noon(10, 20)) == [[]]


def test_a_council_without_a_list_is_asked_for_what_it_returned_the_quarter_before(council, officer, signed_in):
    one, other = ServiceFactory(name="Bins"), ServiceFactory(name="Permits")
    for service, finished in ((one, 100), (other, 900)):
        measured(council, service, SPRING, completed=finished)

    assert asked_on(noon(10, 20)) == [[officer]]
    with clock.at(noon(10, 20)):
        letter = figures_due(council, officer, quarter="2026-07-01")
        assert letter.context["returned"] == "2 services for April to June 2026"
        assert "2 services measured that had figures for April to June 2026" in page(signed_in(officer), "/")
        # The list that its mail asks for begins with them, the most used first.
        form = page(signed_in(officer), f"/councils/{council.slug}/indicators/top/")
        assert form.index("selected>Permits") < form.index("selected>Bins")
        assert not council.top_services.exists()
        for service in (one, other):
            measured(council, service)
    assert asked_on(noon(10, 21)) == [[]]


def test_nobody_of_a_council_that_has_ended_is_asked_nor_has_a_line(council, services, officer, signed_in):
    council.ends_on = dt.date(2026, 9, 30)
    council.save()

    assert asked_on(noon(10, 20)) == [[]]
    with clock.at(noon(10, 20)):
        assert due_figures([council]) == []
        assert "services measured" not in page(signed_in(officer), "/")


def test_whoever_turned_the_mail_off_gets_none_and_keeps_the_line(council, services, officer, signed_in, deliver):
    MessageChoice.objects.create(person=officer, kind="kpis.figures_due", pace=Pace.OFF)
    colleague = MembershipFactory(organisation=council, role=Membership.Role.CONTRIBUTOR).person

    with clock.at(noon(10, 20)):
        ask_for_figures()
        assert [mail.to for mail in deliver()] == [[colleague.email]]
        assert "0 of the top 2 services measured" in page(signed_in(officer), "/")


def test_the_line_ends_when_what_came_in_is_compared(council, services):
    for day, lines in ((noon(11, 29), 1), (noon(11, 30), 0)):
        with clock.at(day):
            assert len(due_figures([council])) == lines


def test_it_is_asked_in_one_query_with_lists_and_without(council, services, django_assert_num_queries):
    others = [MembershipFactory().organisation for _ in range(3)]
    for other in others:
        measured(other, services[0], SPRING)

    with clock.at(noon(10, 20)), django_assert_num_queries(1):
        assert [(each.measured, each.of, each.has_list) for each in due_figures([council, *others])] == [
            (0, 2, True),
            *[(0, 1, False)] * 3,
        ]


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


def test_once_the_day_is_over_the_figures_were_due(council, services, officer, signed_in):
    said = {}
    for day in (noon(10, 30), noon(11, 6)):
        with clock.at(day):
            letter = figures_due(council, officer, quarter="2026-07-01")
            home = page(signed_in(officer), "/")
            said[day.month] = (render_to_string("emails/figures_due.txt", letter.context), "was due</small>" in home)

    assert "The figures are due by 30 October 2026." in said[10][0]
    assert "The figures were due by 30 October 2026." in said[11][0]
    assert "ten of which take about ten minutes" in said[11][0]
    assert (said[10][1], said[11][1]) == (False, True)


def test_it_waits_in_the_week_of_a_contributor_alone(council, services, officer, signed_in):
    measured(council, services[0])
    reader = MembershipFactory(organisation=council, role=Membership.Role.READER).person

    with clock.at(noon(10, 20)):
        assert "1 of the top 2 services measured" in signed_in(officer).get("/").content.decode()
        assert "services measured" not in signed_in(reader).get("/").content.decode()
        measured(council, services[1])
        assert "services measured" not in signed_in(officer).get("/").content.decode()
