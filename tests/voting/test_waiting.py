"""Who is early or late for a vote waits on a page that turns into the ballot; an open ballot says when it closed."""

import json

import pytest
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.conf import settings

from portal.asgi import application
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, SignUpFactory
from tests.factories.voting import BallotFactory, OptionFactory, checked_in, shown
from tests.voting.asking import address, text_of
from tests.voting.sockets import session_of
from voting.ballots import operations as ballots
from voting.casting import operations as casting
from voting.models import Ballot
from voting.outcome import operations as outcome
from voting.room.watchers import Arrival, admit


def test_whoever_has_a_place_waits_for_a_vote_that_is_being_prepared_and_sees_nothing_more_of_it(
    signed_in, draft, day, amina, ben, carlos, grace
):
    checked_in(day, amina)
    SignUpFactory(event=day, person=ben)
    SignUpFactory(event=day, person=carlos, status="waiting")
    early = "If you have not checked in yet, go to the desk first"  # stays true when they have
    for person, words in (
        (amina, "You are on its roll. This page turns into your ballot when it opens."),
        (ben, early),
        (carlos, early),
    ):
        browser = signed_in(person)
        page = text_of(browser.get(address("cast", draft)))
        assert "Voting has not opened yet" in page
        assert words in page
        assert draft.options.first().prototype.title not in page
        assert browser.get(address("detail", draft))["Location"] == address("cast", draft)
        state = json.loads(browser.get(address("state", draft)).content)
        told = {"reference": draft.reference, "version": draft.version, "state": "draft", "takes_votes": False}
        assert state == told
        assert browser.post(address("cast", draft), {"step": "count"}).status_code == 409
        for name in ("results", "record", "screen"):
            assert browser.get(address(name, draft)).status_code == 404, name
    stranger = signed_in(grace)
    for name in ("cast", "detail", "state"):
        assert stranger.get(address(name, draft)).status_code == 404, name


def test_a_place_given_back_or_at_another_day_waits_for_nothing(signed_in, draft, day, ben, carlos):
    SignUpFactory(event=day, person=ben, status="cancelled")
    SignUpFactory(person=carlos)

    for person in (ben, carlos):
        assert signed_in(person).get(address("cast", draft)).status_code == 404


def test_the_page_of_who_waits_is_the_ballot_once_the_vote_is_open(signed_in, draft, room, amina, fatima):
    waiting = text_of(signed_in(amina).get(address("cast", draft)))
    assert f'data-turns-into="{address("cast", draft)}"' in waiting
    assert "data-live-refresh" in waiting  # for those without scripts

    ballots.open_ballot(draft, by=fatima)

    assert "Check my vote" in text_of(signed_in(amina).get(address("cast", draft)))


def test_a_latecomer_waits_for_the_roll_and_votes_once_on_it(signed_in, ballot, day, ben, luton, fatima):
    checked_in(day, ben, luton)
    late = signed_in(ben)
    page = text_of(late.get(address("cast", ballot)))
    assert "You are not on the roll yet" in page
    assert 'data-on-roll="2"' in page
    assert late.post(address("cast", ballot), {"step": "check"}).status_code == 403
    page = text_of(late.get(address("detail", ballot)))
    assert "wait on this page</a>: it turns into your ballot." in page
    assert f'data-on-roll="2" data-turns-into="{address("cast", ballot)}"' in page

    ballots.add_to_roll(ballot, person=ben, organisation=luton, reason="Train was late", by=fatima)

    assert json.loads(late.get(address("state", ballot)).content)["turnout"]["on_roll"] == 3
    assert "Check my vote" in text_of(late.get(address("cast", ballot)))
    outcome.close_ballot(ballot, by=fatima)
    assert "Voting has closed" in text_of(late.get(address("cast", ballot)))


@pytest.mark.parametrize("how", ["by hand", "at its time"])
def test_whoever_waited_for_a_vote_that_closes_reads_so_and_is_led_to_the_result(
    signed_in, ballot, day, ben, grace, fatima, how
):
    checked_in(day, ben)
    late = signed_in(ben)
    assert "You are not on the roll yet" in text_of(late.get(address("cast", ballot)))

    if how == "by hand":
        outcome.close_ballot(ballot, by=fatima)
    else:
        type(ballot).objects.filter(pk=ballot.pk).update(closes_at=ballot.opened_at)

    for reader in (late, signed_in(grace)):  # of the day or not: that it was held is public
        closed = reader.get(address("cast", ballot))
        assert closed.status_code == 200
        assert "Voting has closed" in text_of(closed)
        assert f'href="{ballot.get_absolute_url()}"' in text_of(closed)
        assert address("results", ballot) not in text_of(closed)

    if how == "at its time":
        outcome.close_ballots_that_are_due()
    shown(ballot, fatima)
    for reader in (late, signed_in(grace)):
        assert f'href="{address("results", ballot)}"' in text_of(reader.get(address("cast", ballot)))


def test_whoever_is_in_the_room_without_a_place_is_sent_to_the_desk(signed_in, ballot, grace):
    browser = signed_in(grace)

    refused = browser.get(address("cast", ballot))

    assert refused.status_code == 403
    for page in (refused, browser.get(address("detail", ballot))):
        assert "check in at the desk, then ask those who run it to add you" in text_of(page)


