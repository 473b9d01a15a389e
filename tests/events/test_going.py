"""What goes next: the dry run says row for row what the schedules delete and when, and deletes nothing itself."""

import datetime as dt

import pytest
from django.core.management import call_command

from core import clock
from events import schedules
from events.event import keeping
from events.event.models import Event
from events.models import DeskMark, EventMessage, FloorVote, Invitation, PlaceOffer, SignUp
from events.whats_on.going import ANSWERS, going
from events.whats_on.keeps import HELD
from questions.models import AnswerSheet
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, LeadFactory, OrganiserFactory, SignUpFactory, floor_question
from tests.factories.questions import sign_up_question
from tests.pages import words
from tests.scenes import built_once

pytestmark = pytest.mark.django_db
EVERYTHING = {held.what for held in HELD} | {ANSWERS}


def _an_event_of_which_everything_is_held():
    event = EventFactory(ended=True, slug="held-of")
    clerk = UserFactory()
    came = SignUpFactory(event=event, checked_in_at=event.starts_at, access_needs="A ramp.")
    SignUpFactory(event=event, status=SignUp.Status.WAITING)
    PlaceOffer.objects.create(
        place=came, giver=came.person, to_email="colleague@example.org", expires_at=event.starts_at, state="expired"
    )
    Invitation.objects.create(event=event, person=clerk, invited_by=clerk)
    DeskMark.objects.create(event=event, sign_up=came, what="in", by=clerk, desk="1", at=event.starts_at)
    LeadFactory(event=event, person=came.person)
    FloorVote.objects.create(question=floor_question(event=event, asked_by=clerk, votes=1), person=clerk)
    OrganiserFactory(event=event, given_by=clerk)
    EventMessage.objects.create(event=event, by=clerk, audience="came", subject="Slides", words="Here.", people=1)
    question = sign_up_question(event)
    AnswerSheet.objects.create(set=question.set, person=came.person, answers={question.key: "Yes"})


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    with built_once(_an_event_of_which_everything_is_held, django_db_blocker) as scene:
        yield scene


def held_of():
    return Event.objects.get(slug="held-of")


def delete_what_is_due():
    schedules.erase_access_needs()
    schedules.forget_offers()
    schedules.forget_who_was_invited()
    schedules.forget_answers()
    schedules.forget_people()


def due(days=0):
    """What is due by then, with how much of it, and after how many days."""
    ends_at = held_of().ends_at
    return {
        each.what: (each.number, (each.due - ends_at).days)
        for each in going(Event.objects.filter(slug="held-of"), days=days)
    }


def test_everything_that_is_held_goes_in_the_moment_that_is_said_and_not_before(scene):
    said = due(days=366)
    assert said.keys() == EVERYTHING
    ends_at = held_of().ends_at
    for days in sorted({days for _, days in said.values()}):
        going_now = {what: number for what, number in said.items() if number[1] == days}
        with clock.at(ends_at + dt.timedelta(days=days, seconds=-1)):
            delete_what_is_due()
            assert due() == {}
            assert going_now.items() <= due(days=1).items()
        with clock.at(ends_at + dt.timedelta(days=days)):
            assert due() == going_now
            delete_what_is_due()
            assert due() == {}
    assert due(days=366) == {}


@pytest.mark.parametrize("kept", [keeping.HEALTH, keeping.OFFERS, keeping.WAITING, keeping.INVITATIONS, keeping.NAMES])
def test_what_belongs_to_an_event_that_ended_in_this_very_moment_is_over(scene, kept):
    event = held_of()
    with clock.at(event.ends_at + dt.timedelta(days=kept.days)):
        assert event in kept.over
    with clock.at(event.ends_at + dt.timedelta(days=kept.days, microseconds=-1)):
        assert event not in kept.over


def test_the_dry_run_deletes_nothing_and_costs_the_same_for_many_events(scene, asked):
    before = due(days=366)
    with asked() as few:
        going(Event.objects.all())
    assert due(days=366) == before
    for _ in range(3):
        other = EventFactory(ended=True)
        SignUpFactory(event=other, access_needs="A ramp.")
        AnswerSheet.objects.create(set=sign_up_question(other).set, person=UserFactory(), answers={})

    with asked() as many:
        found = going(Event.objects.all())

    assert len(many) == len(few) <= 20
    assert len({each.event for each in found}) >= 4


def test_told_history_loses_nothing(scene):
    Event.objects.filter(slug="held-of").update(
        starts_at=dt.datetime(2014, 5, 1, 9, tzinfo=dt.UTC), ends_at=dt.datetime(2014, 5, 1, 17, tzinfo=dt.UTC)
    )

    delete_what_is_due()

    assert due(days=366) == {}
    assert SignUp.objects.exclude(access_needs="").exists()
    assert Invitation.objects.exists()
    assert PlaceOffer.objects.exists()


def test_page_and_command_say_what_goes_tonight_and_in_thirty_days_to_those_who_run_events(
    scene, signed_in, fatima, amina, capsys
):
    event = held_of()
    with clock.at(event.ends_at + dt.timedelta(days=20)):
        page = words(signed_in(fatima).get("/held/"))
        call_command("what_goes")

    told = capsys.readouterr().out
    assert "What people need to take part, and do not eat (14 days): 1 tonight, 0 in the next 30 days" in told
    assert "Who only waited (30 days): 0 tonight, 1 in the next 30 days" in told
    assert "Names of who had a place, gave it back, or came (12 months): 0 tonight, 0 in the next 30 days" in told
    assert "Tonight: held-of: What people need to take part, and do not eat: 1" in told
    assert 'href="/events/held-of/held/"' in page
    assert "Tonight" in page
    assert signed_in(amina).get("/held/").status_code == 403


def test_an_organiser_reads_what_goes_of_their_own_events_alone(scene, signed_in):
    organiser = OrganiserFactory(event=EventFactory(ended=True, title="Their own day")).person
    SignUpFactory(event=Event.objects.get(title="Their own day"), access_needs="A ramp.")

    page = signed_in(organiser).get("/held/").content.decode()

    assert "Their own day" in page
    assert "/events/held-of/held/" not in page
