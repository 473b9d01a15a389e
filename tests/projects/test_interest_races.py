"""Offered many times at once, a council has one open offer of a kind; answered at once, it has one answer."""

import pytest

from audit.models import AuditEvent
from core.errors import Refused
from outbox.models import Message
from projects.interest import operations
from projects.interest.operations import answer_interest, offer_interest
from projects.models import Interest
from tests.factories.projects import InterestFactory, ProjectFactory
from tests.race import all_at_once, problems, slowly

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def everyone_meets_in_the_middle(monkeypatch):
    """Between looking and writing passes a moment, in the guarded runs and the controls alike."""
    monkeypatch.setattr(operations.clock, "today", slowly(operations.clock.today))
    monkeypatch.setattr(Interest, "save", slowly(Interest.save))


def offer_six_times(carlos, surrey):
    project = ProjectFactory(running=True)
    return all_at_once(
        [lambda: offer_interest(project, by=carlos, council=surrey, kind="test", words="Two teams.")] * 6
    )


def accept_and_decline(fatima):
    interest = InterestFactory()
    outcomes = ["accepted", "declined"] * 3
    return all_at_once(
        [lambda each=each: answer_interest(interest, by=fatima, outcome=each, answer="So it is.") for each in outcomes]
    )


def test_offered_six_times_at_once_there_is_one_offer_and_one_mail(carlos, surrey):
    outcomes = offer_six_times(carlos, surrey)

    assert problems(outcomes) == []
    assert Interest.objects.count() == AuditEvent.objects.filter(action="projects.offered_interest").count() == 1


def test_control_without_the_guard_only_the_database_stops_the_second_offer(guard_off, carlos, surrey):
    assert problems(offer_six_times(carlos, surrey))


def test_accepted_and_declined_at_once_an_offer_has_one_answer(fatima):
    outcomes = accept_and_decline(fatima)

    assert [type(problem) for problem in problems(outcomes)] == [Refused] * 5
    assert Message.objects.filter(kind="projects.interest_answered").count() == 1


def test_control_without_the_guard_an_offer_is_answered_more_than_once(guard_off, fatima):
    assert [type(problem) for problem in problems(accept_and_decline(fatima))] != [Refused] * 5
