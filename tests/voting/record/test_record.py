"""The record of a vote: what it tells, what from, and nothing before the result is shown."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from outbox.models import Message
from sealing.receipts import grouped
from tests.factories.accounts import UserFactory
from tests.factories.councils import OrganisationFactory
from tests.factories.voting import checked_in, shown
from tests.voting.asking import address, text_of
from tests.voting.record.altering import altered_and_hashed_anew
from voting.ballots import operations as ballots
from voting.ballots.drafts import NewOption
from voting.casting import operations as casting
from voting.casting.operations import ticks
from voting.models import Choice, Receipt, RecordCode
from voting.outcome import operations as outcome
from voting.record.chain import canonical
from voting.record.queries import bundle_of

FILES = ("bundle", "own_bundle", "pabulib")


@pytest.fixture
def people(day):
    """Six people of three organisations are checked in."""
    found = [UserFactory() for _ in range(6)]
    organisations = [OrganisationFactory() for _ in range(3)]
    for n, person in enumerate(found):
        checked_in(day, person, organisations[n % 3])
    return found


def opened(day, prototypes, fatima, **more):
    draft = ballots.prepare_ballot(day, by=fatima, question="Which?", prototypes=prototypes, **more)
    return ballots.open_ballot(draft, by=fatima)


def everybody_votes(ballot, people):
    """All tick the first, and one the second as well; returns the receipts."""
    first, second = ballot.options.all()[:2]
    receipts = [casting.cast(ballot, by=person, marks=ticks([first]), token="t") for person in people[:-1]]
    return [*receipts, casting.cast(ballot, by=people[-1], marks=ticks([first, second]), token="t")]


@pytest.fixture
def secret(day, prototypes, people, fatima):
    return opened(day, prototypes, fatima)


@pytest.fixture
def open_one(day, prototypes, people, fatima):
    return opened(day, prototypes, fatima, secrecy="open")


@pytest.fixture
def check(monkeypatch):
    """The verifier as it is downloaded."""
    from voting.record.views import VERIFIER  # beside the path that it adds

    monkeypatch.syspath_prepend(str(VERIFIER))
    import recount_bundle

    return recount_bundle.faults_of


def part_of(text, name):
    return next(content for key, content, _ in json.loads(text)["parts"] if key == name)


# Before the reveal ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("secrecy", ["secret", "open"])
def test_no_file_is_there_before_the_result_is_shown(client, day, prototypes, people, fatima, secrecy):
    ballot = opened(day, prototypes, fatima, secrecy=secrecy, shows_tally=secrecy == "open")
    everybody_votes(ballot, people)

    running = [client.get(address(name, ballot)).status_code for name in (*FILES, "receipts")]
    outcome.close_ballot(ballot, by=fatima)
    closed = [client.get(address(name, ballot)).status_code for name in FILES]

    assert running == [404] * 4
    assert closed == [404] * 3


def test_the_record_says_no_code_and_no_vote_before_the_result_is_shown(client, secret, people, fatima):
    everybody_votes(secret, people)
    outcome.close_ballot(secret, by=fatima)

    page = text_of(client.get(address("record", secret)))

    assert RecordCode.objects.get().code not in page
    assert "They stand here once the result is shown" in page
    assert "recount.js" not in page


def test_the_code_is_mailed_to_board_secretariat_and_organisers_at_the_close(
    secret, people, fatima, boris, sunita, django_capture_on_commit_callbacks
):
    everybody_votes(secret, people)

    outcome.close_ballot(secret, by=fatima)
    outcome.close_ballot(secret, by=fatima)

    messages = Message.objects.filter(kind="voting.record_code")
    assert {message.person for message in messages} == {boris, sunita}
    assert {message.details["code"] for message in messages} == {RecordCode.objects.get().code}


def test_two_ballots_with_the_same_votes_have_different_codes_so_that_none_can_be_guessed(secret, people, fatima):
    everybody_votes(secret, people)
    closed = outcome.close_ballot(secret, by=fatima)
    kept = RecordCode.objects.get()

    kept.salt = "another"
    kept.save()

    assert bundle_of(closed, list(closed.options.all()))["code"] != kept.code


# The bundle -----------------------------------------------------------------------------------------------


def test_the_bundle_of_a_secret_ballot_recounts_and_holds_no_organisation_weight_or_receipt_beside_a_vote(
    client, secret, people, fatima, check
):
    receipts = everybody_votes(secret, people)
    shown(secret, fatima)

    text = client.get(address("bundle", secret)).content.decode()

    assert check(text, RecordCode.objects.get().code) == []
    first, second = (option.pk for option in secret.options.all()[:2])
    assert part_of(text, "votes") == [[[first, 1, ""]]] * 5 + [[[first, 1, ""], [second, 1, ""]]]
    assert part_of(text, "receipts") == sorted(receipts)
    assert part_of(text, "result")["council"]["lines"] == []
    assert '["organisations"' not in text
    for person in people:
        assert str(person) not in text


def test_votes_stand_in_the_order_of_what_they_say_whoever_voted_first(client, open_one, people, fatima):
    first, second, third = open_one.options.all()
    for person, option in zip(people, [third, first, second, third, first, second], strict=True):
        casting.cast(open_one, by=person, marks=ticks([option]), token="t")
    shown(open_one, fatima)

    votes = part_of(client.get(address("bundle", open_one)).content.decode(), "votes")

    assert votes == sorted(votes)


def test_the_public_bundle_of_an_open_ballot_has_no_organisations_and_people_in_the_vote_get_one_that_does(
    client, signed_in, open_one, people, fatima, ben, check
):
    everybody_votes(open_one, people)
    shown(open_one, fatima)
    code = RecordCode.objects.get().code

    public = client.get(address("bundle", open_one)).content.decode()
    own = signed_in(people[0]).get(address("own_bundle", open_one)).content.decode()

    assert '["organisations"' not in public
    assert sorted(part_of(own, "organisations")) == [1, 1, 2, 2, 3, 3]
    assert check(public, code) == check(own, code) == []
    assert signed_in(ben).get(address("own_bundle", open_one)).status_code == 404


def test_the_count_per_council_is_checked_where_the_organisations_are_known(signed_in, open_one, people, fatima, check):
    everybody_votes(open_one, people)
    shown(open_one, fatima)
    own = signed_in(people[0]).get(address("own_bundle", open_one)).content.decode()

    altered = altered_and_hashed_anew(own, lambda parts: parts.update(organisations=[1, 1, 1, 1, 1, 2]))

    assert any("per council" in fault for fault in check(canonical(altered)))


def test_nobody_finds_organisations_of_a_secret_ballot(signed_in, secret, people, fatima):
    everybody_votes(secret, people)
    shown(secret, fatima)

    for person in (people[0], fatima):
        assert signed_in(person).get(address("own_bundle", secret)).status_code == 404


def test_a_withheld_ballot_says_so_in_its_record_and_its_bundle(client, secret, people, fatima, check):
    for person in people[:4]:
        casting.cast(secret, by=person, marks=ticks(secret.options.all()[:1]), token="t")
    shown(secret, fatima)

    text = client.get(address("bundle", secret)).content.decode()

    assert "The votes were never opened" in text_of(client.get(address("record", secret)))
    assert part_of(text, "result") == {"withheld": True}
    assert part_of(text, "votes") == part_of(text, "receipts") == []
    assert check(text, RecordCode.objects.get().code) == []


def test_an_outcome_published_later_leaves_the_code_as_it_was(client, secret, people, fatima):
    everybody_votes(secret, people)
    shown(secret, fatima)

    outcome.publish_outcome(secret, by=fatima, text="Waste standards it is.")

    assert json.loads(client.get(address("bundle", secret)).content)["code"] == RecordCode.objects.get().code
    assert "Waste standards it is." in text_of(client.get(address("record", secret)))


def test_a_row_altered_after_the_close_is_told_on_the_record_and_by_recount(client, secret, people, fatima):
    everybody_votes(secret, people)
    shown(secret, fatima)
    Receipt.objects.filter(pk=Receipt.objects.first().pk).update(code="ABCDEFGHJK")

    page = text_of(client.get(address("record", secret)))

    assert "This record is not as it was when the vote closed" in page
    with pytest.raises(CommandError, match=secret.reference):
        call_command("recount")


def test_a_changed_vote_is_found_by_recount(secret, people, fatima):
    everybody_votes(secret, people)
    shown(secret, fatima)
    call_command("recount")
    first, third = secret.options.first(), secret.options.last()
    Choice.objects.filter(pk=Choice.objects.filter(option=first).first().pk).update(option=third)

    with pytest.raises(CommandError, match=secret.reference):
        call_command("recount")


def test_recount_checks_a_file_with_the_program_that_is_downloaded(client, secret, people, fatima, tmp_path):
    everybody_votes(secret, people)
    shown(secret, fatima)
    file = tmp_path / "bundle.json"
    file.write_bytes(client.get(address("bundle", secret)).content)

    call_command("recount", str(file), code=RecordCode.objects.get().code)
    with pytest.raises(CommandError, match="not as it was"):
        call_command("recount", str(file), code="AAAA-BBBB-CCCC-DDDD")


def test_the_programs_are_downloaded_as_they_stand(client):
    for name in ("recount_bundle.py", "recount_budget.py"):
        response = client.get(reverse(f"voting:{name}"))
        assert response.content.startswith(b'"""')
        assert response["Content-Type"].startswith("text/x-python")


