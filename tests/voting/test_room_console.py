"""The console of those who run a vote: what is done and next, who has voted, what closing means, what the hall sees."""

import datetime as dt
import re

import pytest
from django.core.cache import cache
from django.utils import timezone

from core import clock
from core.errors import Refused
from core.words import at_moment
from events.models import AgendaItem
from tests.factories.accounts import UserFactory
from tests.factories.councils import OrganisationFactory
from tests.factories.events import EventFactory
from tests.factories.voting import checked_in
from tests.voting.asking import address, text_of
from voting.ballots import operations as ballots
from voting.casting import operations as casting
from voting.casting.operations import ticks
from voting.casting.turnout import COUNTED_EVERY, turnout_of
from voting.models import Ballot, ParkedQuestion
from voting.outcome import operations as outcome
from voting.room import operations as room
from voting.room.queries import minutes_and_seconds, on_agenda, roll_rows, steps_of


@pytest.fixture
def people(day):
    """Six people of three organisations are checked in."""
    found = [UserFactory() for _ in range(6)]
    organisations = [OrganisationFactory() for _ in range(3)]
    for n, person in enumerate(found):
        checked_in(day, person, organisations[n % 3])
    return found


@pytest.fixture
def secret(day, prototypes, people, fatima):
    """An open secret ballot with the six on its roll, a quorum of three, that closes in ten minutes."""
    draft = ballots.prepare_ballot(
        day,
        by=fatima,
        question="Which?",
        prototypes=prototypes,
        quorum=3,
        closes_at=clock.now() + dt.timedelta(minutes=10),
    )
    return ballots.open_ballot(draft, by=fatima)


