"""The receipt of a vote: ten characters, one for each vote, the same for a form that is sent again."""

import hashlib
import re

import pytest

from tests.factories.accounts import UserFactory
from tests.factories.councils import OrganisationFactory
from tests.factories.voting import checked_in
from tests.voting.asking import address, text_of
from voting.ballots import operations as ballots
from voting.casting import operations as casting
from voting.models import Receipt, RollEntry, Vote
from voting.outcome import operations as outcome


@pytest.fixture
def people(day):
    found = UserFactory.create_batch(6)
    for person in found:
        checked_in(day, person, OrganisationFactory())
    return found


@pytest.fixture(params=["open", "secret"])
def held(request, day, prototypes, people, fatima):
    """A ballot that takes votes, in the open or in secret."""
    draft = ballots.prepare_ballot(day, by=fatima, question="Which?", prototypes=prototypes, secrecy=request.param)
    return ballots.open_ballot(draft, by=fatima)


def cast(ballot, person, token, option=0):
    return casting.cast(ballot, by=person, marks=casting.ticks([ballot.options.all()[option]]), token=token)


def test_each_vote_has_a_receipt_of_its_own_also_where_forms_are_alike(held, people):
    receipts = [cast(held, person, "the same token") for person in people]

    assert len(set(receipts)) == len(people)
    assert all(re.fullmatch("[2-9A-HJ-NP-Z]{10}", receipt) for receipt in receipts)


def test_the_same_form_sent_again_gives_the_same_receipt_and_one_vote(held, people, fatima):
    receipts = {cast(held, people[0], "one form") for _ in range(3)}

    for person in people[1:]:
        cast(held, person, "their form")
    closed = outcome.close_ballot(held, by=fatima)
    assert len(receipts.pop()) == 10
    assert not receipts
    assert closed.result["voted"] == closed.receipts.count() == Vote.objects.count() == len(people)


def test_another_form_of_the_same_voter_has_another_receipt_and_none_once_they_have_voted(held, people):
    (entry,) = held.roll.filter(person=people[0])
    assert casting.receipt_of(entry, "one form") != casting.receipt_of(entry, "another form")
    cast(held, people[0], "one form")

    if held.is_secret:
        with pytest.raises(casting.AlreadyCounted):
            cast(held, people[0], "another form")
    else:
        assert cast(held, people[0], "another form") == ""
        assert cast(held, people[0], "another form", option=1) == ""


def test_a_form_without_a_token_is_no_form_sent_again(held, people):
    cast(held, people[0], "")

    if held.is_secret:
        with pytest.raises(casting.AlreadyCounted):
            cast(held, people[0], "")


def test_no_row_joins_the_receipt_of_a_secret_vote_to_its_voter(held, people, fatima):
    receipts = {cast(held, person, f"form {n}") for n, person in enumerate(people)}
    outcome.close_ballot(held, by=fatima)

    assert {receipt.code for receipt in Receipt.objects.all()} == receipts
    kept = set(RollEntry.objects.values_list("receipt", flat=True))
    assert not kept & {
        digest for receipt in receipts for digest in (receipt, hashlib.sha256(receipt.encode()).hexdigest())
    }


def test_after_the_close_a_form_that_is_sent_again_still_shows_its_receipt(held, people, fatima):
    receipts = [cast(held, person, "their form") for person in people]
    outcome.close_ballot(held, by=fatima)

    assert cast(held, people[0], "their form") == receipts[0]
    with pytest.raises(casting.AlreadyCounted if held.is_secret else casting.TooLate):
        cast(held, people[0], "another form")


def test_a_form_whose_ticks_were_changed_after_the_close_is_not_said_to_be_counted(ballot, amina, fatima):
    cast(ballot, amina, "their form")
    outcome.close_ballot(ballot, by=fatima)

    with pytest.raises(casting.TooLate):
        cast(ballot, amina, "their form", option=1)


def test_a_form_sent_again_to_a_void_round_is_not_said_to_be_counted(held, people, fatima):
    cast(held, people[0], "their form")
    ballots.void_ballot(held, by=fatima, reason="The question was misread")

    with pytest.raises(casting.TooLate, match="was made void"):
        cast(held, people[0], "their form")


def test_it_is_shown_once_on_the_page_of_the_counted_vote_and_nowhere_else(signed_in, held, people):
    browser, options = signed_in(people[0]), list(held.options.all())
    checked = browser.post(address("cast", held), {"step": "check", "options": [options[0].pk]}).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', checked)[1]
    form = {"step": "count", "options": [options[0].pk], "token": token}

    counted = browser.post(address("cast", held), form)
    receipt = re.search(r'lda-receipt">(\w{10})<', counted.content.decode())[1]

    assert counted["Cache-Control"] == "private, no-store"
    assert receipt in text_of(browser.post(address("cast", held), form))  # the answer was lost on bad Wi-Fi
    for page in (address("cast", held), address("detail", held), "/account/", "/"):
        assert receipt not in text_of(browser.get(page, follow=True)), page


def test_each_form_to_check_brings_a_token_of_its_own(signed_in, held, people):
    browser, option = signed_in(people[0]), held.options.first()
    tokens = {
        re.search(
            r'name="token" value="([^"]+)"',
            browser.post(address("cast", held), {"step": "check", "options": [option.pk]}).content.decode(),
        )[1]
        for _ in range(3)
    }
    assert len(tokens) == 3
