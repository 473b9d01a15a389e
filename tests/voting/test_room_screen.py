"""The screen of the hall in every state: the way in, the turnout and the time, then the result; no controls."""

import datetime as dt

import pytest

from core import clock
from events.models import Event
from tests.factories.accounts import UserFactory
from tests.factories.councils import OrganisationFactory
from tests.factories.voting import checked_in, shown
from tests.voting.asking import address, text_of
from voting.ballots import operations as ballots
from voting.ballots.drafts import NewOption
from voting.casting import operations as casting
from voting.casting.operations import ticks
from voting.models import Ballot, Option
from voting.outcome import operations as outcome
from voting.room.views import Fit, fit_of


@pytest.fixture
def people(day):
    found = [UserFactory() for _ in range(6)]
    for person in found:
        checked_in(day, person, OrganisationFactory())
    return found


@pytest.fixture
def secret(day, prototypes, people, fatima):
    closes = clock.now() + dt.timedelta(minutes=10)
    draft = ballots.prepare_ballot(day, by=fatima, question="Which?", prototypes=prototypes, closes_at=closes)
    return ballots.open_ballot(draft, by=fatima)


@pytest.fixture
def screen_of(client):
    def screen(ballot):
        html = client.get(address("screen", ballot)).content.decode()
        body = html.partition("<body")[2]
        assert "<button" not in body
        assert "<form" not in body
        assert "data-live-pause" not in body
        assert "<a " not in body
        assert f"/v/{ballot.code}" in html
        return " ".join(html.split())

    return screen


def test_while_it_runs_ring_time_and_way_in_are_shown_and_nothing_of_the_votes(screen_of, secret, people):
    for person in people[:3]:
        casting.cast(secret, by=person, marks=ticks(secret.options.all()[:1]), token="t")

    page = screen_of(secret)

    assert 'stroke-dasharray="50 100"' in page
    assert "3 of 6" in page
    assert "data-timer=" in page
    assert "data-option" not in page
    assert '<noscript><meta http-equiv="refresh"' in page


def test_a_pause_is_said(screen_of, secret, fatima):
    ballots.pause_ballot(secret, by=fatima)

    page = screen_of(secret)
    assert "Voting is paused." in page
    assert "data-timer=" not in page


def test_after_the_close_it_says_how_many_voted_and_no_more(screen_of, secret, people, fatima):
    for person in people[:5]:
        casting.cast(secret, by=person, marks=ticks(secret.options.all()[:1]), token="t")
    outcome.close_ballot(secret, by=fatima)

    page = screen_of(secret)

    assert "Voting has closed" in page
    assert "5 of 6 voted." in page
    assert "most votes" not in page
    assert "data-option" not in page


def test_once_shown_the_bars_stand_by_result_and_the_page_refreshes_no_more(screen_of, secret, people, fatima):
    for person in people[:5]:
        casting.cast(secret, by=person, marks=ticks(secret.options.all()[1:2]), token="t")
    shown(secret, fatima)

    page = screen_of(secret)

    assert page.index("Verify, check, deliver") < page.index('lda-hall__words">Waste standards')
    assert page.count("lda-bar--sun") == 1
    assert "http-equiv" not in page


def test_a_tie_is_in_the_colour_of_neither_winner_nor_others_with_its_rule(screen_of, secret, people, fatima):
    for number, person in enumerate(people):
        option = secret.options.all()[number % 2]
        casting.cast(secret, by=person, marks=ticks([option]), token="t")
    shown(secret, fatima)

    page = screen_of(secret)

    assert "Two prototypes are tied" in page
    assert "A run-off decides between those tied." in page
    assert page.count("lda-bar--tied") == 2
    assert "lda-bar--sun" not in page


def test_a_void_round_says_why_and_that_nothing_is_counted(screen_of, secret, people, fatima):
    casting.cast(secret, by=people[0], marks=ticks(secret.options.all()[:1]), token="t")
    ballots.void_ballot(secret, by=fatima, reason="It was read as a promise to pay")
    ballots.copy_ballot(Ballot.objects.get(pk=secret.pk), by=fatima)

    page = screen_of(secret)

    assert "This round is void" in page
    assert "It was read as a promise to pay" in page
    assert (
        "1 of 6 had voted. Nothing of this round is counted, and its votes are never opened. Round 2 follows." in page
    )