def test_a_budget_is_there_for_pabulib(client, day, prototypes, people, fatima):
    priced = [
        NewOption(title=each.title, summary=each.summary, price=price, prototype=each)
        for each, price in zip(prototypes, (60, 40, 50), strict=True)
    ]
    more = {"method": "budget", "pot": 100, "tie_rule": "none"}
    ballot = ballots.prepare_ballot(day, by=fatima, question="What; to fund?", options=priced, **more)
    ballots.open_ballot(ballot, by=fatima)
    everybody_votes(ballot, people)
    shown(ballot, fatima)

    lines = client.get(address("pabulib", ballot)).content.decode().splitlines()

    first, second, third = ballot.options.all()
    assert lines[:3] == ["META", "key;value", 'description;"What; to fund?"']
    assert "budget;100" in lines
    assert f"{first.pk};60;6;{first.title};1" in lines
    assert f"{third.pk};50;0;{third.title};0" in lines
    assert lines[-1] == f"6;{first.pk},{second.pk}"


# Receipts -------------------------------------------------------------------------------------------------


def test_after_the_close_a_receipt_is_found_in_any_case_with_or_without_dashes(client, secret, people, fatima):
    code = everybody_votes(secret, people)[0]
    outcome.close_ballot(secret, by=fatima)

    for typed in (code, code.lower(), grouped(code), f" {code[:3]}-{code[3:6]}-{code[6:]} "):
        page = text_of(client.get(address("receipts", secret), {"code": typed}))
        assert f"{grouped(code)} is in the count, round 1." in page


