"""A vote by card: counted once, no more than there are places, and tied to no card."""

import itertools

import pytest
from django.apps import apps
from django.db import models

from core.errors import Refused
from sealing.models import Mark, Staged
from tests.factories.accounts import UserFactory
from tests.factories.councils import OrganisationFactory
from tests.factories.voting import checked_in, shown
from tests.voting.cards.conftest import HANDED_OUT
from voting.ballots import operations as ballots
from voting.cards import queries
from voting.cards.operations import cast_by_card, print_cards
from voting.cards.secrets_in_words import WORDS, digest_of, new_secret, read_secret
from voting.casting import operations as casting
from voting.casting.operations import AlreadyCounted, TooLate, ticks
from voting.casting.turnout import voted_in
from voting.models import Choice, Reason, Receipt, RollEntry, Vote, VotingCard
from voting.outcome import operations as outcome
from voting.outcome.queries import recount, tally
from voting.paper.operations import hand_out


def cast(secret, options, *, token=""):
    return cast_by_card(queries.card_of(secret), marks=ticks(options), token=token)


# The words


def test_a_secret_is_six_words_of_the_list_and_two_are_never_the_same():
    secret = new_secret()
    assert len(secret.split("-")) == 6
    assert set(secret.split("-")) <= set(WORDS)
    assert len({new_secret() for _ in range(100)}) == 100


@pytest.mark.parametrize(
    "typed",
    [
        "able acid acoustic across act zoo",
        " ABLE  Acid-acoustic, across; ACT zoo\n",
        "able acid acou acro act zoo",
        "able-acid-acoustics-acros-act-zoo/",
    ],
)
def test_capitals_spaces_hyphens_and_what_follows_four_letters_do_not_matter(typed):
    assert read_secret(typed) == ("able-acid-acoustic-across-act-zoo", [])


@pytest.mark.parametrize(
    ("typed", "unknown"),
    [("", []), ("able acid", []), ("able " * 7, []), ("able acid act zoo zoo qqqq", ["qqqq"]), ("é" * 500, [])],
)
def test_what_is_not_six_words_of_the_list_is_no_secret(typed, unknown):
    assert read_secret(typed) == ("", unknown)


def test_no_two_words_begin_with_the_same_four_letters():
    assert len({word[:4] for word in WORDS}) == len(WORDS) == 2048


# Counted


def test_votes_by_card_are_sealed_and_counted_with_receipts(
    ballot, cards, options, fatima, django_capture_on_commit_callbacks
):
    receipts = [cast(secret, options[:1]) for secret in cards[:5]]
    assert (Vote.objects.count(), Mark.objects.count(), Staged.objects.count()) == (0, 5, 5)
    with django_capture_on_commit_callbacks(execute=True):
        closed = outcome.close_ballot(ballot, by=fatima)
    count = tally(closed)
    assert (count.voted, count.on_roll) == (5, HANDED_OUT)
    assert count.lines[0].people == 5
    assert sorted(receipts) == sorted(Receipt.objects.values_list("code", flat=True))
    assert closed.roll.filter(voted=True).count() == 5
    assert recount(closed) == closed.result


def test_a_card_votes_once_and_the_same_form_sent_again_gets_the_same_receipt(ballot, cards, options):
    receipt = cast(cards[0], options[:1], token="one")
    assert len(receipt) == 10
    assert cast(cards[0], options[:1], token="one") == receipt
    for token in ("two", ""):
        with pytest.raises(AlreadyCounted, match="has been used"):
            cast(cards[0], options[1:2], token=token)
    assert voted_in(ballot) == 1


def test_the_form_of_one_card_sent_with_another_is_that_ones_vote(ballot, cards, options):
    assert cast(cards[0], options[:1], token="one") != cast(cards[1], options[:1], token="one")
    assert voted_in(ballot) == 2


def test_no_more_votes_come_by_card_than_cards_were_handed_out(ballot, cards, options):
    """All 16 that were printed are tried."""
    answers = []
    for secret in cards:
        try:
            answers.append(cast(secret, options[:1]))
        except Refused as refusal:
            answers.append(str(refusal))
    assert len([each for each in answers if len(each) == 10]) == HANDED_OUT == voted_in(ballot)
    assert answers[-1].startswith("As many votes have come by card as cards were handed out")


def test_without_that_guard_more_votes_would_come_than_the_roll_has(ballot, cards, options, monkeypatch):
    """The control."""
    monkeypatch.setattr(queries, "free_place", lambda ballot: RollEntry.objects.filter(ballot=ballot).first())
    for secret in cards:
        cast(secret, options[:1])
    assert voted_in(ballot) == len(cards) > ballot.roll.count()