def test_what_has_to_fit_is_smaller_and_what_would_be_too_small_is_counted():
    short, long = Option(title="Bin days"), Option(title="Waste standards and an API that every contract asks for")
    few = fit_of([short] * 6, "Which?")
    assert (few.size, few.is_crowded) == ("lda-hall--few", False)
    assert fit_of([short] * 10, "Which?") == Fit("lda-hall--some lda-hall--short", 20)
    assert fit_of([long] * 6, "Which?") == Fit("lda-hall--some", 10)
    assert fit_of([short] * 20, "W" * 71) == Fit("lda-hall--many lda-hall--wordy", 18)
    # A result has the whole width, except while people still join.
    assert fit_of([long] * 8, "Which?", has_result=True, shows_way_in=False) == Fit("lda-hall--many", 10)
    assert fit_of([short] * 10, "Which?", has_result=True, shows_way_in=False) == Fit("lda-hall--some", 10)
    assert fit_of([long] * 8, "Which?", has_result=True, shows_way_in=True) == Fit("lda-hall--some", 7)


def test_of_more_options_than_have_room_the_screen_counts_the_others_and_shows_who_is_in_front(
    screen_of, day, people, fatima
):
    Event.objects.filter(pk=day.pk).update(kind=Event.Kind.WORKSHOP)  # a Co-Design Day votes on prototypes alone
    day.refresh_from_db()
    options = [NewOption(f"{number} is an option that needs a second line", "") for number in range(12)]
    draft = ballots.prepare_ballot(day, by=fatima, question="Which?", secrecy="open", options=options)
    ballot = ballots.open_ballot(draft, by=fatima)
    page = screen_of(ballot)
    assert "8 is an option" in page
    assert "9 is an option" not in page
    assert "and 3 more on the ballot" in page

    for person in people:
        casting.cast(ballot, by=person, marks=ticks(ballot.options.all()[11:]), token="t")
    shown(ballot, fatima)

    page = screen_of(ballot)
    assert "11 is an option" in page.partition("<ol")[2]
    assert "and 3 more on the page of the vote" in page


def test_the_code_to_scan_goes_once_nobody_can_vote_any_more(screen_of, secret, people, fatima):
    for person in people[:5]:
        casting.cast(secret, by=person, marks=ticks(secret.options.all()[1:2]), token="t")
    assert "lda-screen__qr" in screen_of(secret)

    with clock.at(secret.closes_at):  # its time has come, and nobody has closed it yet
        page = screen_of(secret)
    assert "lda-screen__qr" not in page
    assert "The votes are being counted." in page
    assert "have voted" not in page

    outcome.close_ballot(secret, by=fatima)
    assert "lda-screen__qr" not in screen_of(secret)
    outcome.reveal_ballot(secret, by=fatima)
    assert "lda-screen__qr" not in screen_of(secret)


def test_the_screen_of_a_void_round_leads_to_the_next_once_that_is_open(client, screen_of, secret, fatima):
    ballots.void_ballot(secret, by=fatima, reason="It was misread")
    following = ballots.copy_ballot(Ballot.objects.get(pk=secret.pk), by=fatima)
    assert "lda-screen__qr" not in screen_of(secret)

    ballots.open_ballot(following, by=fatima)

    page = text_of(client.get(address("screen", secret)))
    assert "lda-screen__qr" in page
    assert f"/v/{following.code}" in page
    assert f"/v/{secret.code}" not in page


def test_the_votes_of_central_and_local_government_stand_beside_the_result(client, ballot, options, fatima):
    department = OrganisationFactory(kind="department")
    council = ballot.roll.first().organisation
    for organisation, option in ((department, options[0]), (council, options[1])):
        entry = ballots.add_to_roll(
            ballot, person=UserFactory(), organisation=organisation, reason="Came late", by=fatima
        )
        casting.cast(ballot, by=entry.person, marks=ticks([option]))
    assert "Central and local government" not in text_of(client.get(address("results", ballot)))
    shown(ballot, fatima)

    page = text_of(client.get(address("results", ballot)))

    assert "Central government (1 voted)" in page
    assert "Local government (1 voted)" in page