def test_a_wrong_code_gets_a_clear_message(client, secret, people, fatima):
    everybody_votes(secret, people)
    outcome.close_ballot(secret, by=fatima)

    assert "is in this count. Look at each letter" in text_of(
        client.get(address("receipts", secret), {"code": "K7F2QDAAAA"})
    )
    assert "and this has 3" in text_of(client.get(address("receipts", secret), {"code": "K7F"}))


def test_receipts_are_listed_as_voters_were_shown_them_without_choices_in_the_order_of_the_alphabet(
    client, secret, people, fatima
):
    receipts = everybody_votes(secret, people)
    outcome.close_ballot(secret, by=fatima)

    page = text_of(client.get(address("receipts", secret)))

    places = [page.index(grouped(code)) for code in sorted(receipts)]
    assert places == sorted(places)
    assert "Waste standards" not in page


def test_whoever_has_a_receipt_of_a_void_round_reads_that_it_was_void_and_one_of_the_next_round_as_counted(
    client, secret, people, fatima
):
    first = everybody_votes(secret, people)[0]
    voided = ballots.void_ballot(secret, by=fatima, reason="The question was misread")
    again = ballots.open_ballot(ballots.copy_ballot(voided, by=fatima), by=fatima)
    second = everybody_votes(again, people)[0]

    assert "is in this count" in text_of(client.get(address("receipts", voided), {"code": second}))  # as it still runs
    outcome.close_ballot(again, by=fatima)

    for each in (voided, again):
        page = text_of(client.get(address("receipts", each), {"code": first}))
        assert f"No vote with the receipt {grouped(first)} is in this count. Round 1 was made void" in page
        assert f"{grouped(second)} is in the count, round 2." in text_of(
            client.get(address("receipts", each), {"code": second})
        )


def test_a_receipt_that_was_given_out_and_is_not_in_the_count_is_told_as_what_should_not_be(
    client, secret, people, fatima
):
    code = everybody_votes(secret, people)[0]
    outcome.close_ballot(secret, by=fatima)
    Receipt.objects.filter(code=code).delete()

    page = text_of(client.get(address("receipts", secret), {"code": code}))
    assert f"No vote with the receipt {grouped(code)} is in this count." in page
    assert "show it to those who run the vote" in page
