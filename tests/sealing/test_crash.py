"""A process killed at any step of closing leaves a round whose answers are all there, or one that can be closed again.

The close runs in a process of its own, which kills itself with SIGKILL before a line of what closing is made of.
"""

import os
import signal
import sys

import pytest
from django.conf import settings
from django.db import connections

import core.key_folder
import events.feedback.operations
import sealing.operations
from core import clock
from events.feedback.operations import close_feedback, give_feedback, open_feedback
from events.models import Event
from sealing.operations import destroy_keys
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory
from tests.factories.voting import checked_in

pytestmark = pytest.mark.django_db(transaction=True)

TIMES, PEOPLE = 20, 2
CLOSING = {module.__file__ for module in (core.key_folder, events.feedback.operations, sealing.operations)}


def event_with_sealed_forms() -> Event:
    """Its feedback window has closed; the last of its forms was just given."""
    event = EventFactory(started=True)
    places = [checked_in(event, UserFactory()) for _ in range(PEOPLE)]
    open_feedback()
    for place in places:
        give_feedback(event, answers={"would_recommend": True}, place_reference=place.reference)
    event.refresh_from_db()
    return event


def close(event) -> None:
    with clock.at(event.feedback_closes_at):
        close_feedback()


def close_and_die(event, *, before_line: int | None) -> int:
    """Close in a process of its own, killed before the line of this number; returns how many lines ran, up to 250."""
    connections.close_all()  # a process does not share them
    if child := os.fork():
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status) == (before_line is not None), "It was to be killed, and by that alone."
        return os.WEXITSTATUS(status)
    lines = 0

    def step(frame, what, _):
        nonlocal lines
        if what == "line":
            lines += 1
            if lines == before_line:
                os.kill(os.getpid(), signal.SIGKILL)
        return step

    sys.settrace(lambda frame, *_: step if frame.f_code.co_filename in CLOSING else None)
    try:
        close(event)
    finally:
        os._exit(min(lines, 250))


def in_hand(event) -> tuple[str, int, int, bool]:
    """The state of its round, the sealed and the opened answers, and whether the key is there."""
    round = Event.objects.get(pk=event.pk).feedback_round
    has_key = (settings.BALLOT_KEYS / f"{round.key_name}.key").exists()
    return round.state, round.staged.count(), event.feedback.count(), has_key


WHOLE, OPENED, ENDED = ("open", PEOPLE, 0, True), ("closed", 0, PEOPLE, True), ("closed", 0, PEOPLE, False)


def test_killed_at_any_step_nothing_is_half_and_closing_again_ends_it():
    lines = close_and_die(first := event_with_sealed_forms(), before_line=None)
    assert in_hand(first) == ENDED
    found = set()

    for n in range(TIMES):
        event, line = event_with_sealed_forms(), 1 + n * (lines - 1) // (TIMES - 1)
        close_and_die(event, before_line=line)
        found.add(in_hand(event))
        close(event)
        destroy_keys()
        assert in_hand(event) == ENDED, f"Killed before line {line} of {lines}."
        assert event.feedback_round.marks.count() == PEOPLE

    assert {WHOLE, OPENED} <= found <= {WHOLE, OPENED, ENDED}, lines
