"""The roll after the opening: whom to strike off or add needs a reason, and weights are shared anew."""

from fractions import Fraction

import pytest

from audit.models import AuditEvent
from core.errors import Refused
from tests.factories.accounts import UserFactory
from tests.factories.councils import OrganisationFactory
from tests.factories.voting import checked_in
from tests.voting.asking import address, text_of
from voting.ballots import operations as ballots
from voting.casting import operations as casting
from voting.models import Vote
from voting.outcome import operations as outcome
from voting.outcome import queries

pytestmark = pytest.mark.sql


@pytest.fixture
def harlow_people(day, harlow):
    """Four people of Harlow and two of elsewhere are checked in."""
    four = UserFactory.create_batch(4)
    for person in four:
        checked_in(day, person, harlow)
    checked_in(day, UserFactory(), OrganisationFactory())
    checked_in(day, UserFactory())
    return four


@pytest.fixture
def secret(day, prototypes, harlow_people, fatima):
    """An open secret ballot per council or body with the six on its roll."""
    draft = ballots.prepare_ballot(day, by=fatima, question="Which?", prototypes=prototypes, basis="council")
    return ballots.open_ballot(draft, by=fatima)


def cast(ballot, person):
    return casting.cast(ballot, by=person, marks=casting.ticks(ballot.options.all()[:1]), token="t")


def weights_in(ballot, organisation):
    entries = ballot.roll.standing().filter(organisation=organisation).order_by("pk")
    return [Fraction(weight) for weight in entries.values_list("weight", flat=True)]


def test_who_is_struck_off_cannot_vote_and_reads_so(signed_in, ballot, options, amina, fatima):
    ballots.strike_from_roll(ballot, amina, by=fatima, reason="Went home")

    with pytest.raises(casting.PermissionDenied, match="taken off the roll of this vote"):
        casting.cast(ballot, by=amina, marks=casting.ticks(options[:1]))
    assert "Went home" in text_of(signed_in(amina).get(address("cast", ballot)))
    assert queries.turned(ballot).on_roll == 1
    line = AuditEvent.objects.get(action="voting.struck_from_roll")
    assert (line.by, line.details["reason"]) == (fatima, "Went home")


def test_striking_off_needs_a_reason_and_somebody_on_the_roll(ballot, amina, ben, fatima):
    with pytest.raises(Refused, match="Say why") as refusal:
        ballots.strike_from_roll(ballot, amina, by=fatima, reason=" ")
    assert refusal.value.field == "reason"
    with pytest.raises(Refused, match="not on the roll"):
        ballots.strike_from_roll(ballot, ben, by=fatima, reason="Went home")
    ballots.strike_from_roll(ballot, amina, by=fatima, reason="Went home")
    with pytest.raises(Refused, match="not on the roll"):
        ballots.strike_from_roll(ballot, amina, by=fatima, reason="Went home")


def test_who_has_voted_is_not_struck_off(ballot, options, amina, fatima):
    casting.cast(ballot, by=amina, marks=casting.ticks(options[:1]))

    with pytest.raises(Refused, match="has voted, and stays"):
        ballots.strike_from_roll(ballot, amina, by=fatima, reason="Went home")


def test_nor_who_has_voted_in_secret(secret, harlow_people, fatima):
    cast(secret, harlow_people[0])

    with pytest.raises(Refused, match="has voted, and stays"):
        ballots.strike_from_roll(secret, harlow_people[0], by=fatima, reason="Went home")


def test_nobody_is_struck_off_before_the_opening_nor_after_the_close(draft, room, amina, fatima):
    with pytest.raises(Refused, match="closed"):
        ballots.strike_from_roll(draft, amina, by=fatima, reason="Went home")
    ballots.open_ballot(draft, by=fatima)
    outcome.close_ballot(draft, by=fatima)
    with pytest.raises(Refused, match="has closed"):
        ballots.strike_from_roll(draft, amina, by=fatima, reason="Went home")


def test_who_was_struck_off_can_be_added_again_and_votes_once(ballot, options, amina, harlow, fatima):
    ballots.strike_from_roll(ballot, amina, by=fatima, reason="Went home")

    entry = ballots.add_to_roll(ballot, person=amina, organisation=harlow, reason="Came back", by=fatima)

    assert (entry.stands, entry.late_reason) == (True, "Came back (had been struck off: Went home)")
    assert ballot.roll.filter(person=amina).count() == 1
    casting.cast(ballot, by=amina, marks=casting.ticks(options[:1]))
    assert Vote.objects.count() == 1