def test_cards_count_in_a_vote_by_name_only_where_places_of_cards_are_on_its_roll(day, prototypes, fatima):
    people = [UserFactory() for _ in range(5)]
    for person in people:
        checked_in(day, person, OrganisationFactory())
    draft = ballots.prepare_ballot(day, by=fatima, question="Which?", prototypes=prototypes)
    ballot = ballots.open_ballot(draft, by=fatima)
    options = list(ballot.options.all())
    secret = print_cards(ballot, by=fatima, number=16)[0]
    with pytest.raises(Refused, match="No voting card was handed out in this vote"):
        cast(secret, options[:1])

    RollEntry.objects.create(ballot=ballot, kind=RollEntry.Kind.CARD)
    cast(secret, options[:1])
    for person in people:
        casting.cast(ballot, by=person, marks=ticks(options[:1]), token="t")

    assert tally(outcome.close_ballot(ballot, by=fatima)).voted == 6


@pytest.mark.parametrize("marks", [[], "of another"])
def test_a_vote_by_card_is_checked_like_any_other(ballot, cards, marks, draft):
    chosen = draft.options.all()[:1] if marks else []
    with pytest.raises(Refused):
        cast(cards[0], chosen)
    assert not Mark.objects.exists()


def test_a_card_does_not_vote_before_the_opening_while_paused_or_after_the_close(by_cards, cards, fatima):
    options = list(by_cards.options.all())
    for move, words in (
        (lambda: None, "has not opened"),
        (
            lambda: ballots.pause_ballot(ballots.open_ballot(by_cards, by=fatima), by=fatima),
            "is paused",
        ),
        (lambda: outcome.close_ballot(by_cards, by=fatima), "closed"),
    ):
        move()
        with pytest.raises(TooLate, match=words):
            cast(cards[0], options[:1])


def test_a_reason_given_with_a_card_is_sealed_apart_from_the_vote(day, prototypes, fatima):
    draft = ballots.prepare_ballot(
        day, by=fatima, question="Which?", prototypes=prototypes, roll_from="cards", asks_reason=True
    )
    ballots.set_cards(draft, by=fatima, number=5)
    cards = print_cards(draft, by=fatima, number=8)
    ballot = ballots.open_ballot(draft, by=fatima)
    options = list(ballot.options.all())
    for secret in cards[:5]:
        cast_by_card(queries.card_of(secret), marks=ticks(options[:1]), reason="It saves a form.")
    outcome.close_ballot(ballot, by=fatima)
    assert {reason.words for reason in Reason.objects.filter(ballot=ballot)} == {"It saves a form."}
    assert Reason.objects.count() == 5


def test_whoever_is_handed_a_card_in_a_vote_by_name_votes_with_any_that_was_printed(day, prototypes, fatima):
    people = [UserFactory() for _ in range(5)]
    for person in people:
        checked_in(day, person, OrganisationFactory())
    draft = ballots.prepare_ballot(day, by=fatima, question="Which?", prototypes=prototypes)
    ballot = ballots.open_ballot(draft, by=fatima)
    cards = print_cards(ballot, by=fatima, number=8)
    hand_out(ballot, *people[:2], kind=RollEntry.Kind.CARD, by=fatima)
    options = list(ballot.options.all())
    for secret in cards[3:5]:
        cast(secret, options[:1])
    with pytest.raises(Refused, match="as cards were handed out"):
        cast(cards[0], options[:1])
    for person in people[2:]:
        casting.cast(ballot, by=person, marks=ticks(options[:1]), token="t")
    closed = outcome.close_ballot(ballot, by=fatima)
    assert (closed.result["voted"], closed.result["on_roll"]) == (5, 5)
    assert closed.result["provenance"] == ["Cards: 2 votes."]


# Tied to nothing


def test_from_a_card_no_row_of_any_table_leads_to_a_vote_or_a_receipt(ballot, cards, options, fatima):
    """Its digest stands with the card and in the mark; what it voted for, and its receipt, stand where it does not."""
    receipts = [cast(secret, [options[n % 3]]) for n, secret in enumerate(cards[:HANDED_OUT])]
    shown(ballot, fatima)

    digests = {digest_of(secret) for secret in cards}
    telling = {*digests, *cards, *itertools.chain.from_iterable(secret.split("-")[:0] for secret in cards)}
    found, with_receipts = set(), set()
    for model in apps.get_models():
        for row in model.objects.values() if isinstance(model.objects, models.Manager) else ():
            text = str(row)
            if any(each in text for each in telling):
                found.add(model)
            if any(receipt in text for receipt in receipts):
                with_receipts.add(model)
    assert found == {VotingCard, Mark}
    assert with_receipts == {Receipt}


def test_which_place_a_vote_takes_says_nothing_of_its_card(ballot, cards, options):
    """The control: with its token one finds the place, without it nobody does."""
    card = queries.card_of(cards[0])
    cast(cards[0], options[:1], token="known to the browser alone")
    place = ballot.roll.exclude(receipt="").get()
    assert place.receipt == casting.form_digest(card.digest, "known to the browser alone")
    assert card.digest not in place.receipt


def test_the_votes_of_a_closed_vote_by_card_have_no_name_and_no_moment(ballot, cards, options, fatima):
    for secret in cards[:5]:
        cast(secret, options[:1])
    outcome.close_ballot(ballot, by=fatima)
    assert not Vote.objects.exclude(person=None, entry=None, organisation=None, cast_at=None).exists()
    assert Choice.objects.count() == 5
