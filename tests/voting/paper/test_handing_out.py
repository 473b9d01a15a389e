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

    added = paper.hand_out(ballot, *voters, kind=SLIP, by=fatima).entries

    assert ballot.roll.standing().count() == before
    assert len(added) == len(voters) == ballot.roll.standing().filter(kind=SLIP, person=None).count()
    struck = ballot.roll.filter(person__in=voters)
    assert set(struck.values_list("handed", "struck_reason")) == {("slip", "Votes on paper")}


def test_their_vote_on_a_screen_is_refused_and_says_that_they_vote_on_paper(ballot, voters, fatima):
    paper.hand_out(ballot, voters[0], kind=SLIP, by=fatima)

    with pytest.raises(PermissionDenied, match="You were handed a paper slip"):
        vote(ballot, voters[0])


@pytest.mark.parametrize("which", ["ballot", "secret"])
def test_whoever_has_voted_keeps_that_vote_and_the_others_are_handed_one(which, voters, fatima, request):
    ballot = request.getfixturevalue(which)
    vote(ballot, voters[0])

    handed = paper.hand_out(ballot, voters[1], voters[0], kind=SLIP, by=fatima)

    assert handed.had_voted == [voters[0]]
    assert len(handed.entries) == ballot.roll.filter(kind=SLIP).count() == 1
    assert [entry.person for entry in ballot.roll.handed_out()] == [voters[1]]
    assert ballot.roll.standing().filter(person=voters[0]).exists()


def test_where_all_of_those_ticked_have_voted_nobody_is_handed_anything(secret, voters, fatima):
    vote(secret, voters[0])
    vote(secret, voters[1])

    with pytest.raises(Refused, match="have voted already"):
        paper.hand_out(secret, *voters[:2], kind=SLIP, by=fatima)

    assert not secret.roll.filter(kind=SLIP).exists()


@pytest.mark.parametrize("number", [1, 9])
def test_handing_out_asks_the_database_no_more_the_more_people_get_one(
    ballot, voters, fatima, number, django_assert_max_num_queries
):
    with django_assert_max_num_queries(18):
        paper.hand_out(ballot, *voters[:number], kind=SLIP, by=fatima)


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

    added = paper.hand_out(secret, voters[0], kind=CARD, by=fatima).entries

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


def test_a_reason_that_reads_like_a_slip_hands_nobody_one(ballot, voters, fatima):
    entry = ballots.strike_from_roll(ballot, voters[0], by=fatima, reason="Votes on paper")

    assert not entry.was_handed
    assert not ballot.roll.handed_out().exists()
    assert not ballot.roll.known().filter(person=voters[0]).exists()
    assert list(ballot.roll.changed()) == [entry]


def test_a_slip_given_back_puts_its_person_back_on_the_roll(ballot, voters, fatima):
    before = ballot.roll.standing().count()
    paper.hand_out(ballot, voters[0], kind=SLIP, by=fatima)

    paper.take_back(ballot, voters[0], by=fatima)

    assert ballot.roll.standing().count() == before
    assert not ballot.roll.filter(kind=SLIP).exists()
    assert vote(ballot, voters[0])


def test_a_slip_taken_back_twice_is_taken_back_once(ballot, voters, fatima, signed_in):
    paper.hand_out(ballot, *voters[:2], kind=SLIP, by=fatima)
    entry = ballot.roll.handed_out().get(person=voters[0])
    page = signed_in(fatima)

    for _ in range(2):
        answer = page.post(reverse("voting:take_back", args=[ballot.reference, entry.pk]), follow=True)
        assert f"{voters[0]} votes on a screen again." in words(answer)

    assert ballot.roll.filter(kind=SLIP).count() == 1


def test_after_the_close_no_slip_is_taken_back_and_the_refusal_says_so(ballot, voters, fatima):
    paper.hand_out(ballot, voters[0], kind=SLIP, by=fatima)
    Ballot.objects.filter(pk=ballot.pk).update(closes_at=ballot.opened_at)

    with pytest.raises(Refused, match="A slip is taken back while"):
        paper.take_back(ballot, voters[0], by=fatima)