def test_both_reasons_stand_on_the_result_and_names_for_those_signed_in(
    signed_in, client, ballot, amina, ben, luton, fatima
):
    ballots.strike_from_roll(ballot, amina, by=fatima, reason="Went home")
    ballots.add_to_roll(ballot, person=ben, organisation=luton, reason="Train was late", by=fatima)
    outcome.close_ballot(ballot, by=fatima)
    outcome.reveal_ballot(ballot, by=fatima)

    for name in ("results", "record"):
        page = text_of(client.get(address(name, ballot)))
        assert "Went home" in page
        assert "Train was late" in page
        assert "Amina Shah" not in page
        assert "Amina Shah" in text_of(signed_in(ben).get(address(name, ballot)))
        client.logout()


def test_the_form_to_strike_off_asks_for_a_reason(signed_in, ballot, amina, fatima):
    browser, entry = signed_in(fatima), ballot.roll.get(person=amina)
    here = f"{address('roll', ballot)}{entry.pk}/strike/"
    assert here in text_of(browser.get(address("roll", ballot)))

    missing = browser.post(here, {"reason": ""})
    assert missing.status_code == 422
    assert "Say why." in text_of(missing)
    assert "is struck off the roll." in text_of(browser.post(here, {"reason": "Went home"}, follow=True))
    assert browser.get(here).status_code == 404


# Weights of a secret vote, which are sealed with it


def test_an_organisation_has_one_vote_shared_among_its_people_and_people_of_none_have_none(secret, harlow):
    assert weights_in(secret, harlow) == [Fraction(1, 4)] * 4
    assert weights_in(secret, None) == [0]


def test_a_latecomer_shares_what_those_of_the_organisation_have_not_used(secret, harlow_people, ben, harlow, fatima):
    for person in harlow_people[:2]:
        cast(secret, person)

    ballots.add_to_roll(secret, person=ben, organisation=harlow, reason="Train was late", by=fatima)

    assert weights_in(secret, harlow) == [Fraction(1, 4)] * 2 + [Fraction(1, 6)] * 3
    assert sum(weights_in(secret, harlow)) == 1


def test_what_somebody_struck_off_would_have_used_is_shared_among_the_others(secret, harlow_people, harlow, fatima):
    cast(secret, harlow_people[0])

    ballots.strike_from_roll(secret, harlow_people[1], by=fatima, reason="Went home")

    assert weights_in(secret, harlow) == [Fraction(1, 4)] + [Fraction(3, 8)] * 2
    assert sum(weights_in(secret, harlow)) == 1


def test_a_latecomer_for_whom_nothing_is_left_is_told(signed_in, secret, harlow_people, ben, harlow, fatima):
    for person in harlow_people:
        cast(secret, person)

    entry = ballots.add_to_roll(secret, person=ben, organisation=harlow, reason="Train was late", by=fatima)

    assert (Fraction(entry.weight), entry.carries_weight) == (0, False)
    page = text_of(signed_in(ben).get(address("cast", secret)))
    assert "Your vote will carry no weight in what is chosen" in page
    assert "Harlow had used" not in page  # who of them has voted is nobody's business before the close


def test_whatever_happens_to_the_roll_no_organisation_ever_weighs_more_than_one(secret, harlow_people, harlow, fatima):
    first, second, third, fourth = harlow_people
    late = UserFactory.create_batch(3)

    def add(person):
        ballots.add_to_roll(secret, person=person, organisation=harlow, reason="Late", by=fatima)

    def strike(person):
        ballots.strike_from_roll(secret, person, by=fatima, reason="Left")

    for change in (
        lambda: cast(secret, first),
        lambda: add(late[0]),
        lambda: strike(second),
        lambda: cast(secret, late[0]),
        lambda: add(second),
        lambda: cast(secret, third),
        lambda: strike(fourth),
        lambda: add(late[1]),
        lambda: cast(secret, late[1]),
        lambda: cast(secret, second),
        lambda: add(late[2]),
    ):
        change()
        assert sum(weights_in(secret, harlow)) <= 1
        assert min(weights_in(secret, harlow)) >= 0
