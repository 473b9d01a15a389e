"""Only what the vote chose becomes a project; a tie goes by the rule set before; a recount finds every change."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core.errors import Refused
from projects.models import Prototype
from tests.factories.councils import OrganisationFactory
from tests.factories.voting import BallotFactory, OptionFactory, shown, voted
from voting.models import Ballot, Choice
from voting.outcome import operations as outcome
from voting.outcome.queries import recount, tally


@pytest.fixture
def three(db):
    """An open ballot on three options."""
    ballot = BallotFactory(open=True)
    return ballot, [OptionFactory(ballot=ballot, order=n) for n in range(3)]


def votes_for(ballot, option, number):
    for _ in range(number):
        voted(ballot, OrganisationFactory(), option)


def make(ballot, option, by, council, **kwargs):
    return outcome.make_project(ballot, option=option, by=by, lead_council=council, **kwargs)


def test_only_the_winner_becomes_a_project_and_once(three, fatima, harlow):
    ballot, (first, second, _) = three
    votes_for(ballot, first, 2)
    votes_for(ballot, second, 1)
    with pytest.raises(Refused, match="has closed"):
        make(ballot, first, fatima, harlow)
    outcome.close_ballot(ballot, by=fatima)
    with pytest.raises(Refused, match="Show the result first"):
        make(ballot, first, fatima, harlow)
    outcome.reveal_ballot(ballot, by=fatima)

    with pytest.raises(Refused, match="not chosen"):
        make(ballot, second, fatima, harlow)
    assert make(ballot, first, fatima, harlow).lead_council == harlow
    with pytest.raises(Refused, match="already"):
        make(ballot, first, fatima, harlow)


def test_in_a_tie_with_the_run_off_rule_nothing_is_made(three, fatima, harlow):
    ballot, (first, second, _) = three
    votes_for(ballot, first, 1)
    votes_for(ballot, second, 1)
    shown(ballot, fatima)

    with pytest.raises(Refused, match="run-off"):
        make(ballot, first, fatima, harlow, reason="I like it")


def test_where_the_facilitator_chooses_in_a_tie_it_is_one_and_with_a_reason(three, fatima, harlow):
    ballot, (first, second, _) = three
    ballot.tie_rule = Ballot.TieRule.FACILITATOR
    ballot.save()
    votes_for(ballot, first, 1)
    votes_for(ballot, second, 1)
    shown(ballot, fatima)

    with pytest.raises(Refused, match="Say why"):
        make(ballot, second, fatima, harlow)
    make(ballot, second, fatima, harlow, reason="Two departments pay for it")
    assert second.led_to.reason == "Two departments pay for it"
    with pytest.raises(Refused, match="chosen already"):
        make(ballot, first, fatima, harlow, reason="This one too")
    with pytest.raises(Refused, match="another"):
        outcome.prepare_run_off(ballot, by=fatima)


def test_two_are_chosen_where_that_was_set_and_the_second_place_can_be_tied(three, fatima):
    ballot, (first, second, third) = three
    ballot.to_pursue = 2
    ballot.save()
    votes_for(ballot, first, 3)
    votes_for(ballot, second, 1)
    assert [line.option for line in tally(ballot).chosen] == [first, second]

    votes_for(ballot, third, 1)
    count = tally(ballot)

    assert [line.option for line in count.chosen] == [first]
    assert [line.option for line in count.tied] == [second, third]
    outcome.close_ballot(ballot, by=fatima)
    with pytest.raises(Refused, match="Show the result first"):
        outcome.prepare_run_off(ballot, by=fatima)
    outcome.reveal_ballot(ballot, by=fatima)
    run_off = outcome.prepare_run_off(ballot, by=fatima)
    assert (run_off.to_pursue, run_off.method, run_off.options.count()) == (1, "single", 2)


def test_what_nobody_ticked_is_never_chosen(three):
    ballot, (first, *_) = three
    ballot.to_pursue = 2
    votes_for(ballot, first, 1)

    assert [line.option for line in tally(ballot).chosen] == [first]
    assert tally(ballot).tied == ()


def test_without_a_tie_there_is_no_run_off(three, fatima):
    ballot, (first, *_) = three
    votes_for(ballot, first, 1)
    shown(ballot, fatima)

    with pytest.raises(Refused, match="Nothing is tied"):
        outcome.prepare_run_off(ballot, by=fatima)


def test_an_outcome_is_published_once_the_result_is_shown(three, fatima):
    ballot, _ = three
    with pytest.raises(Refused, match="once the vote has closed"):
        outcome.publish_outcome(ballot, by=fatima, text="We build it.")
    outcome.close_ballot(ballot, by=fatima)
    with pytest.raises(Refused, match="Show the result first"):
        outcome.publish_outcome(ballot, by=fatima, text="We build it.")
    outcome.reveal_ballot(ballot, by=fatima)

    assert outcome.publish_outcome(ballot, by=fatima, text="We build it.").outcome == "We build it."


def test_opening_freezes_the_prototypes(ballot, prototypes):
    assert not Prototype.objects.filter(pk__in=[p.pk for p in prototypes], frozen_at=None).exists()


def test_a_recount_confirms_untouched_rows_and_finds_a_changed_one(three, fatima):
    ballot, (first, second, _) = three
    votes_for(ballot, first, 2)
    outcome.close_ballot(ballot, by=fatima)
    out = StringIO()
    call_command("recount", stdout=out)
    assert "1 votes recounted; every result is confirmed by its rows." in out.getvalue()

    Choice.objects.filter(pk=Choice.objects.earliest("pk").pk).update(option=second)

    with pytest.raises(CommandError, match=ballot.reference):
        call_command("recount", ballot.reference, stdout=StringIO())
    with pytest.raises(CommandError, match="No closed vote"):
        call_command("recount", "nothing", stdout=StringIO())


def test_a_vote_closed_when_the_search_for_what_would_have_been_enough_went_otherwise_is_recounted_as_it_was(fatima):
    ballot = BallotFactory(open=True, method="budget", pot=100)
    dear, cheap = (OptionFactory(ballot=ballot, price=price) for price in (90, 60))
    for option in (dear, cheap, cheap):
        voted(ballot, OrganisationFactory(), option)
    outcome.close_ballot(ballot, by=fatima)
    ballot.refresh_from_db()
    (step,) = (each for each in ballot.result["person"]["steps"] if each["kind"] == "unfunded")
    step["price"] -= 1
    assert recount(ballot) != ballot.result  # whoever alters what would have been enough is found out

    del ballot.result["search"]

    assert recount(ballot) == ballot.result
