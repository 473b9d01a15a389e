"""What somebody tries who wants more than their vote, beyond what the tests of casting, sockets and races try."""

import importlib

import pytest
from django.test import Client
from django.urls import reverse

from sealing.models import Mark, Staged
from sealing.operations import hand_in
from tests.factories.accounts import UserFactory
from tests.factories.councils import OrganisationFactory
from tests.factories.voting import RollEntryFactory, checked_in
from tests.race import all_at_once, problems
from tests.voting.asking import address, text_of
from voting.ballots import operations as ballots
from voting.casting import operations as casting
from voting.casting.operations import AlreadyCounted, receipt_for
from voting.models import Vote
from voting.outcome import operations as outcome
from voting.record.views import VERIFIER

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(day):
    """Six people are checked in, each for an organisation of their own."""
    found = [UserFactory() for _ in range(6)]
    for person in found:
        checked_in(day, person, OrganisationFactory())
    return found


@pytest.fixture
def secret(day, prototypes, people, fatima):
    """An open secret ballot with the six on its roll."""
    draft = ballots.prepare_ballot(day, by=fatima, question="Which?", prototypes=prototypes)
    return ballots.open_ballot(draft, by=fatima)


def form(ballot, /, **more):
    return {"step": "count", "options": [ballot.options.first().pk], "token": "a" * 32, **more}


def test_whose_vote_it_is_and_in_which_ballot_is_never_read_from_what_was_sent(secret, ballot, people, signed_in):
    mine, other = people[:2]
    entry = secret.roll.get(person=other)
    forged = {"person": other.pk, "by": other.pk, "user": other.pk, "entry": entry.pk, "voter": other.email}
    forged |= {"ballot": ballot.pk, "reference": ballot.reference, "weight": "100", "receipt": "AAAAAAAAAA"}

    assert "Your receipt" in text_of(signed_in(mine).post(address("cast", secret), form(secret, **forged)))

    assert [mark.person for mark in Mark.objects.all()] == [mine]
    assert Staged.objects.get().round_id == secret.sealed_id
    assert not Vote.objects.exists()
    assert "Your receipt" in text_of(signed_in(other).post(address("cast", secret), form(secret)))


def test_a_page_of_another_site_casts_nothing(secret, people, settings):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(people[0], backend=settings.AUTHENTICATION_BACKENDS[0])

    for headers in ({}, {"origin": "https://evil.example"}, {"origin": "null"}):
        assert browser.post(address("cast", secret), form(secret), headers=headers).status_code == 403

    assert not Mark.objects.exists()


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_vote_in_an_address_is_not_cast(secret, people, signed_in, method):
    getattr(signed_in(people[0]), method)(address("cast", secret), form(secret))

    assert not Mark.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_from_five_tabs_at_once_a_secret_vote_counts_once_and_the_others_are_told(secret, people):
    options = list(secret.options.all())

    answers = all_at_once(
        [
            lambda n=n: casting.cast(secret, by=people[0], marks=casting.ticks([options[n % 3]]), token=f"tab {n}")
            for n in range(5)
        ]
    )

    assert [type(problem) for problem in problems(answers)] == [AlreadyCounted] * 4
    assert Mark.objects.count() == Staged.objects.count() == 1


def test_a_closed_secret_vote_is_not_opened_again_nor_takes_votes_whatever_the_clock_says(secret, people, fatima):
    outcome.close_ballot(secret, by=fatima)

    with pytest.raises(casting.Refused):
        ballots.open_ballot(secret, by=fatima)
    with pytest.raises(casting.TooLate):
        casting.cast(secret, by=people[0], marks=casting.ticks(secret.options.all()[:1]), token="late")
    secret.refresh_from_db()
    assert not secret.is_running


def test_a_sealed_vote_of_nobody_on_the_roll_is_found_by_whoever_recounts(secret, people, fatima, client, monkeypatch):
    """Whoever has the database can put one in. It takes somebody on the roll, which everybody reads, to hide it."""
    option = secret.options.first()
    for person in people[:5]:
        casting.cast(secret, by=person, marks=casting.ticks([option]), token=person.email)
    answer = {"marks": [[option.pk, 1, ""]], "weight": "0", "group": "", "receipt": receipt_for("nobody", "x")}
    hand_in(secret.sealed, who=UserFactory(), answer=answer)
    outcome.reveal_ballot(outcome.close_ballot(secret, by=fatima), by=fatima)
    bundle = client.get(reverse("voting:bundle", args=[secret.reference])).content.decode()
    monkeypatch.syspath_prepend(str(VERIFIER))
    faults_of = importlib.import_module("recount_bundle").faults_of

    assert any("roll" in fault or "turnout" in fault for fault in faults_of(bundle))


def test_whoever_is_invented_stands_on_the_roll_that_everybody_reads(secret, people, fatima, client):
    invented = RollEntryFactory(ballot=secret)
    for person in (*people[:5], invented.person):
        casting.cast(secret, by=person, marks=casting.ticks(secret.options.all()[:1]), token=person.email)
    outcome.reveal_ballot(outcome.close_ballot(secret, by=fatima), by=fatima)

    assert "6 of 7" in text_of(client.get(address("record", secret)))
