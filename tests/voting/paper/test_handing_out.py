"""A person's mark is spent once: by voting on a screen, by a card, or by a slip. The roll stays as long as it was."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from audit.models import AuditEvent
from core.errors import Refused
from tests.factories.accounts import UserFactory
from tests.pages import words
from tests.voting.paper.counting import CARD, SLIP
from tests.voting.papers import open_ballot
from voting.ballots import operations as ballots
from voting.ballots.queries import came_late, open_votes_without
from voting.casting import operations as casting
from voting.casting.operations import ticks
from voting.models import Ballot
from voting.paper import operations as paper


def vote(ballot, person):
    return casting.cast(ballot, by=person, marks=ticks(ballot.options.all()[:1]), token="t")


def test_whoever_is_handed_a_slip_is_off_the_roll_and_a_slip_that_is_nobodys_is_on_it(ballot, voters, fatima):
    before = ballot.roll.standing().count()

    added = paper.hand_out(ballot, *voters, kind=SLIP, by=fatima)

    assert ballot.roll.standing().count() == before
    assert len(added) == len(voters) == ballot.roll.standing().filter(kind=SLIP, person=None).count()
    assert {entry.struck_reason for entry in ballot.roll.filter(person__in=voters)} == {"Votes on paper"}


def test_their_vote_on_a_screen_is_refused_and_says_that_they_vote_on_paper(ballot, voters, fatima):
    paper.hand_out(ballot, voters[0], kind=SLIP, by=fatima)

    with pytest.raises(PermissionDenied, match="You were handed a paper slip"):
        vote(ballot, voters[0])


@pytest.mark.parametrize("which", ["ballot", "secret"])
def test_whoever_has_voted_is_handed_nothing_and_then_nobody_is(which, voters, fatima, request):
    ballot = request.getfixturevalue(which)
    vote(ballot, voters[0])

    with pytest.raises(Refused, match=f"{voters[0]} has voted already"):
        paper.hand_out(ballot, voters[1], voters[0], kind=SLIP, by=fatima)

    assert not ballot.roll.filter(kind=SLIP).exists()
    assert ballot.roll.standing().filter(person=voters[1]).exists()


def test_nobody_is_handed_a_second_one(secret, voters, fatima):
    paper.hand_out(secret, voters[0], kind=SLIP, by=fatima)

    for kind in (SLIP, CARD):
        with pytest.raises(Refused, match="was handed one already"):
            paper.hand_out(secret, voters[0], kind=kind, by=fatima)


def test_a_stranger_is_handed_nothing(ballot, fatima):
    with pytest.raises(Refused, match="is not on the roll"):
        paper.hand_out(ballot, UserFactory(), kind=SLIP, by=fatima)


def test_a_card_is_for_a_secret_vote_alone(ballot, secret, voters, fatima):
    with pytest.raises(Refused, match="This vote is open"):
        paper.hand_out(ballot, voters[0], kind=CARD, by=fatima)

    added = paper.hand_out(secret, voters[0], kind=CARD, by=fatima)

    assert [entry.kind for entry in added] == [CARD]


def test_a_vote_counted_per_council_takes_no_paper_and_says_why(day, fatima, voters):
    ballot = open_ballot(day, fatima, "approval", *voters, basis=Ballot.Basis.COUNCIL)

    with pytest.raises(Refused, match="says of no council whose it is"):
        paper.hand_out(ballot, voters[0], kind=SLIP, by=fatima)


def test_nothing_is_handed_out_before_a_vote_opens_or_after_it_closed(ballot, draft, voters, fatima):
    Ballot.objects.filter(pk=ballot.pk).update(closes_at=ballot.opened_at)

    with pytest.raises(Refused, match="has not opened yet"):
        paper.hand_out(draft, voters[0], kind=SLIP, by=fatima)
    with pytest.raises(Refused, match="has closed"):
        paper.hand_out(ballot, voters[0], kind=SLIP, by=fatima)


def test_somebody_who_holds_a_slip_is_neither_late_nor_added_again(ballot, voters, fatima):
    late = came_late(ballot).count()

    paper.hand_out(ballot, voters[0], kind=SLIP, by=fatima)

    assert came_late(ballot).count() == late
    assert not open_votes_without(voters[0]).exists()
    with pytest.raises(Refused, match="votes with that"):
        ballots.add_to_roll(ballot, person=voters[0], organisation=None, reason="Came late", by=fatima)


def test_nobody_is_struck_off_for_a_reason_that_looks_like_a_slip(ballot, voters, fatima):
    with pytest.raises(Refused, match="is handed a slip"):
        ballots.strike_from_roll(ballot, voters[0], by=fatima, reason="Votes on paper ")


def test_a_slip_given_back_puts_its_person_back_on_the_roll(ballot, voters, fatima):
    before = ballot.roll.standing().count()
    paper.hand_out(ballot, voters[0], kind=SLIP, by=fatima)

    paper.take_back(ballot, voters[0], by=fatima)

    assert ballot.roll.standing().count() == before
    assert not ballot.roll.filter(kind=SLIP).exists()
    assert vote(ballot, voters[0])


def test_a_slip_that_lies_in_a_batch_is_not_given_back(ballot, voters, fatima):
    paper.hand_out(ballot, voters[0], kind=SLIP, by=fatima)
    paper.start_batch(ballot, slips=1, by=fatima)

    with pytest.raises(Refused, match="are in batches already"):
        paper.take_back(ballot, voters[0], by=fatima)


def test_the_trail_says_that_a_slip_was_handed_out_and_names_nobody_who_got_it(ballot, voters, fatima):
    paper.hand_out(ballot, voters[0], kind=SLIP, by=fatima)

    line = AuditEvent.objects.get(action="voting.handed_out")
    assert line.details == {"entry": ballot.roll.get(person=voters[0]).pk, "kind": "slip"}


# The pages ------------------------------------------------------------------------------------------------


def test_after_a_power_cut_nine_people_are_ticked_and_handed_slips(ballot, voters, fatima, signed_in):
    entries = ballot.roll.filter(person__in=voters)

    answer = signed_in(fatima).post(
        reverse("voting:hand_out", args=[ballot.reference]), {"people": [entry.pk for entry in entries]}, follow=True
    )

    assert "9 people vote on paper from now on" in words(answer)
    assert "Handed out so far: 9 slips" in words(answer)


def test_what_was_ticked_stays_where_somebody_has_voted(ballot, voters, fatima, signed_in):
    vote(ballot, voters[0])
    keys = [entry.pk for entry in ballot.roll.filter(person__in=voters[:2])]

    answer = signed_in(fatima).post(reverse("voting:hand_out", args=[ballot.reference]), {"people": keys})

    assert answer.status_code == 422
    assert f"{voters[0]} has voted already." in words(answer)
    assert answer.content.decode().count(" checked") == 2


def test_the_persons_own_pages_say_that_they_vote_on_paper(ballot, voters, fatima, signed_in):
    paper.hand_out(ballot, voters[0], kind=SLIP, by=fatima)
    page = signed_in(voters[0])

    for name in ("cast", "detail"):
        said = words(page.get(reverse(f"voting:{name}", args=[ballot.reference])))
        assert "You were handed a paper slip" in said
        assert "taken off" not in said


def test_the_public_record_tells_slips_by_number_and_nobody_by_name(ballot, voters, fatima, client):
    paper.hand_out(ballot, voters[0], kind=SLIP, by=fatima)

    said = words(client.get(reverse("voting:record", args=[ballot.reference])))

    assert "Votes on paper" not in said
    assert "struck off" not in said


def test_the_roll_page_hands_a_slip_and_lists_slips_by_number(ballot, voters, fatima, signed_in):
    paper.hand_out(ballot, *voters[:3], kind=SLIP, by=fatima)

    said = words(signed_in(fatima).get(reverse("voting:roll", args=[ballot.reference])))

    assert "which belong to nobody" in said
    assert "Hand a slip" in said
    assert voters[0].name not in said


@pytest.mark.parametrize("address", ["hand_out", "slips", "paper"])
def test_pages_of_paper_are_for_those_who_run_the_vote(ballot, voters, signed_in, address):
    answer = signed_in(voters[0]).get(reverse(f"voting:{address}", args=[ballot.reference]))

    assert answer.status_code == 403
