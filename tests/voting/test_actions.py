"""What a facilitator does next with a vote: one button for each state, the same on every page that shows the vote."""

import datetime as dt

import pytest

from core import clock
from tests.factories.councils import OrganisationFactory
from tests.factories.projects import PrototypeFactory
from tests.factories.voting import OptionFactory, checked_in, shown
from tests.voting.asking import address, text_of
from voting.ballots import operations as ballots
from voting.casting import operations as casting
from voting.models import Ballot
from voting.outcome import operations as outcome
from voting.outcome.next_steps import actions_of, next_action


def prepared(ballot, people, fatima):
    return ballot


def with_an_unfinished_prototype(ballot, people, fatima):
    OptionFactory(ballot=ballot, prototype=PrototypeFactory(title="Property data", summary=""))
    return ballot


def with_nobody_in_the_room(ballot, people, fatima):
    ballot.event.sign_ups.update(checked_in_at=None)
    return ballot


def with_a_closing_time_that_has_passed(ballot, people, fatima):
    ballot.closes_at = clock.now() - dt.timedelta(minutes=1)
    ballot.save()
    return ballot


def opened(ballot, people, fatima):
    return ballots.open_ballot(ballot, by=fatima)


def closed(ballot, people, fatima, ticked=(0, 0)):
    ballot = ballots.open_ballot(ballot, by=fatima)
    options = list(ballot.options.all())
    for person, number in zip(people, ticked, strict=False):
        casting.cast(ballot, by=person, marks=casting.ticks([options[number]]))
    outcome.close_ballot(ballot, by=fatima)
    return Ballot.objects.get(pk=ballot.pk)


def paused(ballot, people, fatima):
    return ballots.pause_ballot(opened(ballot, people, fatima), by=fatima)


def void(ballot, people, fatima):
    return ballots.void_ballot(opened(ballot, people, fatima), by=fatima, reason="The question was misread")


def void_and_copied(ballot, people, fatima):
    ballot = void(ballot, people, fatima)
    ballots.copy_ballot(ballot, by=fatima)
    return Ballot.objects.get(pk=ballot.pk)


def revealed(ballot, people, fatima, ticked=(0, 0)):
    outcome.reveal_ballot(closed(ballot, people, fatima, ticked), by=fatima)
    return Ballot.objects.get(pk=ballot.pk)


def revealed_without_a_vote(ballot, people, fatima):
    return revealed(ballot, [], fatima)


def tied(ballot, people, fatima):
    return revealed(ballot, people, fatima, ticked=(0, 1))


def tied_with_a_run_off_prepared(ballot, people, fatima):
    ballot = tied(ballot, people, fatima)
    outcome.prepare_run_off(ballot, by=fatima)
    return Ballot.objects.get(pk=ballot.pk)


def tied_with_a_run_off_open(ballot, people, fatima):
    ballot = tied_with_a_run_off_prepared(ballot, people, fatima)
    ballots.open_ballot(ballot.run_off, by=fatima)
    return Ballot.objects.get(pk=ballot.pk)


def tied_with_a_run_off_closed(ballot, people, fatima):
    ballot = tied_with_a_run_off_open(ballot, people, fatima)
    outcome.close_ballot(ballot.run_off, by=fatima)
    return Ballot.objects.get(pk=ballot.pk)


def tied_with_a_run_off_revealed(ballot, people, fatima):
    ballot = tied_with_a_run_off_open(ballot, people, fatima)
    shown(ballot.run_off, fatima)
    return Ballot.objects.get(pk=ballot.pk)


def a_run_off_that_is_tied_again(ballot, people, fatima):
    return tied(tied_with_a_run_off_prepared(ballot, people, fatima).run_off, people, fatima)


def published(ballot, people, fatima):
    ballot = revealed(ballot, people, fatima)
    return outcome.publish_outcome(ballot, by=fatima, text="We build the standards. Luton leads.")


def published_with_two_winners(ballot, people, fatima):
    Ballot.objects.filter(pk=ballot.pk).update(to_pursue=2)
    ballot = revealed(ballot, people, fatima, ticked=(0, 1))
    return outcome.publish_outcome(ballot, by=fatima, text="Both go on.")


