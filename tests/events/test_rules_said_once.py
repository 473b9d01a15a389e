"""Rules about places that several apps ask for: what is living, for whom somebody came, how many forms are shown."""

import datetime as dt

import pytest
from django.utils import timezone

from events.feedback import queries
from events.feedback.operations import give_feedback
from events.models import SignUp
from events.places.queries import came_for, living_place, own_place, places_by_event, with_own_place
from portal.figures.queries import read_period, year_in_numbers
from tests.factories.councils import MembershipFactory, OrganisationFactory
from tests.factories.events import EventFactory, SignUpFactory

pytestmark = [pytest.mark.sql, pytest.mark.django_db]


@pytest.fixture
def event():
    return EventFactory()


@pytest.mark.parametrize("status", SignUp.Status.values)
def test_a_place_lives_until_it_is_given_back(event, ben, status):
    place = SignUpFactory(event=event, person=ben, status=status)

    expected = [] if status == SignUp.Status.CANCELLED else [place]
    brought_along = own_place(with_own_place(type(event).objects.filter(pk=event.pk), ben).get(), ben)

    assert list(SignUp.objects.living()) == expected
    assert [living_place(event, ben)] == (expected or [None])
    assert [brought_along] == (expected or [None])
    assert list(places_by_event([event], ben).values()) == expected


def test_somebody_came_for_whom_their_place_says(event, ben):
    MembershipFactory(person=ben)
    other = OrganisationFactory()
    SignUpFactory(event=event, person=ben, organisation=other)

    assert came_for(event, ben) == other


def test_a_place_that_was_given_back_says_nothing_of_whom_somebody_came_for(event, ben):
    own = MembershipFactory(person=ben).organisation
    SignUpFactory(event=event, person=ben, organisation=OrganisationFactory(), status=SignUp.Status.CANCELLED)

    assert came_for(event, ben) == own


def test_somebody_of_two_organisations_came_for_neither_until_they_say(event, ben):
    MembershipFactory.create_batch(2, person=ben)

    assert came_for(event, ben) is None


def test_nobody_comes_for_a_council_that_has_ended(event, ben):
    ended = OrganisationFactory(ends_on=timezone.localdate() - dt.timedelta(days=30))
    MembershipFactory(person=ben, organisation=ended)

    assert came_for(event, ben) is None


def test_of_two_councils_of_which_one_has_ended_somebody_came_for_the_other(event, ben):
    ended = OrganisationFactory(ends_on=timezone.localdate() - dt.timedelta(days=30))
    MembershipFactory(person=ben, organisation=ended)
    living = MembershipFactory(person=ben).organisation

    assert came_for(event, ben) == living


def test_the_figures_of_a_year_and_the_page_of_an_event_show_feedback_from_as_many_forms(monkeypatch):
    starts_at = timezone.make_aware(dt.datetime(2024, 5, 14, 10))
    event = EventFactory(starts_at=starts_at, kind="workshop")
    for _ in range(3):
        give_feedback(event, answers={"would_recommend": True}, is_illustrative=True)

    def shown():
        year = year_in_numbers(read_period({"year": "2024"})).feedback
        return [year is not None, queries.results_for(event, is_staff=False) is not None]

    assert shown() == [False, False]
    monkeypatch.setattr(queries, "LEAST_FOR_EVERYONE", 3)
    assert shown() == [True, True]
