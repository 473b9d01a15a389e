"""What a page of a vote costs in queries, however many voted; and the list as CSV."""

import pytest
from django.db import connection
from django.urls import reverse

from core import clock
from tests.factories.accounts import UserFactory
from tests.factories.councils import OrganisationFactory
from tests.factories.events import EventFactory
from tests.factories.voting import BallotFactory, OptionFactory, RollEntryFactory, checked_in, voted
from voting.ballots import operations as ballots
from voting.models import Ballot


def address(name, ballot):
    return reverse(f"voting:{name}", args=[ballot.reference])


# The record reads the votes twice while they run, to count them and as slips, and its rounds.
@pytest.mark.parametrize(
    ("name", "most"), [("detail", 12), ("results", 12), ("record", 14), ("screen", 12), ("state", 12)]
)
def test_a_page_costs_a_dozen_queries_however_many_voted(
    client, signed_in, name, most, amina, harlow, django_assert_max_num_queries
):
    def ballot_with(people):
        ballot = BallotFactory(open=True, shows_tally=True)
        options = [OptionFactory(ballot=ballot, order=n) for n in range(3)]
        for _ in range(people):
            voted(ballot, OrganisationFactory(), *options[:2])
        voted(ballot, harlow, options[2], person=amina)
        return ballot

    costs = []
    for people in (3, 30):
        ballot = ballot_with(people)
        browser = signed_in(amina)
        with django_assert_max_num_queries(most) as counted:
            assert browser.get(address(name, ballot)).status_code == 200
        costs.append(len(counted))

    assert costs[0] == costs[1]


def test_a_vote_sent_reads_the_ballot_once_before_its_operation_and_once_under_the_lock(
    signed_in, ballot, options, amina, asked
):
    browser = signed_in(amina)

    with asked() as statements:
        response = browser.post(address("cast", ballot), {"step": "count", "options": [options[0].pk, options[1].pk]})

    assert response.status_code == 200
    assert sum('FROM "voting_ballot"' in statement for statement in statements) == 2
    assert sum('FROM "voting_rollentry"' in statement for statement in statements) == 1
    # For the page: the options of a ballot that has opened stay as they are, so the operation checks marks by them too.
    assert sum('FROM "voting_option"' in statement for statement in statements) == 1
    # Session and person; ballot and options; the operation's eight, of which PostgreSQL takes three together. Nobody's
    # roles: everybody sees an open vote.
    of_operation = 6 if connection.vendor == "postgresql" else 8
    assert len(statements) == 2 + 2 + of_operation, "\n".join(statements)


def test_a_secret_vote_sent_asks_ten_statements(signed_in, day, prototypes, amina, fatima, harlow, asked):
    for person in (amina, *UserFactory.create_batch(4)):
        checked_in(day, person, harlow)
    secret = ballots.prepare_ballot(day, by=fatima, question="Which?", prototypes=prototypes)
    option, browser = ballots.open_ballot(secret, by=fatima).options.first(), signed_in(amina)

    with asked() as statements:
        response = browser.post(address("cast", secret), {"step": "count", "options": [option.pk], "token": "a"})

    assert response.status_code == 200
    # Session and person; ballot and options; the operation's six: ballot, roll and round are locked or read, then the
    # mark, the sealed vote and the form are written.
    assert len(statements) == 2 + 2 + 6, "\n".join(statements)


def test_the_list_costs_the_same_for_3_and_30_votes(db, client, django_assert_max_num_queries):
    costs = []
    for number in (3, 30):
        for _ in range(number):
            OptionFactory(ballot=BallotFactory(open=True))
        with django_assert_max_num_queries(12) as counted:
            assert client.get(reverse("voting:list")).status_code == 200
        costs.append(len(counted))

    assert costs[0] == costs[1]


def test_the_list_as_csv_has_the_same_filter(client, ballot, draft):
    BallotFactory(event=EventFactory(co_design=True))

    rows = client.get(reverse("voting:list") + "?state=closed&format=csv").content.decode()
    assert ballot.reference not in rows
    rows = client.get(reverse("voting:list") + "?state=open&format=csv").content.decode()
    assert ballot.reference in rows
    assert RollEntryFactory._meta.model.objects.count() == 2


def test_the_list_asks_again_for_itself_while_a_vote_is_open(db, client):
    BallotFactory(open=True)
    assert "data-fresh" in client.get("/votes/").content.decode()
    Ballot.objects.update(state="void", voided_at=clock.now(), void_reason="Misread")
    assert "data-fresh" not in client.get("/votes/").content.decode()
