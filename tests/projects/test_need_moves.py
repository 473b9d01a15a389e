"""Whoever raised or joined a need is written to when it moves: once a move, and one message a person."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from outbox.models import Message
from projects.discoveries.operations import add_prototype, change_prototype, gather_need
from projects.models import Need, NeedMove
from projects.needs.operations import join_need, leave_need, tell_need_moved
from projects.portfolio.operations import start_project
from tests.factories.councils import MembershipFactory
from tests.factories.projects import DiscoveryFactory, NeedFactory, PrototypeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def need(amina, carlos, harlow, surrey):
    """Raised by Amina for Harlow, joined by Carlos for Surrey."""
    need = NeedFactory(title="Bin days", council=harlow, raised_by=amina)
    join_need(need, by=carlos, council=surrey)
    return need


@pytest.fixture
def delivered(deliver):
    """A function: send what is due, and say to whom and under which subject."""
    return lambda: sorted((message.to[0], message.subject) for message in deliver())


def both(subject, *people):
    return sorted((person.email, subject) for person in people)


def test_a_discovery_takes_it_up(need, amina, carlos, fatima, delivered, mailoutbox):
    discovery = DiscoveryFactory()

    gather_need(discovery, need, by=fatima)

    assert delivered() == both("Bin days: it is taken up in a discovery", amina, carlos)
    words = mailoutbox[0].body
    assert f"It is taken up in a discovery: {discovery}" in words
    assert f"http://testserver{discovery.get_absolute_url()}" in words
    assert f"http://testserver{need.get_absolute_url()}" in words
    assert "You get this because you raised this need, or joined it for your council." in words
    gather_need(discovery, need, by=fatima)
    assert delivered() == []


def test_a_prototype_is_made_for_it(need, amina, carlos, fatima, delivered):
    discovery = DiscoveryFactory(at_step_two=True)

    prototype = add_prototype(discovery, by=fatima, title="Texts", needs=[need])

    assert delivered() == both("Bin days: there is a prototype for it", amina, carlos)
    change_prototype(prototype, by=fatima, title="Texts", summary="", made_by="", needs=[])
    change_prototype(prototype, by=fatima, title="Texts", summary="", made_by="", needs=[need])
    assert delivered() == []


def test_a_prototype_that_comes_to_meet_it_later_counts(need, amina, carlos, fatima, delivered):
    prototype = PrototypeFactory(discovery__at_step_two=True)

    change_prototype(prototype, by=fatima, title="Texts", summary="", made_by="", needs=[need])

    assert delivered() == both("Bin days: there is a prototype for it", amina, carlos)


def test_a_project_builds_it(need, amina, carlos, fatima, harlow, delivered):
    prototype = PrototypeFactory(discovery__at_step_two=True)
    prototype.needs.add(need)

    start_project(prototype, by=fatima, lead_council=harlow)

    assert delivered() == both("Bin days: a project builds a prototype for it", amina, carlos)


def moved(*needs, by, path="/discoveries/bins/"):
    tell_need_moved(needs, what=NeedMove.What.DISCOVERY, title="Bins", path=path, by=by)


def test_somebody_with_two_of_the_needs_gets_one_message_about_both(need, amina, carlos, fatima, delivered, mailoutbox):
    other = NeedFactory(title="Missed bins", raised_by=amina)

    moved(need, other, by=fatima)

    assert len(delivered()) == 2
    words = next(message.body for message in mailoutbox if message.to == [amina.email])
    assert "2 needs of yours have moved." in words
    assert "Bin days" in words
    assert "Missed bins" in words


def test_the_one_who_did_it_those_who_left_and_closed_accounts_hear_nothing(need, amina, carlos, surrey, delivered):
    moved(need, by=amina)
    assert [to for to, _ in delivered()] == [carlos.email]

    carlos.is_active = False
    carlos.save()
    moved(need, by=amina, path="/discoveries/other/")
    assert delivered() == []

    carlos.is_active = True
    carlos.save()
    leave_need(need, by=carlos, council=surrey)
    moved(need, by=amina, path="/discoveries/third/")
    assert delivered() == []


def test_an_account_closed_before_the_mail_goes_gets_none(need, amina, carlos, delivered):
    moved(need, by=amina)
    carlos.is_active = False
    carlos.save()

    assert delivered() == []


def test_the_same_move_twice_tells_nobody_twice(need, fatima, delivered):
    moved(need, by=fatima)
    moved(need, by=fatima)

    assert len(delivered()) == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        NeedMove.objects.create(need=need, what="discovery", title="Bins", path="/discoveries/bins/")


def test_a_need_that_is_closed_does_not_move(need, fatima, delivered):
    Need.objects.update(state="withdrawn")

    moved(Need.objects.get(pk=need.pk), by=fatima)

    assert delivered() == []


def test_nobody_is_written_to_about_the_past(need, fatima, on_day, delivered):
    with on_day(2014, 6, 1):
        moved(need, by=fatima)

    assert delivered() == []


def test_what_is_taken_back_tells_nobody(need, fatima, delivered):
    with transaction.atomic():
        moved(need, by=fatima)
        transaction.set_rollback(True)

    assert delivered() == []
    moved(need, by=fatima)
    assert len(delivered()) == 2


def test_of_two_needs_nobody_is_written_to_about_the_one_of_the_record(need, amina, carlos, fatima, delivered):
    told = NeedFactory(title="Missed bins", raised_by=amina, raised_at=dt.datetime(2014, 3, 1, tzinfo=dt.UTC))

    moved(told, need, by=fatima)

    assert delivered() == both("Bin days: it is taken up in a discovery", amina, carlos)
    assert told.moves.count() == 1


def test_however_many_have_it_their_messages_are_one_statement(fatima, asked):
    need = NeedFactory()
    for member in MembershipFactory.create_batch(5):
        join_need(need, by=member.person, council=member.organisation)

    with asked() as statements:
        moved(need, by=fatima)

    assert sum("outbox_message" in statement for statement in statements) == 1
    assert Message.objects.count() == 6