def test_a_slip_that_lies_in_a_batch_is_not_given_back(ballot, voters, fatima):
    paper.hand_out(ballot, voters[0], kind=SLIP, by=fatima)
    paper.start_batch(ballot, slips=1, by=fatima)

    with pytest.raises(Refused, match="are in batches already"):
        paper.take_back(ballot, voters[0], by=fatima)


def test_the_trail_says_that_a_slip_was_handed_out_and_names_nobody_who_got_it(ballot, voters, fatima):
    paper.hand_out(ballot, voters[0], kind=SLIP, by=fatima)

    line = AuditEvent.objects.get(action="voting.handed_out")
    assert line.details == {"entries": [ballot.roll.get(person=voters[0]).pk], "kind": "slip"}


# The pages ------------------------------------------------------------------------------------------------


def test_after_a_power_cut_nine_people_are_ticked_and_handed_slips(ballot, voters, fatima, signed_in):
    entries = ballot.roll.filter(person__in=voters)

    answer = signed_in(fatima).post(
        reverse("voting:hand_out", args=[ballot.reference]), {"people": [entry.pk for entry in entries]}, follow=True
    )

    assert "9 people vote on paper from now on" in words(answer)
    assert "Handed out so far: 9 slips" in words(answer)


def test_ticking_everybody_lists_who_has_voted_only_once_the_others_were_handed_one(secret, voters, fatima, signed_in):
    """A refusal could be asked for every second, to see who has voted by now."""
    vote(secret, voters[0])
    entries = list(secret.roll.standing().values_list("pk", flat=True))
    page = reverse("voting:hand_out", args=[secret.reference])

    answer = signed_in(fatima).post(page, {"people": entries}, follow=True)

    assert f"{voters[0]} has voted already. What they voted stays" in words(answer)
    assert secret.roll.handed_out().count() == len(entries) - 1


def test_the_page_says_before_paper_is_handed_out_what_few_slips_mean(ballot, secret, fatima, signed_in):
    said = {
        vote.secrecy: words(signed_in(fatima).get(reverse("voting:hand_out", args=[vote.reference])))
        for vote in (ballot, secret)
    }

    assert "with fewer than 5 slips people can work out what they say" in said["open"]
    assert "or where 1 to 4 votes come on screens or by card beside paper" in said["secret"]
    slips = words(signed_in(fatima).get(reverse("voting:slips", args=[ballot.reference]) + "?slips=1"))
    assert "with fewer than 5 slips people can work out what they say" in slips


@pytest.mark.parametrize(
    ("rules", "why"),
    [
        ({"basis": "council"}, "counted per council or body"),
        ({"roll_from": "bodies"}, "Bodies vote in this"),
        ({"roll_from": "cards", "secrecy": "secret", "shows_tally": False}, "by voting cards alone"),
    ],
)
@pytest.mark.parametrize("address", ["slips", "hand_out"])
def test_a_vote_that_takes_no_slips_prints_none_and_says_why(draft, fatima, signed_in, address, rules, why):
    Ballot.objects.filter(pk=draft.pk).update(**rules)

    answer = signed_in(fatima).get(reverse(f"voting:{address}", args=[draft.reference]), follow=True)

    assert answer.redirect_chain
    assert why in words(answer)


def test_what_was_ticked_stays_where_all_of_them_have_voted(ballot, voters, fatima, signed_in):
    vote(ballot, voters[0])
    vote(ballot, voters[1])
    keys = [entry.pk for entry in ballot.roll.filter(person__in=voters[:2])]

    answer = signed_in(fatima).post(reverse("voting:hand_out", args=[ballot.reference]), {"people": keys})

    assert answer.status_code == 422
    assert "have voted already." in words(answer)
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

    assert "<strong>3 paper slips</strong>, tied to nobody." in said
    assert "Hand a slip" in said
    assert voters[0].name not in said


@pytest.mark.parametrize("address", ["hand_out", "slips", "paper"])
def test_pages_of_paper_are_for_those_who_run_the_vote(ballot, voters, signed_in, address):
    answer = signed_in(voters[0]).get(reverse(f"voting:{address}", args=[ballot.reference]))

    assert answer.status_code == 403