def words_of(response):
    """What is read on a page, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", text_of(response)).split())


def page_of(browser, ballot):
    return words_of(browser.get(ballot.get_absolute_url()))


def vote_of(ballot, people, *, option=0):
    for person in people:
        casting.cast(ballot, by=person, marks=ticks([ballot.options.all()[option]]), token="t")


def next_step(ballot):
    return [step.label for step in steps_of(Ballot.objects.get(pk=ballot.pk)) if step.state == "present"]


def test_of_five_steps_one_is_next_until_all_are_done(secret, people, fatima):
    assert [step.label for step in steps_of(Ballot()) if step.state == "present"] == ["Open"]
    assert next_step(secret) == ["Close"]
    ballots.pause_ballot(secret, by=fatima)
    assert next_step(secret) == ["Close"]
    ballots.resume_ballot(secret, by=fatima)
    vote_of(secret, people)
    closed = outcome.close_ballot(secret, by=fatima)
    assert next_step(secret) == ["Look at it"]
    assert [step.label for step in steps_of(closed, is_looked_at=True) if step.state == "present"] == ["Reveal"]
    outcome.reveal_ballot(secret, by=fatima)
    assert next_step(secret) == ["Publish"]
    outcome.publish_outcome(secret, by=fatima, text="The first. Luton leads.")
    assert next_step(secret) == []


def test_a_void_round_has_no_next_step(secret, fatima):
    ballots.void_ballot(secret, by=fatima, reason="Misread")

    assert next_step(secret) == []
    assert steps_of(Ballot.objects.get(pk=secret.pk))[1].note == "void, not counted"


def test_those_who_run_it_get_the_console_and_others_the_vote(signed_in, secret, people, fatima):
    assert "Run this vote" in page_of(signed_in(fatima), secret)
    others = page_of(signed_in(people[0]), secret)
    assert "Run this vote" not in others
    assert "You can vote now" in others


def test_before_closing_the_console_says_who_has_not_voted_and_what_closing_does(signed_in, ballot, amina, fatima):
    casting.cast(ballot, by=amina, marks=ticks(ballot.options.all()[:1]))

    page = page_of(signed_in(fatima), ballot)

    assert "1 of 2 have voted 50% of the roll." in page
    assert "1 person has not voted." in page
    assert "Closing counts the 1 vote received and turns later ones away with the time. It cannot be undone. " in page
    assert "From then on this round can no longer be made void." in page


def test_before_a_secret_vote_is_closed_with_fewer_than_five_the_console_says_that_it_would_have_no_result(
    signed_in, secret, people, fatima
):
    warning = "A secret vote with fewer than 5 votes has no result: closed with so few, they are never opened."
    vote_of(secret, people[:4])
    assert warning in page_of(signed_in(fatima), secret)


def test_before_a_secret_vote_is_closed_with_five_the_console_says_only_what_closing_counts(
    signed_in, secret, people, fatima
):
    vote_of(secret, people[:5])
    page = page_of(signed_in(fatima), secret)
    assert "has no result" not in page
    assert "Closing counts every vote received" in page


def test_an_open_vote_of_a_few_is_closed_without_that_warning(signed_in, ballot, amina, fatima):
    casting.cast(ballot, by=amina, marks=ticks(ballot.options.all()[:1]))
    assert "has no result" not in page_of(signed_in(fatima), ballot)


def test_a_secret_turnout_is_said_with_the_second_of_its_count_and_stays_between_counts(
    signed_in, secret, people, fatima
):
    vote_of(secret, people[:2])
    browser = signed_in(fatima)
    page = page_of(browser, secret)
    assert "2 of 6 have voted" in page
    assert "Quorum 3: 1 more needed." in page
    assert re.search(r"Counted every 30 seconds, last at \d\d:\d\d:\d\d, so that nobody can tell", page)
    assert "4 people had not voted at the last count." in page

    vote_of(secret, people[2:5])
    page = page_of(browser, secret)
    assert "2 of 6 have voted" in page
    assert dt.timedelta(seconds=30) == COUNTED_EVERY


def test_while_a_secret_vote_runs_its_turnout_is_not_told_by_how_people_vote(secret, people, fatima):
    body = secret.roll.last()
    body.kind = "body"
    body.save()
    vote_of(secret, people[:5])

    assert [voted for _, _, voted in roll_rows(secret)] == [None, None]

    outcome.close_ballot(secret, by=fatima)
    assert roll_rows(Ballot.objects.get(pk=secret.pk)) == [("By phone", 5, 5), ("For a body", 1, 0)]


def test_the_time_left_is_told_to_the_script_and_in_words(signed_in, secret, fatima):
    browser = signed_in(fatima)
    html = browser.get(secret.get_absolute_url()).content.decode()
    assert f'data-timer="{secret.closes_at.isoformat()}"' in html
    assert f"Closes by itself at {timezone.localtime(secret.closes_at):%H:%M}" in html

    browser.post(address("extend", secret))
    ballots.pause_ballot(secret, by=fatima)
    secret.refresh_from_db()
    html = browser.get(secret.get_absolute_url()).content.decode()
    assert "data-timer=" not in html
    assert minutes_and_seconds(secret.closes_at - secret.paused_at) in html


def test_minutes_and_seconds_never_go_below_nothing():
    assert minutes_and_seconds(dt.timedelta(minutes=3, seconds=12)) == "03:12"
    assert minutes_and_seconds(dt.timedelta(hours=1, seconds=2)) == "1:00:02"
    assert minutes_and_seconds(dt.timedelta(seconds=-5)) == "00:00"


def test_the_console_shows_what_the_hall_sees_and_how_one_gets_in(signed_in, secret, fatima):
    page = page_of(signed_in(fatima), secret)

    assert "On the big screen now" in page
    assert f"/v/{secret.code}" in page.replace("/ v/", "/v/")


def test_rules_and_changes_of_the_roll_with_their_reasons_stand_beside(signed_in, secret, people, fatima):
    ballots.strike_from_roll(secret, people[5], by=fatima, reason="Had to leave")
    late = UserFactory()
    ballots.add_to_roll(secret, person=late, organisation=None, reason="Train was late", by=fatima)

    page = page_of(signed_in(fatima), secret)

    for words in ("run-off between those tied", "nobody sees a count before the close", "3 people have to vote"):
        assert words in page
    assert "struck off: Had to leave" in page
    assert "added: Train was late" in page
    assert "Add somebody" in page
    assert "Strike somebody off" in page


def test_what_is_on_and_what_comes_next_is_told_with_the_minutes_left_while_the_day_goes_on(db):
    starts_at = dt.datetime(2026, 10, 2, 10, 0, tzinfo=clock.LONDON)
    day = EventFactory(starts_at=starts_at, ends_at=starts_at + dt.timedelta(hours=6))
    for hour, title in ((11, "Prototypes are shown"), (12, "What happens next")):
        AgendaItem.objects.create(event=day, at=dt.time(hour, 50), title=title)
    told = {}
    for hour in (9, 11, 12, 13, 17):
        with clock.at(starts_at.replace(hour=hour, minute=0)):
            agenda = on_agenda(Ballot(event=day))
            told[hour] = agenda and (
                agenda.now and agenda.now.title,
                agenda.then and f"{agenda.then.time} {agenda.then.title}",
                agenda.left,
            )

    assert told == {
        9: None,
        11: (None, "11:50 Prototypes are shown", "50 minutes"),
        12: ("Prototypes are shown", "12:50 What happens next", "50 minutes"),
        13: ("What happens next", None, "3 hours"),
        17: None,
    }
    two_days = EventFactory(starts_at=starts_at, ends_at=starts_at + dt.timedelta(days=1, hours=6))
    AgendaItem.objects.create(event=two_days, day=2, at=dt.time(9, 30), title="Votes are counted")
    with clock.at(starts_at.replace(hour=20)):  # the time alone would say the next morning of today
        assert on_agenda(Ballot(event=two_days)) is None
    assert on_agenda(Ballot(event=EventFactory(started=True))) is None
    assert on_agenda(Ballot(held_by="The board")) is None


def test_the_console_says_when_the_quorum_was_reached_in_an_open_vote_by_the_vote_that_reached_it(
    signed_in, ballot, amina, carlos, fatima
):
    Ballot.objects.filter(pk=ballot.pk).update(quorum=1)
    at = clock.now()
    with clock.at(at):
        casting.cast(ballot, by=amina, marks=ticks(ballot.options.all()[:1]))
    with clock.at(at + dt.timedelta(hours=1)):
        casting.cast(ballot, by=carlos, marks=ticks(ballot.options.all()[:1]))

        page = page_of(signed_in(fatima), ballot)
        assert f"Quorum 1: reached {at_moment(at)}." in page


def test_in_a_secret_vote_it_is_the_moment_of_the_count_that_first_told_of_it_and_never_of_a_vote(
    signed_in, secret, people, fatima
):
    vote_of(secret, people[:2])
    browser = signed_in(fatima)
    page_of(browser, secret)
    vote_of(secret, people[2:5])
    cache.delete(f"turnout-{secret.reference}")

    told = page_of(browser, secret)
    counted_at = turnout_of(Ballot.objects.get(pk=secret.pk)).counted_at

    assert f"Quorum 3: reached {at_moment(counted_at)}." in told
    with clock.at(clock.now() + dt.timedelta(hours=1)):
        cache.delete(f"turnout-{secret.reference}")
        assert f"reached {at_moment(counted_at)}." in page_of(browser, secret)


def test_after_the_close_the_result_is_looked_at_alone_before_it_is_shown(signed_in, secret, people, fatima):
    vote_of(secret, people)
    outcome.close_ballot(secret, by=fatima)
    browser = signed_in(fatima)

    console = page_of(browser, secret)
    assert "6 of 6 voted, and the result is not shown yet." in console
    assert "Waste standards and API has most votes" not in console
    looked_at = words_of(browser.get(address("preview", secret)))
    assert "Waste standards and API has most votes" in looked_at
    assert "You alone see this." in looked_at
    assert signed_in(people[0]).get(address("preview", secret)).status_code == 403


def test_of_a_tie_the_next_button_is_the_run_off_that_the_rule_says(signed_in, secret, people, fatima):
    vote_of(secret, people[:3])
    vote_of(secret, people[3:], option=1)
    outcome.close_ballot(secret, by=fatima)
    outcome.reveal_ballot(secret, by=fatima)

    html = signed_in(fatima).get(secret.get_absolute_url()).content.decode()

    assert "By the rule set before opening, a run-off decides between those tied." in html
    assert "after the run-off" in html
    assert html.count("lda-bar--tied") == 2
    assert "lda-bar--sun" not in html


def test_a_question_is_parked_in_one_line_stands_at_every_vote_of_the_day_and_is_ticked_off(
    signed_in, secret, draft, fatima
):
    browser = signed_in(fatima)
    browser.post(address("park", secret), {"words": "Who pays for the first year?"})
    browser.post(address("park", secret), {"words": "Who pays for the first year?"})
    question = ParkedQuestion.objects.get()
    other = ballots.copy_ballot(ballots.void_ballot(secret, by=fatima, reason="Misread"), by=fatima)
    ballots.open_ballot(other, by=fatima)
    assert "Who pays for the first year?" in page_of(browser, other)

    browser.post(f"{other.get_absolute_url()}parked/{question.pk}/done/")

    question.refresh_from_db()
    assert question.done_at
    assert "<s>Who pays for the first year?</s>" in browser.get(other.get_absolute_url()).content.decode()
    assert room.finish_parked_question(question, by=fatima).done_at == question.done_at


def test_an_empty_line_is_not_parked_and_says_so_at_the_field(signed_in, secret, fatima):
    answer = signed_in(fatima).post(address("park", secret), {"words": " "})

    assert answer.status_code == 422
    assert "Write the question in one line." in text_of(answer)
    with pytest.raises(Refused):
        room.park_question(secret, by=fatima, words="  ")
    assert not ParkedQuestion.objects.exists()


def test_as_many_questions_are_parked_as_anybody_goes_back_to(secret, fatima, monkeypatch):
    monkeypatch.setattr(room, "MOST_PARKED", 1)
    room.park_question(secret, by=fatima, words="One?")

    with pytest.raises(Refused, match="parked already"):
        room.park_question(secret, by=fatima, words="Two?")


def test_parked_questions_are_seen_by_those_who_run_the_vote_alone(signed_in, secret, people, fatima, client):
    room.park_question(secret, by=fatima, words="Who pays for the first year?")

    for place in ("detail", "screen", "record", "state"):
        assert b"Who pays" not in client.get(address(place, secret)).content
    assert signed_in(people[0]).post(address("park", secret), {"words": "Mine?"}).status_code == 403
