"""Preparing a vote: its method, options in order and with prices, and a list of who may vote."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.errors import Refused
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory
from tests.factories.voting import BallotFactory, checked_in
from tests.pages import words
from tests.voting.asking import address
from voting.ballots import operations as ballots
from voting.ballots.drafts import NewOption
from voting.ballots.queries import coming_roll
from voting.models import Ballot

SENT = {
    "question": "Which?",
    "method": "approval",
    "to_pursue": "1",
    "basis": "person",
    "tie_rule": "run_off",
    "secrecy": "secret",
    "threshold": "",
    "roll_from": "check_in",
}


@pytest.fixture
def visit():
    """An event that is no Co-Design Day."""
    return EventFactory(started=True)


def prepare(client, event, **changed):
    return client.post(f"{reverse('voting:new')}?event={event.slug}", SENT | changed)


def test_options_may_be_anything_with_a_title_and_keep_their_order_and_what_they_are(client, fatima, visit):
    client.force_login(fatima)
    prepare(client, visit, others="Evening opening | Until 8\n\n  Saturday opening ")
    ballot = Ballot.objects.get()
    assert [(o.title, o.summary, o.prototype) for o in ballot.options.all()] == [
        ("Evening opening", "Until 8", None),
        ("Saturday opening", "", None),
    ]


def test_a_co_design_day_votes_on_prototypes_only(client, fatima, day, prototypes):
    checked_in(day, UserFactory())
    options = [NewOption("Something else")]
    draft = ballots.prepare_ballot(
        day, by=fatima, question="Which?", prototypes=prototypes[:1], options=options, secrecy="open"
    )
    with pytest.raises(Refused, match="Something else is no prototype of the day"):
        ballots.open_ballot(draft, by=fatima)


def test_dots_need_a_number_and_what_was_typed_stays(client, fatima, visit):
    client.force_login(fatima)
    answer = prepare(client, visit, others="One\nTwo\nThree", method="dots")
    assert answer.status_code == 422
    assert "dots" in words(answer)
    assert "Two" in answer.content.decode()
    assert not Ballot.objects.exists()


def test_a_budget_leads_on_to_its_prices_and_opens_once_each_has_one(client, fatima, visit):
    client.force_login(fatima)
    answer = prepare(client, visit, others="One\nTwo", method="budget", pot="100000", tie_rule="none")
    ballot = Ballot.objects.get()
    assert answer["Location"] == address("options", ballot)
    one, two = ballot.options.all()
    client.post(
        address("options", ballot),
        {f"place-{one.pk}": 2, f"place-{two.pk}": 1, f"price-{one.pk}": 60_000, f"price-{two.pk}": 50_000},
    )
    assert [(o.title, o.price) for o in ballot.options.all()] == [("Two", 50_000), ("One", 60_000)]


def test_a_draft_that_is_changed_keeps_the_prices_and_the_order_of_the_options_that_stay(client, fatima, visit):
    client.force_login(fatima)
    prepare(client, visit, others="One\nTwo", method="budget", pot="100000", tie_rule="none")
    ballot = Ballot.objects.get()
    one, two = ballot.options.all()
    ballots.arrange_options(ballot, by=fatima, in_order=[(two, 50_000), (one, 60_000)])

    sent = SENT | {"others": "One\nThree\nTwo", "method": "budget", "pot": "90000", "tie_rule": "none"}
    client.post(address("change", ballot), sent)

    kept = [(option.title, option.price) for option in ballot.options.all()]
    assert kept == [("Two", 50_000), ("One", 60_000), ("Three", None)]


@pytest.mark.parametrize("place", ["", "0", "-1", "1.5", "9" * 5000, "first"])
def test_a_place_that_is_none_is_a_sentence_at_its_field(client, fatima, visit, place):
    client.force_login(fatima)
    prepare(client, visit, others="One\nTwo")
    ballot = Ballot.objects.get()
    one, two = ballot.options.all()
    answer = client.post(address("options", ballot), {f"place-{one.pk}": place, f"place-{two.pk}": 1})
    assert answer.status_code == 422
    assert "Error" in words(answer)
    assert [o.title for o in ballot.options.all()] == ["One", "Two"]


def test_a_list_of_voters_is_entered_by_address_or_file_and_is_the_roll(client, fatima, visit):
    client.force_login(fatima)
    answer = prepare(client, visit, others="One\nTwo", roll_from="list")
    ballot = Ballot.objects.get()
    assert answer["Location"] == address("voters", ballot)
    typed, filed = UserFactory(), UserFactory()
    file = SimpleUploadedFile("voters.csv", f"address\n{filed.email.upper()},x\n".encode(), content_type="text/csv")
    client.post(address("voters", ballot), {"addresses": f"{typed.email}\n{typed.email}\n", "file": file})
    assert {entry.person for entry in coming_roll(ballot)} == {typed, filed}


def test_addresses_without_an_account_are_named_and_the_list_stays_as_it_was(client, fatima, visit):
    client.force_login(fatima)
    prepare(client, visit, others="One\nTwo", roll_from="list")
    ballot = Ballot.objects.get()
    ballots.set_roll(ballot, by=fatima, people=[UserFactory()])
    answer = client.post(address("voters", ballot), {"addresses": "nobody@example.org"})
    assert "Nobody has an account with nobody@example.org." in words(answer)
    assert "nobody@example.org" in answer.content.decode()
    assert ballot.roll.count() == 1


def test_an_earlier_vote_is_used_again_with_its_rules(client, fatima, visit):
    earlier = BallotFactory(event=visit, method="ranked", question="Which now?", quorum=12)
    client.force_login(fatima)
    answer = client.get(f"{reverse('voting:new')}?event={visit.slug}&like={earlier.reference}")
    assert 'value="Which now?"' in answer.content.decode()
    assert 'name="quorum" value="12"' in answer.content.decode()


def test_options_and_list_stay_once_the_vote_has_opened(fatima, ballot):
    with pytest.raises(Refused, match="has opened"):
        ballots.arrange_options(ballot, by=fatima, in_order=[])
    with pytest.raises(Refused, match="has opened"):
        ballots.set_roll(ballot, by=fatima, people=[])