def test_of_a_run_off_it_is_said_whose_it_is(signed_in, ballot, options, day, amina, carlos, ben, fatima):
    checked_in(day, ben)
    casting.cast(ballot, by=amina, marks=casting.ticks(options[:1]))
    casting.cast(ballot, by=carlos, marks=casting.ticks(options[1:2]))
    shown(ballot, fatima)
    run_off = outcome.prepare_run_off(ballot, by=fatima)

    assert "You are on its roll." in text_of(signed_in(amina).get(address("cast", run_off)))
    assert "A run-off is for those who were on the roll of the first vote" in text_of(
        signed_in(ben).get(address("cast", run_off))
    )


def test_a_ballot_left_open_is_told_of_the_close(signed_in, ballot, options, amina):
    browser = signed_in(amina)
    for page in (
        browser.get(address("cast", ballot)),
        browser.post(address("cast", ballot), {"step": "check", "options": [options[0].pk]}),
    ):
        words = text_of(page)
        assert "data-while-open" in words
        assert '<span data-cell="heading">Voting has closed</span>.' in words
        assert "What was not sent is not counted." in words
        assert "voting/live-tally" in words


def test_waiting_costs_the_same_however_many_are_in_the_room(
    signed_in, draft, day, amina, django_assert_max_num_queries
):
    checked_in(day, amina)
    browser, costs = signed_in(amina), []
    for number in (1, 12):
        for person in UserFactory.create_batch(number):
            checked_in(day, person)
        with django_assert_max_num_queries(12) as asked:
            browser.get(address("cast", draft))
        costs.append(len(asked))

    assert costs[0] == costs[1]


@pytest.mark.django_db
def test_a_socket_of_a_vote_being_prepared_is_for_those_who_wait_and_facilitators(draft, day, amina, ben, fatima):
    checked_in(day, amina)
    checked_in(EventFactory(), ben)
    sessions = [session_of(person).session_key for person in (amina, fatima, ben)]

    arrivals = [Arrival(draft.reference, session, is_crowded=False) for session in (*sessions, "", "nobody")]

    admitted = admit(arrivals)
    assert [each in admitted for each in arrivals] == [True, True, False, False, False]
    assert [admitted[each].watcher.person for each in arrivals[:2]] == [amina.pk, fatima.pk]


def test_the_page_of_who_waits_holds_what_to_read_once_the_vote_is_withdrawn(signed_in, draft, ballot, day, ben):
    checked_in(day, ben)
    late = text_of(signed_in(ben).get(address("cast", ballot)))
    assert "data-once-withdrawn" not in late  # an open vote is not withdrawn
    Ballot.objects.filter(pk=ballot.pk).update(state="draft", opened_at=None)

    page = text_of(signed_in(ben).get(address("cast", ballot)))

    gone = page.partition("<div data-once-withdrawn hidden>")[2].partition("</div>")[0]
    assert "There is no vote to wait for" in gone
    assert "data-until-withdrawn" in page


def somebody_waits(signed_in):
    """A vote being prepared, and the socket of somebody in the room."""
    ballot, person = BallotFactory(), UserFactory()
    OptionFactory.create_batch(2, ballot=ballot)
    checked_in(ballot.event, person)
    session = signed_in(person).cookies["sessionid"].value
    headers = [(b"origin", settings.LIVE_ORIGINS[0].encode()), (b"cookie", f"sessionid={session}".encode())]
    return ballot, WebsocketCommunicator(application, f"/ws/votes/{ballot.reference}/", headers=headers)


@pytest.mark.django_db(transaction=True)
async def test_who_waits_hears_of_the_opening(signed_in, fatima):
    ballot, waiting = await sync_to_async(somebody_waits)(signed_in)
    connected, _ = await waiting.connect()
    assert connected
    assert json.loads(await waiting.receive_from())["state"] == "draft"

    await sync_to_async(ballots.open_ballot)(ballot, by=fatima)

    assert json.loads(await waiting.receive_from())["takes_votes"]
    await waiting.disconnect()


@pytest.mark.django_db(transaction=True)
async def test_who_waits_hears_that_the_vote_was_withdrawn(signed_in, fatima):
    ballot, waiting = await sync_to_async(somebody_waits)(signed_in)
    await waiting.connect()
    await waiting.receive_from()

    await sync_to_async(ballots.withdraw_ballot)(ballot, by=fatima)

    assert json.loads(await waiting.receive_from())["state"] == "withdrawn"
    await waiting.disconnect()


def test_the_open_page_of_anybody_signed_in_knows_when_the_roll_changes_and_whether_they_may_vote(
    signed_in, ballot, fatima, amina
):
    somebody = UserFactory()  # without a place at the day
    browser = signed_in(somebody)
    page = text_of(browser.get(address("detail", ballot)))
    assert 'data-on-roll="2"' in page
    assert "This page turns into your ballot once you are on it." in page
    assert "data-may-vote" not in page

    ballots.add_to_roll(ballot, person=somebody, organisation=None, reason="Came by train", by=fatima)
    assert "data-may-vote" in text_of(browser.get(address("detail", ballot)))
    form = text_of(browser.get(address("cast", ballot)))
    assert 'data-has-ballot data-on-roll="3"' in form

    ballots.strike_from_roll(ballot, somebody, reason="Wrong person", by=fatima)
    page = text_of(browser.get(address("detail", ballot)))
    assert "data-may-vote" not in page
    assert "You were taken off the roll of this vote, so you cannot vote in it: “Wrong person”." in page