def published_and_the_facilitator_chooses(ballot, people, fatima):
    Ballot.objects.filter(pk=ballot.pk).update(tie_rule=Ballot.TieRule.FACILITATOR)
    return outcome.publish_outcome(tied(ballot, people, fatima), by=fatima, text="The cheaper one goes on.")


def all_done(ballot, people, fatima):
    ballot = published(ballot, people, fatima)
    outcome.make_project(ballot, option=ballot.options.first(), by=fatima, lead_council=OrganisationFactory())
    return ballot


TABLE = [
    (prepared, "Open the vote"),
    (with_an_unfinished_prototype, "Complete the prototype"),
    (with_nobody_in_the_room, "Check people in"),
    (with_a_closing_time_that_has_passed, "Give it another closing time"),
    (opened, "Close the vote"),
    (paused, "Go on"),
    (void, "Copy it as a new round"),
    (void_and_copied, "Go to round 2"),
    (closed, "Look at the result, you alone"),
    (revealed, "Publish the outcome"),
    (revealed_without_a_vote, None),
    (tied, "Prepare the run-off"),
    (tied_with_a_run_off_prepared, "Open the run-off"),
    (tied_with_a_run_off_open, "Go to the run-off"),
    (tied_with_a_run_off_closed, "Go to the run-off"),
    (tied_with_a_run_off_revealed, None),
    (a_run_off_that_is_tied_again, "Prepare the second run-off"),
    (published, "Turn Waste standards and API into a project"),
    (published_with_two_winners, "Turn the winners into projects"),
    (published_and_the_facilitator_chooses, "Choose among those tied"),
    (all_done, None),
]


@pytest.mark.parametrize(("make", "words"), TABLE, ids=lambda value: getattr(value, "__name__", str(value)))
def test_each_state_of_a_vote_has_at_most_one_next_button(
    draft, room, amina, carlos, fatima, grace, signed_in, make, words
):
    ballot = make(draft, [amina, carlos], fatima)

    action = next_action(ballot, fatima)

    assert (action.text if action else None) == words
    assert sum(not each.is_second for each in actions_of(ballot, fatima)) == (words is not None)
    assert next_action(ballot, grace) is None
    page = text_of(signed_in(fatima).get(address("detail", ballot)))
    assert page.count("data-main-action") == (words is not None)
    if action:
        assert page.index(action.text) < page.index('class="lda-room__side"')


def test_a_form_leads_where_its_button_says(draft, room, fatima, signed_in):
    browser = signed_in(fatima)
    for words, state in (("Open the vote", "open"), ("Close the vote", "closed"), ("Show the result", "revealed")):
        action = next(action for action in actions_of(draft, fatima) if action.is_post)
        assert action.text == words
        browser.post(action.url)
        draft.refresh_from_db()
        assert draft.state == state


def test_from_other_pages_opening_and_closing_lead_to_where_it_stands_what_they_do(draft, room, fatima, signed_in):
    browser = signed_in(fatima)
    for words, what_it_does, address_of_action in (
        ("Open the vote", "The roll, the rules and the prototypes are frozen with it.", "open"),
        ("Close the vote", "It cannot be undone.", "close"),
    ):
        action = next_action(draft, fatima)
        assert (action.text, action.is_post, action.url) == (words, False, f"{draft.get_absolute_url()}#run-it")
        assert address(address_of_action, draft) not in text_of(browser.get(draft.event.get_absolute_url()))
        page = text_of(browser.get(draft.get_absolute_url())).partition('id="run-it"')[2]
        assert page.index(what_it_does) < page.index(f'action="{address(address_of_action, draft)}"')
        ballots.open_ballot(draft, by=fatima)
        draft.refresh_from_db()


def test_someone_who_arrives_while_it_is_open_is_added_from_there(signed_in, draft, room, ben, fatima):
    ballot = ballots.open_ballot(draft, by=fatima)
    checked_in(ballot.event, ben)

    assert [action.text for action in actions_of(ballot, fatima)] == [
        "Close the vote",
        "Pause",
        "Change the roll",
        "The question was misread",
    ]
    browser = signed_in(fatima)
    for page in (ballot.get_absolute_url(), ballot.event.get_absolute_url()):
        assert "1 person is here and not on the roll." in text_of(browser.get(page))
    ballots.add_to_roll(ballot, person=ben, organisation=None, reason="Train was late", by=fatima)
    assert "not on the roll." not in text_of(browser.get(ballot.get_absolute_url()))
