"""The close of a wave is a clean cut: whoever was told that they handed in is counted, and nobody else is."""

import pytest
from allauth.account.models import EmailAddress
from django.db import connection, connections

from core import clock
from core.errors import Refused
from surveys.fieldwork.operations import answering, hand_in_survey, locks
from surveys.models import Fieldwork, SurveyInvitation
from surveys.release.operations import close_fieldwork
from tests.factories.accounts import UserFactory
from tests.factories.surveys import a_running, an_invitation, answers_of
from tests.race import all_at_once, problems, slowly

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE, AT_ONCE = 10, 4


@pytest.fixture(autouse=True)
def everyone_meets_in_the_middle(monkeypatch):
    """Wait before the write; and let the state alone decide, since the hour of the close is the same for all."""
    monkeypatch.setattr(SurveyInvitation, "save", slowly(SurveyInvitation.save))
    for module in (answering, locks):
        monkeypatch.setattr(module, "why_not_taken", lambda fieldwork: "" if fieldwork.is_open else "It has closed.")


def close_while_people_hand_in():
    """What each hand-in came to, and the wave as it was closed."""
    fieldwork = a_running(is_open=True)
    people = [answers_of(an_invitation(fieldwork)) for _ in range(BEFORE + AT_ONCE)]
    for number, one in enumerate(people[:BEFORE]):
        hand_in_survey(one, token=str(number))
    Fieldwork.objects.filter(pk=fieldwork.pk).update(closes_at=clock.now())
    calls = [lambda one=one: hand_in_survey(one, token=str(one.pk)) for one in people[BEFORE:]]
    calls.insert(AT_ONCE // 2, lambda: close_fieldwork(Fieldwork.objects.get(pk=fieldwork.pk)))
    results = all_at_once(calls)
    del results[AT_ONCE // 2]
    return results


def is_a_clean_cut(results):
    wave = Fieldwork.objects.select_related("wave").get()
    taken = AT_ONCE - len(problems(results))
    refused = {type(problem) for problem in problems(results)} <= {Refused}
    return refused and wave.wave.respondents == BEFORE + taken


def test_a_close_during_handing_in_counts_exactly_who_was_told_that_they_handed_in():
    assert is_a_clean_cut(close_while_people_hand_in())


@pytest.mark.postgresql
def test_control_without_the_guard_the_close_and_a_hand_in_do_not_wait_for_each_other(guard_off):
    """SQLite has one writer: there what comes second is stopped by the database alone."""
    assert not is_a_clean_cut(close_while_people_hand_in())


@pytest.fixture
def held():
    """A function: another process holds the wave, and nobody waits long for it."""
    other = connections.create_connection("default")

    def hold():
        other.connect()
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT 1 FROM surveys_fieldwork FOR UPDATE")
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '200ms'")

    yield hold
    other.close()
    with connection.cursor() as cursor:
        cursor.execute("RESET lock_timeout")


@pytest.mark.postgresql
def test_who_takes_an_address_out_while_the_wave_is_held_too_long_is_told_to_try_again(signed_in, held):
    person = UserFactory(email="zeb@first.example")
    EmailAddress.objects.create(user=person, email="zeb@home.example", verified=True)
    an_invitation(a_running(is_open=True), email="zeb@home.example")
    browser = signed_in(person)
    held()

    answer = browser.post("/accounts/email/", {"action_remove": "", "email": "zeb@home.example"})

    assert answer.status_code == 409
    assert "try again in a minute" in answer.content.decode()
    assert EmailAddress.objects.filter(email="zeb@home.example").exists()
