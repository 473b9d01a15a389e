"""A secret vote whose key is not safe: it does not open, takes no vote, and is not closed with a wrong count."""

import pytest

from core import key_folder
from core.errors import Refused
from sealing.models import Mark, Round, Staged
from tests.factories.accounts import UserFactory
from tests.factories.councils import OrganisationFactory
from tests.factories.voting import checked_in
from tests.voting.asking import address, text_of
from voting.ballots import operations as ballots
from voting.casting import operations as casting
from voting.models import Ballot, Vote
from voting.outcome import operations as outcome


@pytest.fixture
def people(day):
    found = UserFactory.create_batch(6)
    for person in found:
        checked_in(day, person, OrganisationFactory())
    return found


@pytest.fixture
def prepared(day, prototypes, people, fatima):
    return ballots.prepare_ballot(day, by=fatima, question="Which?", prototypes=prototypes)


@pytest.fixture
def secret(prepared, fatima):
    return ballots.open_ballot(prepared, by=fatima)


def vote(ballot, person):
    return casting.cast(ballot, by=person, marks=casting.ticks(ballot.options.all()[:1]), token="t")


@pytest.fixture
def no_folder(settings, tmp_path):
    """A function: from now on the key folder is a file, which holds no keys."""

    def spoil():
        settings.BALLOT_KEYS = tmp_path / "a-file"
        settings.BALLOT_KEYS.write_text("")

    return spoil


def test_it_does_not_open_where_its_key_cannot_be_kept(prepared, fatima, no_folder):
    no_folder()

    with pytest.raises(Refused, match="the key to its votes cannot be kept safely now"):
        ballots.open_ballot(prepared, by=fatima)

    prepared.refresh_from_db()
    assert (prepared.state, prepared.roll.count(), Round.objects.count()) == (Ballot.State.DRAFT, 0, 0)
    assert not prepared.options.exclude(prototype__frozen_at=None).exists()


def test_an_open_vote_needs_no_key(prepared, fatima, no_folder):
    no_folder()
    ballots.change_ballot(prepared, by=fatima, secrecy="open")

    assert ballots.open_ballot(prepared, by=fatima).takes_votes


@pytest.mark.parametrize("is_lost", [True, False])
def test_no_vote_is_taken_that_could_not_be_opened_and_the_voter_is_told(signed_in, secret, people, no_folder, is_lost):
    if is_lost:
        key_folder.destroy(secret.sealed.key_name)
    else:
        no_folder()

    with pytest.raises(Refused, match="cannot be sealed safely"):
        vote(secret, people[0])
    option = secret.options.first()
    sent = signed_in(people[0]).post(address("cast", secret), {"step": "count", "options": [option.pk], "token": "t"})

    assert (Mark.objects.count(), Staged.objects.count()) == (0, 0)
    assert sent.status_code in (409, 422)
    assert "so yours was not counted. Tell those who run the vote." in text_of(sent)
    assert text_of(sent).count(" checked ") == 1  # the ticks are kept


@pytest.mark.parametrize("is_lost", [True, False])
def test_it_does_not_close_while_its_votes_cannot_be_opened_and_can_be_made_void(
    signed_in, secret, people, fatima, no_folder, settings, is_lost
):
    for person in people:
        vote(secret, person)
    keys = settings.BALLOT_KEYS
    if is_lost:
        key_folder.destroy(secret.sealed.key_name)
    else:
        no_folder()

    with pytest.raises(Refused, match="The votes cannot be opened"):
        outcome.close_ballot(secret, by=fatima)
    assert "The votes cannot be opened" in text_of(signed_in(fatima).post(address("close", secret), follow=True))
    secret.refresh_from_db()
    assert (secret.state, secret.result, Staged.objects.count()) == (Ballot.State.OPEN, None, 6)
    assert not Vote.objects.exists()
    assert not secret.roll.exclude(voted=None).exists()

    if is_lost:
        assert ballots.void_ballot(secret, by=fatima, reason="The key was lost").state == Ballot.State.VOID
    else:
        settings.BALLOT_KEYS = keys
        assert outcome.close_ballot(secret, by=fatima).result["voted"] == 6


def test_one_whose_key_is_lost_stops_no_other_that_is_due(secret, people, fatima, ballot, options):
    for person in people:
        vote(secret, person)
    key_folder.destroy(secret.sealed.key_name)
    Ballot.objects.filter(pk__in=[secret.pk, ballot.pk]).update(closes_at=secret.opened_at)

    assert outcome.close_ballots_that_are_due() == 1

    states = dict(Ballot.objects.values_list("pk", "state"))
    assert states == {secret.pk: "open", ballot.pk: "closed"}
