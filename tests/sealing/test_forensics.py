"""Nobody finds out who gave which feedback: not with the whole database, a backup, the WAL, logs and keys together.

20 rounds of 20 answers are handed in and opened on time. Each way of `tests/sealing/forensics.py` must do no better
than chance at p < 0.001, by the exact distribution of a random guess. A way that does is tried once more, on other
rounds: of twenty ways one is lucky once in fifty runs, and a leak is found again. The WAL is read where the server's
files can be; where not, the run says so at its end.

The control: where a mark and its answer are written together, as they were before they were sealed, the same ways find
every person.
"""

import json
import random
import uuid

import pytest
from django.conf import settings

from accounts.models import SentForm
from core import clock, key_folder
from events.feedback import operations as feedback
from events.models import Event, Feedback, SignUp
from sealing.models import Mark
from tests import servers
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory
from tests.sealing import forensics
from tests.sealing.forensics import Answer, Evidence

ROUNDS, PEOPLE, SURELY_NOT_CHANCE = 20, 20, 0.001
ANSWERS = [
    tuple(n >> bit & 1 == 1 for bit in range(len(Feedback.OUTCOMES))) for n in range(2 ** len(Feedback.OUTCOMES))
]
Truth = dict[int, Answer]


@pytest.fixture
def people(client, transactional_db):
    """The keys of twenty people, each signed in, and a function that sends the form of one of them on the page.

    Their keys, and those of events and rounds, are numbers that the WAL holds nowhere else.
    """
    if forensics.server_folder() is None:
        servers.leave_out_part(forensics.NO_WAL)
    forensics.use_keys_that_stand_nowhere_else("accounts_user", "sealing_round", "events_event")
    cookies = {}
    for person in UserFactory.create_batch(PEOPLE):
        client.cookies.clear()
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
        cookies[person.pk] = client.cookies[settings.SESSION_COOKIE_NAME].value

    def send(place: SignUp, answers: dict[str, bool]) -> None:
        client.cookies[settings.SESSION_COOKIE_NAME] = cookies[place.person_id]
        said = {name: "yes" if yes else "no" for name, yes in answers.items()}
        assert client.post(f"/events/{place.event.slug}/feedback/", said).status_code == 302

    return list(cookies), send


def hold(people, *, on_the_page: bool = False, opened: bool = True) -> tuple[Truth, Evidence]:
    """One round: who answered what, and what can be known of it afterwards."""
    persons, send = people
    event = EventFactory(started=True)
    truth = dict(zip(persons, random.sample(ANSWERS, PEOPLE), strict=True))
    begin = forensics.wal_position()
    places = SignUp.objects.bulk_create(
        SignUp(event=event, person_id=person, status="confirmed", position=n, checked_in_at=clock.now())
        for n, person in enumerate(persons, 1)
    )
    Event.objects.filter(pk=event.pk).update(arrived=PEOPLE)
    feedback.open_feedback()
    with forensics.logged() as lines:
        for place in random.sample(places, PEOPLE):
            answers = dict(zip(Feedback.OUTCOMES, truth[place.person_id], strict=True))
            if on_the_page:
                send(place, answers)
            else:
                feedback.give_feedback(event, answers=answers, place_reference=place.reference)
    event.refresh_from_db()
    known = Evidence(forensics.FEEDBACK, event.pk, event.feedback_round_id, tuple(Feedback.OUTCOMES), log=lines)
    forensics.read_while_open(known)
    if on_the_page:
        known.drafts = forensics.rows_that_name_a_question(known)
    if opened:
        with clock.at(event.feedback_closes_at):
            assert feedback.close_feedback() == 1
    forensics.read_afterwards(known, since=begin)
    return truth, known


def twenty_rounds(people) -> list[tuple[Truth, Evidence]]:
    """Every tenth on the page, which has a log, sessions and drafts; the others by the operation, which is quicker."""
    return [hold(people, on_the_page=n % 10 == 0) for n in range(ROUNDS)]


def better_than_chance(rounds: list[tuple[Truth, Evidence]], ways: dict) -> dict:
    chances = forensics.found_by_each(rounds, ways)
    return {name: ways[name] for name, chance in chances.items() if chance < SURELY_NOT_CHANCE}


@pytest.mark.postgresql
def test_no_way_finds_more_than_chance_once_a_round_has_closed(people):
    suspects = better_than_chance(twenty_rounds(people), forensics.WAYS)
    if suspects:
        suspects = better_than_chance(twenty_rounds(people), suspects)

    assert not suspects


def unsealed(round, *, who, answer):
    """As feedback was kept before: the mark and the answer in one transaction; and here with a draft that was left."""
    Mark.objects.create(round=round, person=who)
    Feedback.objects.create(event=Event.objects.get(feedback_round=round), **answer)
    SentForm.objects.create(key=uuid.uuid4().hex, answer=json.dumps(answer))


FINDS_ALL_UNSEALED = {
    "xmin of the mark", "xmin of the place", "marks as written, answers as written",
    "marks in physical order, answers in physical order", "marks as written, answers in physical order", "drafts",
    "WAL: order", "WAL: transactions", "WAL: bytes",
}  # fmt: skip


@pytest.mark.postgresql
def test_control_unsealed_the_same_ways_find_everybody_and_so_do_the_boxes_with_their_key(people, monkeypatch):
    monkeypatch.setattr(key_folder, "destroy", lambda name: None)
    with_key = [hold(people)]
    monkeypatch.setattr(feedback, "hand_in", unsealed)
    rounds = [hold(people, opened=False, on_the_page=True) for _ in range(2)]

    found = {name: forensics.right(way, rounds) for name, way in forensics.WAYS.items()}

    expected = {name for name in FINDS_ALL_UNSEALED if forensics.server_folder() or not name.startswith("WAL")}
    # A value that two pages of the log share is not found whole among its bytes.
    least = {"WAL: bytes": 2 * PEOPLE - 4}
    assert {name for name, number in found.items() if number >= least.get(name, 2 * PEOPLE)} >= expected, found
    assert forensics.right(forensics.with_keys_found, with_key) == PEOPLE


def test_the_distribution_of_guesses_is_exact():
    """Of six permutations of three people, one has all right, three have one, and two have none."""
    assert forensics.chance_of(3, rounds=1, people=3) == pytest.approx(1 / 6)
    assert forensics.chance_of(1, rounds=1, people=3) == pytest.approx(4 / 6)
    assert forensics.chance_of(6, rounds=2, people=3) == pytest.approx(1 / 36)
    assert forensics.chance_of(0, rounds=20, people=20) == pytest.approx(1)
