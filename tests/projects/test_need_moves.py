"""Whoever raised or joined a need is written to when it moves: once a move, and one message a person."""

import pytest
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from projects.discoveries.operations import add_prototype, change_prototype, gather_need
from projects.models import Need, NeedMove
from projects.needs import tasks
from projects.needs.operations import join_need, leave_need, tell_need_moved
from projects.portfolio.operations import start_project
from tests.factories.projects import DiscoveryFactory, NeedFactory, PrototypeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def need(amina, carlos, harlow, surrey):
    """Raised by Amina for Harlow, joined by Carlos for Surrey."""
    need = NeedFactory(title="Bin days", council=harlow, raised_by=amina)
    join_need(need, by=carlos, council=surrey)
    return need


@pytest.fixture
def deliver(mailoutbox):
    """A function: send what is queued, and say to whom and under which subject."""

    def run():
        del mailoutbox[:]
        for task in DBTaskResult.objects.filter(task_path="projects.needs.tasks.tell_of_move").order_by("enqueued_at"):
            tasks.tell_of_move.call(*task.args_kwargs["args"])
        DBTaskResult.objects.all().delete()
        return sorted((message.to[0], message.subject) for message in mailoutbox)

    return run


def both(subject, *people):
    return sorted((person.email, subject) for person in people)


def test_a_discovery_takes_it_up(need, amina, carlos, fatima, deliver, mailoutbox):
    discovery = DiscoveryFactory()

    gather_need(discovery, need, by=fatima)

    assert deliver() == both("Bin days: it is taken up in a discovery", amina, carlos)
    words = mailoutbox[0].body
    assert f"It is taken up in a discovery: {discovery}" in words
    assert f"http://testserver{discovery.get_absolute_url()}" in words
    assert f"http://testserver{need.get_absolute_url()}" in words
    assert "You get this because you raised this need, or joined it for your council." in words
    gather_need(discovery, need, by=fatima)
    assert deliver() == []


def test_a_prototype_is_made_for_it(need, amina, carlos, fatima, deliver):
    discovery = DiscoveryFactory(at_step_two=True)

    prototype = add_prototype(discovery, by=fatima, title="Texts", needs=[need])

    assert deliver() == both("Bin days: there is a prototype for it", amina, carlos)
    change_prototype(prototype, by=fatima, title="Texts", summary="", made_by="", needs=[])
    change_prototype(prototype, by=fatima, title="Texts", summary="", made_by="", needs=[need])
    assert deliver() == []


def test_a_prototype_that_comes_to_meet_it_later_counts(need, amina, carlos, fatima, deliver):
    prototype = PrototypeFactory(discovery__at_step_two=True)

    change_prototype(prototype, by=fatima, title="Texts", summary="", made_by="", needs=[need])

    assert deliver() == both("Bin days: there is a prototype for it", amina, carlos)


def test_a_project_builds_it(need, amina, carlos, fatima, harlow, deliver):
    prototype = PrototypeFactory(discovery__at_step_two=True)
    prototype.needs.add(need)

    start_project(prototype, by=fatima, lead_council=harlow)

    assert deliver() == both("Bin days: a project builds a prototype for it", amina, carlos)


def moved(*needs, by, path="/discoveries/bins/"):
    tell_need_moved(needs, what=NeedMove.What.DISCOVERY, title="Bins", path=path, by=by)


def test_somebody_with_two_of_the_needs_gets_one_message_about_both(need, amina, carlos, fatima, deliver, mailoutbox):
    other = NeedFactory(title="Missed bins", raised_by=amina)

    moved(need, other, by=fatima)

    assert len(deliver()) == 2
    words = next(message.body for message in mailoutbox if message.to == [amina.email])
    assert "2 needs of yours have moved." in words
    assert "Bin days" in words
    assert "Missed bins" in words


def test_the_one_who_did_it_those_who_left_and_closed_accounts_hear_nothing(need, amina, carlos, surrey, deliver):
    moved(need, by=amina)
    assert [to for to, _ in deliver()] == [carlos.email]

    carlos.is_active = False
    carlos.save()
    moved(need, by=amina, path="/discoveries/other/")
    assert deliver() == []

    carlos.is_active = True
    carlos.save()
    leave_need(need, by=carlos, council=surrey)
    moved(need, by=amina, path="/discoveries/third/")
    assert deliver() == []


def test_an_account_closed_before_the_mail_goes_gets_none(need, amina, carlos, deliver):
    moved(need, by=amina)
    carlos.is_active = False
    carlos.save()

    assert deliver() == []


def test_the_same_move_twice_tells_nobody_twice(need, fatima, deliver):
    moved(need, by=fatima)
    moved(need, by=fatima)

    assert len(deliver()) == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        NeedMove.objects.create(need=need, what="discovery", title="Bins", path="/discoveries/bins/")


def test_a_need_that_is_closed_does_not_move(need, fatima, deliver):
    Need.objects.update(state="withdrawn")

    moved(Need.objects.get(pk=need.pk), by=fatima)

    assert deliver() == []


def test_nobody_is_written_to_about_the_past(need, fatima, on_day, deliver):
    with on_day(2014, 6, 1):
        moved(need, by=fatima)

    assert deliver() == []


def test_what_is_taken_back_tells_nobody(need, fatima, deliver):
    with transaction.atomic():
        moved(need, by=fatima)
        transaction.set_rollback(True)

    assert deliver() == []
    moved(need, by=fatima)
    assert len(deliver()) == 2
