"""Secret ballots: sealed while they run, mixed at the close, and nothing told before the result is shown."""

from decimal import Decimal
from fractions import Fraction

import pytest

from core import key_folder
from core.errors import Refused
from sealing.models import Mark, Staged
from tests.factories.accounts import UserFactory
from tests.factories.councils import OrganisationFactory
from tests.factories.voting import checked_in
from voting.ballots import operations as ballots
from voting.casting import operations as casting
from voting.casting.operations import ticks
from voting.methods.values import VoteMark, shown
from voting.models import Ballot, Choice, Receipt, Vote
from voting.outcome import operations as outcome
from voting.outcome import queries


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
    """An open secret ballot with the six on its roll."""
    draft = ballots.prepare_ballot(day, by=fatima, question="Which?", prototypes=prototypes)
    return ballots.open_ballot(draft, by=fatima)


def test_votes_are_secret_unless_somebody_chooses_otherwise(secret):
    assert secret.is_secret
    assert key_folder.read(secret.sealed.key_name)


def test_a_sealed_vote_leaves_no_row_that_says_what_it_is_and_no_trace_of_its_time(secret, people):
    version = secret.version
    receipt = casting.cast(secret, by=people[0], marks=ticks(secret.options.all()[:1]), token="one")
    assert len(receipt) == 10
    secret.refresh_from_db()
    assert (Vote.objects.count(), Choice.objects.count(), Receipt.objects.count()) == (0, 0, 0)
    assert (Mark.objects.count(), Staged.objects.count()) == (1, 1)
    assert secret.version == version


def test_the_same_form_sent_again_is_answered_with_the_same_receipt_and_another_is_refused(secret, people):
    first, second = secret.options.all()[:2]
    receipt = casting.cast(secret, by=people[0], marks=ticks([first]), token="one")
    assert casting.cast(secret, by=people[0], marks=ticks([first]), token="one") == receipt
    with pytest.raises(casting.AlreadyCounted):
        casting.cast(secret, by=people[0], marks=ticks([second]), token="two")
    assert Staged.objects.count() == 1


def test_at_the_close_the_votes_are_opened_without_names_and_the_key_is_destroyed(
    secret, people, fatima, django_capture_on_commit_callbacks
):
    first, second = secret.options.all()[:2]
    receipts = [casting.cast(secret, by=person, marks=ticks([first]), token="t") for person in people[:4]]
    receipts.append(casting.cast(secret, by=people[4], marks=ticks([first, second]), token="t"))
    with django_capture_on_commit_callbacks(execute=True):
        closed = outcome.close_ballot(secret, by=fatima)
    tally = queries.tally(closed)
    assert [(line.people, line.option) for line in tally.lines][:2] == [(5, first), (1, second)]
    assert not Vote.objects.exclude(person=None, entry=None, organisation=None, cast_at=None).exists()
    assert sorted(receipts) == [receipt.code for receipt in closed.receipts.all()]
    assert Staged.objects.count() == 0
    with pytest.raises(key_folder.KeyLost):
        key_folder.read(closed.sealed.key_name)
    assert queries.recount(closed) == closed.result


def test_fewer_than_five_votes_are_never_opened(secret, people, fatima):
    for person in people[:4]:
        casting.cast(secret, by=person, marks=ticks(secret.options.all()[:1]), token="t")
    closed = outcome.close_ballot(secret, by=fatima)
    closed.sealed.refresh_from_db()
    assert closed.sealed.state == "void"
    assert Vote.objects.count() == 0
    assert queries.tally(closed).is_withheld
    assert queries.tally(closed).outcome() == ((), ())


def test_figures_per_council_of_a_secret_ballot_are_kept_only_where_ten_organisations_voted(secret, people, fatima):
    for person in people:
        casting.cast(secret, by=person, marks=ticks(secret.options.all()[:1]), token="t")
    closed = outcome.close_ballot(secret, by=fatima)
    assert [line.councils for line in queries.tally(closed).lines] == [None, None, None]
    assert {score for _, score, _ in closed.result["council"]["lines"]} == {"0"}


def test_a_room_of_four_is_told_before_opening_and_offered_an_open_vote(day, prototypes, fatima):
    for _ in range(4):
        checked_in(day, UserFactory(), OrganisationFactory())
    draft = ballots.prepare_ballot(day, by=fatima, question="Which?", prototypes=prototypes)
    with pytest.raises(Refused, match="Make it an open vote"):
        ballots.open_ballot(draft, by=fatima)
    ballots.change_ballot(draft, by=fatima, secrecy=Ballot.Secrecy.OPEN)
    assert ballots.open_ballot(draft, by=fatima).takes_votes


def test_a_void_secret_round_is_never_opened(secret, people, fatima):
    for person in people:
        casting.cast(secret, by=person, marks=ticks(secret.options.all()[:1]), token="t")
    voided = ballots.void_ballot(secret, by=fatima, reason="The question was misread")
    voided.sealed.refresh_from_db()
    assert (voided.sealed.state, Staged.objects.count(), Vote.objects.count()) == ("void", 0, 0)
    assert voided.roll.filter(voted=True).count() == 6
    with pytest.raises(Refused):
        outcome.close_ballot(voided, by=fatima)
    copy = ballots.copy_ballot(voided, by=fatima)
    assert (copy.round, copy.copy_of, copy.state) == (2, voided, Ballot.State.DRAFT)
    assert ballots.copy_ballot(voided, by=fatima) == copy


def test_of_fewer_than_ten_organisations_nothing_is_told_of_what_the_other_basis_would_choose(secret, people, fatima):
    first, second = secret.options.all()[:2]
    for number, person in enumerate(people):
        # People 0, 3 are of one organisation, 1, 4 of another, 2, 5 of the third.
        casting.cast(secret, by=person, marks=ticks([first if number in (0, 3, 1, 4) else second]), token="t")

    closed = outcome.close_ballot(secret, by=fatima)

    assert (closed.result["council"]["chosen"], closed.result["council"]["tied"]) == ([], [])
    assert queries.other_basis_note(queries.tally(closed)) == ""


def test_figures_per_council_of_a_secret_ballot_are_printed_to_one_tenth():
    assert [shown(Decimal("5.5")), shown(Decimal(3)), shown(Fraction(11, 2)), shown(3)] == ["5.5", "3.0", "5 1/2", "3"]


@pytest.mark.parametrize("differs", [False, True])
def test_that_all_voted_alike_is_said_only_where_every_vote_says_the_same(day, prototypes, people, fatima, differs):
    draft = ballots.prepare_ballot(day, by=fatima, question="Which?", prototypes=prototypes, method="ranked")
    ballot = ballots.open_ballot(draft, by=fatima)
    first, second = list(ballot.options.all())[:2]
    for n, person in enumerate(people):
        upper, lower = (second, first) if differs and n == 0 else (first, second)
        marks = [VoteMark(upper.pk, 1), VoteMark(lower.pk, 2)]
        casting.cast(ballot, by=person, marks=marks, token=f"form {n}")
    ballot = outcome.close_ballot(ballot, by=fatima)

    # Everybody ranked both, so both are supported by all, either way.
    assert {line.supporters for line in queries.tally(ballot).lines} == {0, 6}
    assert queries.tally(ballot).is_unanimous is not differs
    assert queries.recount(ballot) == ballot.result
