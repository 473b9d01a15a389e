"""The way to an open vote, for whoever may vote in it: first of all on home, and on top of its day's page."""

import datetime as dt

import pytest
from django.utils import timezone

from core import clock
from events.desk.operations import walk_in
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory
from tests.factories.voting import BallotFactory, checked_in
from tests.voting.asking import address, text_of
from voting.ballots import operations as ballots
from voting.casting import operations as casting
from voting.models import Ballot
from voting.outcome import operations as outcome


def first_row(page):
    return page.partition('aria-label="Waiting for you"')[2].partition("</li>")[0]


def test_an_open_vote_is_the_first_thing_on_home_whatever_else_waits(signed_in, draft, room, day, fatima, harlow):
    checked_in(day, fatima, harlow)
    EventFactory(title="A day before", started=True, starts_at=clock.now() - dt.timedelta(hours=5))
    ballots.open_ballot(draft, by=fatima)

    shown = text_of(signed_in(fatima).get("/"))

    assert draft.question in first_row(shown)
    assert f'href="{address("cast", draft)}"' in first_row(shown)
    assert "Vote now" in first_row(shown)


def test_several_open_votes_of_a_day_have_a_bar_each_those_to_cast_first(
    signed_in, ballot, options, day, prototypes, amina, fatima
):
    second = ballots.prepare_ballot(day, by=fatima, question="And who tests it?", prototypes=prototypes, secrecy="open")
    ballots.open_ballot(second, by=fatima)
    casting.cast(ballot, by=amina, marks=casting.ticks(options[:1]))

    page = text_of(signed_in(amina).get(day.get_absolute_url()))

    assert page.count("lda-vote-now") == 1
    assert page.index(f'href="{address("cast", second)}"') < page.index(f"You have voted: {ballot.question}")


def test_so_it_is_for_somebody_who_walked_in(signed_in, draft, day, fatima):
    place = walk_in(day, by=fatima, name="Wendy Ash", email="wendy@example.org")
    ballots.open_ballot(draft, by=fatima)

    shown = text_of(signed_in(place.person).get("/"))

    assert "One thing waits for you, Wendy." in shown
    assert address("cast", draft) in first_row(shown)


def test_the_days_page_leads_to_the_open_vote_and_afterwards_says_that_one_has_voted(
    client, signed_in, ballot, options, day, amina, ben
):
    ballot.closes_at = clock.now() + dt.timedelta(minutes=20)
    ballot.save()
    page = text_of(signed_in(amina).get(day.get_absolute_url()))
    bar = page[page.index("lda-vote-now") : page.index('class="columns')]
    assert "The vote is open." in bar
    assert f"Closes at {timezone.localtime(ballot.closes_at):%H:%M}" in bar
    assert address("cast", ballot) in bar
    client.logout()
    for reader in (client, signed_in(ben)):  # nobody's, and of somebody who is not in the room
        assert "lda-vote-now" not in text_of(reader.get(day.get_absolute_url()))

    casting.cast(ballot, by=amina, marks=casting.ticks(options[:1]))
    page = text_of(signed_in(amina).get(day.get_absolute_url()))
    assert "You have voted." in page
    assert "lda-vote-now" not in page

    Ballot.objects.filter(pk=ballot.pk).update(closes_at=clock.now())
    assert "You have voted." not in text_of(signed_in(amina).get(day.get_absolute_url()))


def test_whoever_is_here_and_not_on_the_roll_is_told_on_both_pages_whom_to_ask_and_where_to_wait(
    signed_in, ballot, day, ben, luton, fatima
):
    place = checked_in(day, ben, luton)
    browser = signed_in(ben)
    pages = (lambda: text_of(browser.get(day.get_absolute_url())), lambda: first_row(text_of(browser.get("/"))))
    for page in pages:
        shown = page().partition('class="columns')[0]
        assert "You are not on its roll yet: ask those who run it to add you." in shown
        assert f'href="{address("cast", ballot)}"' in shown
        assert "Wait for my ballot" in shown

    ballots.add_to_roll(ballot, person=ben, organisation=luton, reason="Train was late", by=fatima)
    for page in pages:
        assert "Wait for my ballot" not in page()
        assert "Vote now" in page()

    ballot.roll.filter(person=ben).delete()
    for change in ({"closes_at": ballot.opened_at}, {"closes_at": None, "run_off_of": BallotFactory()}):
        Ballot.objects.filter(pk=ballot.pk).update(**change)
        for page in pages:
            assert "Wait for my ballot" not in page()
    Ballot.objects.filter(pk=ballot.pk).update(run_off_of=None)
    type(place).objects.filter(pk=place.pk).update(checked_in_at=None)
    for page in pages:
        assert "Wait for my ballot" not in page()


def test_of_two_open_votes_the_one_still_to_cast_is_shown(signed_in, ballot, options, prototypes, day, amina, fatima):
    casting.cast(ballot, by=amina, marks=casting.ticks(options[:1]))
    second = ballots.prepare_ballot(day, by=fatima, question="Which name?", prototypes=prototypes, secrecy="open")
    ballots.open_ballot(second, by=fatima)

    page = text_of(signed_in(amina).get(day.get_absolute_url()))

    assert "The vote is open.</strong> Which name?" in page


def test_the_facilitators_block_has_each_vote_with_its_next_button(
    signed_in, ballot, options, day, amina, carlos, fatima
):
    browser = signed_in(fatima)

    def block():
        page = text_of(browser.get(day.get_absolute_url()))
        return page[page.index('class="lda-run"') : page.index("</section>", page.index('class="lda-run"'))]

    assert "Open: 0 of 2 have voted." in block()
    assert "Close the vote" in block()
    casting.cast(ballot, by=amina, marks=casting.ticks(options[:1]))
    casting.cast(ballot, by=carlos, marks=casting.ticks(options[1:2]))
    outcome.close_ballot(ballot, by=fatima)
    assert "2 of 2 voted." in block()
    assert "Look at the result, you alone" in block()
    assert "run-off" not in block()
    outcome.reveal_ballot(ballot, by=fatima)
    assert "Prepare the run-off" in block()

    run_off = outcome.prepare_run_off(ballot, by=fatima)
    # A tied vote goes on in its run-off.
    assert run_off.get_absolute_url() in block()
    assert f'href="{ballot.get_absolute_url()}"' not in block()
    assert "Open the vote" in block()


@pytest.mark.parametrize("number", [1, 3])
def test_an_open_vote_costs_the_days_page_one_query_more(
    signed_in, ballot, prototypes, day, amina, fatima, number, django_assert_max_num_queries
):
    for _ in range(number - 1):
        checked_in(day, UserFactory())
        extra = ballots.prepare_ballot(day, by=fatima, question="Which?", prototypes=prototypes, secrecy="open")
        ballots.open_ballot(extra, by=fatima)
    browser = signed_in(amina)

    with django_assert_max_num_queries(14):
        browser.get(day.get_absolute_url())
