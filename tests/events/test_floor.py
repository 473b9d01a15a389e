"""Questions from the floor: asked and voted for by people at an event, moderated by those who run it."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from core import clock
from core.errors import Refused
from events.floor import operations
from events.floor.models import FloorQuestion, FloorVote
from events.floor.queries import asked_at, on_screen
from events.models import Event
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, SignUpFactory, floor_question
from tests.pages import words

pytestmark = pytest.mark.django_db


def there(person, **fields):
    """An event that is on, at which `person` has a place."""
    event = EventFactory(**{"started": True, **fields})
    SignUpFactory(event=event, person=person)
    return event


def test_people_with_a_place_ask_once_it_has_started_and_before_that_only_who_is_checked_in(amina, ben):
    event = EventFactory(starts_at=clock.now() + dt.timedelta(minutes=1))
    SignUpFactory(event=event, person=amina)
    SignUpFactory(event=event, person=ben, checked_in_at=clock.now())

    with pytest.raises(PermissionDenied):
        operations.ask_from_floor(event, by=amina, words="Who pays?")
    assert operations.ask_from_floor(event, by=ben, words="Who pays?").state == "asked"
    assert operations.ask_from_floor(there(amina), by=amina, words="Who pays?").asked_by == amina


@pytest.mark.parametrize("status", ["waiting", "cancelled"])
def test_who_has_no_place_neither_asks_nor_reads(client, signed_in, amina, status):
    event = EventFactory(started=True)
    SignUpFactory(event=event, person=amina, status=status)
    floor_question(event=event, words="Who pays?")

    with pytest.raises(PermissionDenied):
        operations.ask_from_floor(event, by=amina, words="When?")
    answer = signed_in(amina).get(f"{event.get_absolute_url()}floor/", follow=True)
    assert "are for people with a place" in words(answer)
    assert "Who pays?" not in words(answer)


def test_nobody_asks_or_votes_once_the_event_is_over(amina):
    event = there(amina, started=False, ended=True)

    with pytest.raises(Refused, match="over"):
        operations.ask_from_floor(event, by=amina, words="When?")
    with pytest.raises(Refused, match="over"):
        operations.vote_for_question(floor_question(event=event), by=amina)


def test_nobody_asks_nothing(amina):
    with pytest.raises(Refused) as refusal:
        operations.ask_from_floor(there(amina), by=amina, words="")
    assert refusal.value.field == "words"


@pytest.mark.parametrize("deed", [operations.vote_for_question, operations.take_vote_back])
def test_votes_are_of_people_who_are_there_while_it_is_on(amina, ben, deed):
    over = floor_question(event=there(amina, started=False, ended=True))

    with pytest.raises(PermissionDenied):
        deed(over, by=ben)
    with pytest.raises(Refused, match="over"):
        deed(over, by=amina)


def test_one_person_has_five_questions_waiting_at_most_and_the_same_one_once(amina):
    event = there(amina)
    for number in range(operations.MOST_QUESTIONS):
        first = operations.ask_from_floor(event, by=amina, words=f"Question {number}?")

    assert operations.ask_from_floor(event, by=amina, words=first.words) == first
    with pytest.raises(Refused) as refusal:
        operations.ask_from_floor(event, by=amina, words="One more?")
    assert refusal.value.field == "words"


def test_a_person_counts_once_however_often_they_vote_and_may_take_it_back(amina):
    question = floor_question(person=amina)

    for _ in range(2):
        operations.vote_for_question(question, by=amina)
    question.refresh_from_db()
    assert question.votes == question.given.count() == 1

    for _ in range(2):
        operations.take_vote_back(question, by=amina)
    question.refresh_from_db()
    assert (question.votes, question.given.count()) == (0, 0)


def test_the_database_keeps_to_one_vote_a_person_and_a_reason_for_what_is_hidden(amina):
    question = floor_question()
    FloorVote.objects.create(question=question, person=amina)

    with pytest.raises(IntegrityError), transaction.atomic():
        FloorVote.objects.create(question=question, person=amina)
    with pytest.raises(IntegrityError), transaction.atomic():
        FloorQuestion.objects.filter(pk=question.pk).update(state="hidden")
    with pytest.raises(IntegrityError), transaction.atomic():
        FloorQuestion.objects.filter(pk=question.pk).update(hidden_because="Rude.")


def test_nobody_votes_for_their_own_question_or_for_one_that_is_answered(amina):
    question = floor_question(asked_by=amina, person=amina)
    answered = floor_question(event=question.event, state="answered")

    for each in (question, answered):
        with pytest.raises(Refused):
            operations.vote_for_question(each, by=amina)


def test_the_queue_is_in_the_order_of_votes_and_what_is_on_the_screen_stands_first(fatima):
    event = EventFactory(started=True)
    for asked, votes, state in (("a", 1, "asked"), ("b", 3, "asked"), ("c", 9, "answered"), ("d", 0, "shown")):
        floor_question(event=event, words=asked, votes=votes, state=state)

    assert [line.question.words for line in asked_at(event, fatima, moderates=True)] == ["d", "b", "a", "c"]
    assert [question.words for question in on_screen(event)] == ["d"]


def test_a_hidden_question_is_read_only_by_who_asked_with_the_reason_and_by_those_who_run_the_event(amina, ben, fatima):
    question = floor_question(asked_by=amina, person=amina)
    operations.hide_question(question, by=fatima, reason="Asked before.")

    def read_by(person, *, moderates=False):
        return [line.question.hidden_because for line in asked_at(question.event, person, moderates=moderates)]

    assert read_by(amina) == read_by(fatima, moderates=True) == ["Asked before."]
    assert read_by(ben) == []
    operations.put_question_back(question, by=fatima)
    assert read_by(ben) == [""]


def test_a_question_is_hidden_only_with_a_reason(fatima):
    with pytest.raises(Refused) as refusal:
        operations.hide_question(floor_question(), by=fatima, reason="")
    assert refusal.value.field == "reason"


def test_only_those_who_run_the_event_moderate(amina):
    question = floor_question(person=amina)

    for operation in (operations.show_question, operations.answer_question, operations.put_question_back):
        with pytest.raises(PermissionDenied):
            operation(question, by=amina)


def test_a_name_is_shown_only_where_its_owner_chose_so_even_to_those_who_run_the_event(signed_in, fatima):
    event = EventFactory(started=True)
    for name, shows_name in (("Shy Sheila", False), ("Open Olga", True)):
        floor_question(event=event, asked_by=UserFactory(name=name), shows_name=shows_name, state="shown")

    client = signed_in(fatima)
    for page in ("floor/", "floor/screen/"):
        text = words(client.get(event.get_absolute_url() + page))
        assert "Open Olga" in text
        assert "Shy Sheila" not in text


def test_by_plain_posts_one_asks_votes_and_loses_nothing_typed(signed_in, amina):
    other = floor_question(person=amina, words="Who pays?")
    client, floor = signed_in(amina), f"{other.event.get_absolute_url()}floor/"

    wrong = client.post(floor, {"words": "x" * 300, "shows_name": "on"})
    assert wrong.status_code == 422
    assert "x" * 300 in wrong.content.decode()
    assert "When does it start?" in words(client.post(floor, {"words": "When does it start?"}, follow=True))
    assert "1 vote" in words(client.post(f"{floor}{other.pk}/vote/", follow=True))
    assert "Take my vote back" in words(client.get(floor))


@pytest.mark.parametrize("state", ["hidden", "answered"])
def test_what_was_hidden_or_answered_is_not_shown_from_an_older_page(signed_in, fatima, state):
    question = floor_question(state=state, hidden_because="Rude." if state == "hidden" else "")

    answer = signed_in(fatima).post(f"{question.event.get_absolute_url()}floor/{question.pk}/show/", follow=True)

    question.refresh_from_db()
    assert question.state == state
    assert f"This question is {state}. Put it back first." in words(answer)
    operations.put_question_back(question, by=fatima)
    assert operations.show_question(question, by=fatima).state == "shown"


def test_what_is_asked_is_text_and_never_markup(signed_in, fatima):
    question = floor_question(words="<script>alert(1)</script>", state="shown")

    for page in ("floor/", "floor/screen/"):
        assert "<script>alert" not in signed_in(fatima).get(question.event.get_absolute_url() + page).content.decode()


def test_who_asked_is_forgotten_after_twelve_months_and_questions_and_numbers_stay(amina):
    question = floor_question(person=amina, shows_name=True)
    operations.vote_for_question(question, by=amina)

    assert operations.forget_who_asked() == 0
    long_ago = clock.now() - dt.timedelta(days=366)
    Event.objects.update(starts_at=long_ago - dt.timedelta(hours=1), ends_at=long_ago)
    assert operations.forget_who_asked() == 2
    question.refresh_from_db()
    assert (question.asked_by, question.who, question.votes, question.words) == (None, "", 1, "Who pays?")
    assert not FloorVote.objects.exists()


def test_the_page_of_the_event_leads_to_the_floor_only_for_those_who_may_read_it(client, signed_in, amina):
    event = there(amina)
    address = f'href="{event.get_absolute_url()}floor/"'

    assert address not in client.get(event.get_absolute_url()).content.decode()
    assert address in signed_in(amina).get(event.get_absolute_url()).content.decode()


def test_the_list_costs_the_same_however_many_ask(signed_in, amina, django_assert_max_num_queries):
    event, client, costs = there(amina), signed_in(amina), []
    for number in (2, 12):
        for each in range(number):
            floor_question(event=event, words=f"{number} {each}", shows_name=True)
        with django_assert_max_num_queries(12) as queries:
            client.get(f"{event.get_absolute_url()}floor/")
        costs.append(len(queries))
    assert costs[0] == costs[1]
