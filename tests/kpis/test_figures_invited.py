"""A council that is asked for no figures is invited to return some, once a year at most."""

import datetime as dt

import pytest
from django.template.loader import render_to_string

from core import clock
from councils.models import Membership
from kpis.indicators.emails import figures_invited
from kpis.indicators.nudging import invite_to_return
from kpis.indicators.operations import choose_top_services
from outbox.models import Message, MessageChoice, Pace
from tests.factories.councils import MembershipFactory, OrganisationFactory, ServiceFactory
from tests.factories.indicators import ServiceReturnFactory

pytestmark = [pytest.mark.django_db, pytest.mark.sql, pytest.mark.usefixtures("mail_at_any_time")]


def noon(month, day, year=2026):
    return dt.datetime(year, month, day, 12, tzinfo=dt.UTC)


@pytest.fixture
def officer():
    return MembershipFactory(role=Membership.Role.CONTRIBUTOR).person


@pytest.fixture
def council(officer):
    return officer.memberships.get().organisation


def invited_on(moment):
    """The people invited on a day."""
    before = set(Message.objects.values_list("pk", flat=True))
    with clock.at(moment):
        invite_to_return()
    rows = Message.objects.filter(kind="kpis.figures_invited").exclude(pk__in=before)
    return [row.person for row in rows.order_by("person__name")]


def test_a_council_without_figures_is_invited_when_others_are_asked_and_after_a_year_again(council, officer):
    MembershipFactory(organisation=council, role=Membership.Role.READER)
    days = [noon(10, 13), noon(10, 14), noon(10, 15), noon(10, 31), noon(1, 20, 2027), noon(7, 20, 2027)]

    assert [invited_on(day) for day in days] == [[], [officer], [], [], [], []]
    assert invited_on(noon(10, 14, 2027)) == [officer]


def test_a_council_that_joins_later_is_invited_after_the_next_quarter(council, officer):
    invited_on(noon(10, 14))

    newcomer = MembershipFactory(role=Membership.Role.CONTRIBUTOR).person

    assert invited_on(noon(1, 14, 2027)) == [newcomer]


def test_a_colleague_who_joins_within_the_year_is_not_written_to_again(council, officer):
    invited_on(noon(10, 14))
    MembershipFactory(organisation=council, role=Membership.Role.CONTRIBUTOR)

    assert invited_on(noon(10, 15)) == []


@pytest.mark.parametrize("quarter", [dt.date(2026, 4, 1), dt.date(2026, 7, 1)])
def test_a_council_that_returns_figures_is_not_invited(council, quarter):
    ServiceReturnFactory(council=council, quarter=quarter)

    assert invited_on(noon(10, 14)) == []


def test_a_council_whose_figures_ended_a_while_ago_is_invited(council, officer):
    ServiceReturnFactory(council=council, quarter=dt.date(2026, 1, 1))

    assert invited_on(noon(10, 14)) == [officer]


def test_neither_a_council_with_a_list_nor_one_that_has_ended_nor_one_without_contributors_is_invited(council, officer):
    OrganisationFactory()
    MembershipFactory(role=Membership.Role.READER)
    ended = MembershipFactory(role=Membership.Role.CONTRIBUTOR).organisation
    ended.ends_on = dt.date(2026, 9, 30)
    ended.save()
    choose_top_services(council, by=officer, services=[ServiceFactory()])

    assert invited_on(noon(10, 14)) == []


def test_whoever_turned_it_off_gets_none(council, officer, deliver):
    MessageChoice.objects.create(person=officer, kind="kpis.figures_invited", pace=Pace.OFF)
    colleague = MembershipFactory(organisation=council, role=Membership.Role.CONTRIBUTOR).person

    with clock.at(noon(10, 20)):
        invite_to_return()
        assert [mail.to for mail in deliver()] == [[colleague.email]]


def letter(council, person, *more):
    """The words of an invitation, with its subject; empty where there is none to send."""
    found = figures_invited(council, person, councils=[council.pk, *(each.pk for each in more)])
    return " ".join(render_to_string("emails/figures_invited.txt", found.context).split()) if found else ""


def test_the_letter_says_what_it_is_about_and_nothing_once_figures_are_asked_for(council, officer):
    reader = MembershipFactory(organisation=council, role=Membership.Role.READER).person

    with clock.at(noon(10, 20)):
        words = letter(council, officer)
        assert letter(council, reader) == ""
        choose_top_services(council, by=officer, services=[ServiceFactory()])
        assert letter(council, officer) == ""

    assert f"/councils/{council.slug}/indicators/top/" in words
    assert f"None are asked of {council} yet." in words
    assert "once a year at most, and only while a council has no list" in words


@pytest.mark.parametrize(
    "returned",
    [
        {"quarter": dt.date(2026, 7, 1), "cost": None, "completed": 9, "completed_web": None, "started_web": None},
        {"quarter": dt.date(2025, 7, 1)},
    ],
    ids=["numbers that make no figure", "figures a year ago"],
)
def test_a_council_that_returned_numbers_is_not_told_that_none_were_asked_yet(council, officer, returned):
    ServiceReturnFactory(council=council, **returned)

    assert invited_on(noon(10, 14)) == [officer]
    with clock.at(noon(10, 14)):
        words = letter(council, officer)

    assert "yet." not in words
    assert f"{council} has returned numbers before." in words


def test_whoever_writes_for_two_councils_gets_one_letter_that_names_both(council, officer, deliver):
    other = MembershipFactory(person=officer, organisation__name="Aldbridge").organisation
    colleague = MembershipFactory(organisation=council).person

    with clock.at(noon(10, 20)):
        invite_to_return()
        mails = {mail.to[0]: mail for mail in deliver()}
        invite_to_return()
        assert deliver() == []

    assert set(mails) == {officer.email, colleague.email}
    assert mails[officer.email].subject == f"Would Aldbridge and {council} like to see their services in figures?"
    for each in (council, other):
        assert f"/councils/{each.slug}/indicators/top/" in mails[officer.email].body
    assert "Aldbridge" not in mails[colleague.email].body


def test_a_letter_about_two_names_those_alone_that_are_still_asked_for_nothing(council, officer):
    other = MembershipFactory(person=officer, organisation__name="Aldbridge").organisation

    with clock.at(noon(10, 20)):
        both = letter(other, officer, council), letter(council, officer, other)
        choose_top_services(other, by=officer, services=[ServiceFactory()])
        one = letter(other, officer, council), letter(council, officer, other)

    assert [bool(each) for each in both] == [True, False]
    assert [bool(each) for each in one] == [False, True]
    assert "Aldbridge" not in one[1]


def test_none_of_it_waits_on_a_front_page_and_the_councils_page_leads_its_people_to_it(
    council, officer, client, signed_in
):
    address = f"/councils/{council.slug}/indicators/top/"

    assert address not in client.get(council.get_absolute_url()).content.decode()
    desk = signed_in(officer)
    assert address in desk.get(council.get_absolute_url()).content.decode()
    with clock.at(noon(10, 20)):
        assert address not in desk.get("/").content.decode()
