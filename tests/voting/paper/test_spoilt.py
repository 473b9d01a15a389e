"""A slip that is blank or that nobody can read is entered and confirmed as spoilt: handed in, and no vote."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from audit.models import AuditEvent
from core.errors import Refused
from tests.pages import words
from tests.voting.paper.counting import SLIP, confirmed
from voting.ballots import operations as ballots
from voting.ballots.queries import options_of
from voting.casting import operations as casting
from voting.casting.operations import ticks
from voting.casting.turnout import turnout_of, voted_in
from voting.models import SpoiltSlip, Vote
from voting.outcome import operations as outcome
from voting.outcome.queries import ballots_with_figures, recount, tally, who_could_vote
from voting.paper import operations as paper
from voting.paper.operations import batches
from voting.paper.queries import entered_in, paper_words
from voting.record.queries import bundle_of
from voting.room.queries import before_closing


def ticked(ballot, *places):
    options = list(ballot.options.all())
    return ticks([options[place] for place in places])


def started(ballot, people, by, slips):
    """A batch of so many slips, which were handed to as many people."""
    paper.hand_out(ballot, *people[:slips], kind=SLIP, by=by)
    return paper.start_batch(ballot, slips=slips, by=by)


def handed_over(ballot, people, by, *, votes, spoilt):
    """A batch whose votes are all for the second option, and whose spoilt slips have these reasons."""
    batch = started(ballot, people, by, votes + len(spoilt))
    if votes:
        paper.add_pile(batch, marks=ticked(ballot, 1), slips=votes, by=by)
    for number, reason in enumerate(spoilt, start=1):
        paper.add_spoilt(batch, number=number, reason=reason, by=by)
    return paper.hand_over(batch, by=by)


def part_of(closed, name):
    return next(content for each, content, _ in bundle_of(closed, options_of(closed))["parts"] if each == name)


def test_a_spoilt_slip_takes_a_place_among_the_slips_of_its_batch(ballot, voters, fatima):
    batch = started(ballot, voters, fatima, 3)

    paper.add_pile(batch, marks=ticked(ballot, 0), slips=2, by=fatima)
    with pytest.raises(Refused, match="1 is still to be entered"):
        paper.hand_over(batch, by=fatima)
    paper.add_spoilt(batch, number=7, reason="blank", by=fatima)

    assert entered_in(batch) == 3
    assert paper.hand_over(batch, by=fatima).handed_over_at


@pytest.mark.parametrize("last", ["vote", "spoilt"])
def test_a_slip_is_spent_once_as_a_vote_or_as_spoilt(ballot, voters, fatima, last):
    batch = started(ballot, voters, fatima, 2)
    paper.add_spoilt(batch, number=7, reason="blank", by=fatima)
    paper.add_pile(batch, marks=ticked(ballot, 0), slips=1, by=fatima)

    one_more = {
        "vote": lambda: paper.add_pile(batch, marks=ticked(ballot, 0), slips=1, by=fatima),
        "spoilt": lambda: paper.add_spoilt(batch, number=8, reason="blank", by=fatima),
    }
    with pytest.raises(Refused, match="all of them are entered"):
        one_more[last]()

    assert entered_in(batch) == 2


def test_control_without_the_guard_a_slip_would_be_a_vote_and_spoilt(ballot, voters, fatima, monkeypatch):
    monkeypatch.setattr(batches, "_check_left", lambda *args, **kwargs: None)
    batch = started(ballot, voters, fatima, 1)

    paper.add_pile(batch, marks=ticked(ballot, 0), slips=1, by=fatima)
    paper.add_spoilt(batch, number=7, reason="blank", by=fatima)

    assert entered_in(batch) == 2 > batch.slips


def test_a_number_is_spoilt_once_in_a_vote_whichever_the_batch(ballot, voters, fatima, second):
    paper.add_spoilt(started(ballot, voters, fatima, 2), number=7, reason="blank", by=fatima)
    other = started(ballot, voters[2:], second, 2)

    with pytest.raises(Refused, match="Slip 7 is entered as spoilt already, in batch 1") as refusal:
        paper.add_spoilt(other, number=7, reason="unreadable", by=second)

    assert refusal.value.field == "number"


def test_a_spoilt_slip_is_taken_out_again_and_twice_changes_nothing(ballot, voters, fatima):
    batch = started(ballot, voters, fatima, 2)
    slip = paper.add_spoilt(batch, number=7, reason="blank", by=fatima)

    paper.remove_spoilt(slip, by=fatima)
    paper.remove_spoilt(slip, by=fatima)

    assert not entered_in(batch)
    assert paper.add_spoilt(batch, number=7, reason="unreadable", by=fatima)


def test_a_batch_that_is_thrown_away_frees_the_numbers_of_its_spoilt_slips(ballot, voters, fatima):
    batch = started(ballot, voters, fatima, 2)
    paper.add_spoilt(batch, number=7, reason="blank", by=fatima)

    paper.discard_batch(batch, by=fatima)

    assert paper.add_spoilt(paper.start_batch(ballot, slips=2, by=fatima), number=7, reason="blank", by=fatima)


def test_nobody_but_who_enters_a_batch_says_what_is_spoilt_and_nobody_once_it_is_confirmed(
    ballot, voters, fatima, second
):
    batch = handed_over(ballot, voters, fatima, votes=1, spoilt=["blank"])
    with pytest.raises(PermissionDenied, match="enters this batch"):
        paper.add_spoilt(batch, number=9, reason="blank", by=second)

    batch = confirmed(batch, second)

    for change in (
        lambda: paper.add_spoilt(batch, number=9, reason="blank", by=fatima),
        lambda: paper.remove_spoilt(batch.spoilt.get(), by=fatima),
    ):
        with pytest.raises(Refused, match="is confirmed, and stays as it is"):
            change()


def test_spoilt_slips_are_counted_by_two_people_and_are_no_votes(ballot, voters, fatima, second):
    confirmed(handed_over(ballot, voters, fatima, votes=3, spoilt=["blank", "unreadable"]), second)

    assert voted_in(ballot) == 3
    assert paper_words(ballot) == "5 slips are out, and 5 counted by two people, of which 2 spoilt."
    missing = ballot.roll.standing().count() - 5
    assert before_closing(ballot, turnout_of(ballot))[0].startswith(f"{missing} people have not voted")


def test_a_list_of_votes_tells_the_same_from_its_columns(ballot, voters, fatima, second, django_assert_num_queries):
    confirmed(handed_over(ballot, voters, fatima, votes=3, spoilt=["blank", "unreadable"]), second)
    listed = ballots_with_figures(type(ballot).objects.filter(pk=ballot.pk)).get()

    with django_assert_num_queries(0):
        assert voted_in(listed) == 3
        assert "5 counted by two people, of which 2 spoilt" in paper_words(listed)


@pytest.mark.parametrize("which", ["ballot", "secret"])
def test_at_the_close_they_are_told_beside_the_votes_and_everybody_counts_the_same(
    which, voters, fatima, second, request
):
    ballot = request.getfixturevalue(which)
    for person in voters[5:]:
        casting.cast(ballot, by=person, marks=ticked(ballot, 0), token="t")
    casting.cast(ballot, by=ballot.roll.standing().exclude(person__in=voters).first().person, marks=ticked(ballot, 0))
    confirmed(handed_over(ballot, voters, fatima, votes=3, spoilt=["blank", "unreadable"]), second)

    closed = outcome.close_ballot(ballot, by=fatima)

    assert closed.result["voted"] == Vote.objects.count() == 8
    assert closed.result["ways"] == {"slip": 3}
    assert closed.result["paper"] == [[1, 5, 3, 1, 1]]
    assert closed.roll.filter(kind=SLIP, voted=True).count() == 3
    assert recount(closed) == closed.result
    assert part_of(closed, "turnout")["paper"] == [[1, 5, 3, 1, 1]]


def test_a_result_of_before_is_recounted_and_told_as_it_was_kept(ballot, voters, fatima, second):
    confirmed(handed_over(ballot, voters, fatima, votes=3, spoilt=[]), second)
    closed = outcome.close_ballot(ballot, by=fatima)
    del closed.result["paper"]
    closed.save()

    assert recount(closed) == closed.result
    assert "paper" not in part_of(closed, "turnout")


def test_a_spoilt_slip_that_is_altered_afterwards_is_found(ballot, voters, fatima, second):
    confirmed(handed_over(ballot, voters, fatima, votes=3, spoilt=["blank"]), second)
    closed = outcome.close_ballot(ballot, by=fatima)

    SpoiltSlip.objects.update(reason="unreadable")

    assert recount(closed) != closed.result


@pytest.mark.parametrize(("votes", "is_told"), [(4, False), (5, True)])
def test_a_spoilt_slip_is_none_of_the_five_of_a_secret_result(secret, voters, fatima, second, votes, is_told):
    confirmed(handed_over(secret, voters, fatima, votes=votes, spoilt=["blank"]), second)

    assert tally(outcome.close_ballot(secret, by=fatima)).is_withheld is not is_told


def test_a_spoilt_slip_hides_no_sealed_vote(secret, voters, fatima, second):
    """Four sealed votes beside six slips, one of them spoilt: who counted the paper could subtract it."""
    for entry in secret.roll.standing().exclude(person__in=voters).select_related("person")[:4]:
        casting.cast(secret, by=entry.person, marks=ticked(secret, 0), token="t")
    confirmed(handed_over(secret, voters, fatima, votes=5, spoilt=["blank"]), second)

    assert tally(outcome.close_ballot(secret, by=fatima)).is_withheld


def test_where_all_slips_are_spoilt_the_record_still_tells_them(ballot, voters, fatima, second):
    confirmed(handed_over(ballot, voters, fatima, votes=0, spoilt=["blank", "blank"]), second)

    closed = outcome.close_ballot(ballot, by=fatima)

    assert (closed.result["voted"], closed.result["ways"]) == (0, {})
    assert closed.result["paper"] == [[1, 2, 0, 2, 0]]
    assert recount(closed) == closed.result


def test_screens_cards_and_paper_with_what_is_spoilt_never_exceed_the_roll(secret, voters, fatima, second):
    paper.hand_out(secret, *voters[:5], kind=SLIP, by=fatima)
    for entry in secret.roll.standing().filter(kind="person").select_related("person"):
        casting.cast(secret, by=entry.person, marks=ticked(secret, 0), token="t")
    batch = paper.start_batch(secret, slips=5, by=fatima)
    paper.add_pile(batch, marks=ticked(secret, 1), slips=3, by=fatima)
    for number in (1, 2):
        paper.add_spoilt(batch, number=number, reason="blank", by=fatima)
    confirmed(paper.hand_over(batch, by=fatima), second)
    with pytest.raises(Refused, match="More than that cannot be counted"):
        paper.start_batch(secret, slips=1, by=second)

    result = outcome.close_ballot(secret, by=fatima).result

    assert result["voted"] + sum(map(sum, (batch[3:] for batch in result["paper"]))) == result["on_roll"]


# The pages ------------------------------------------------------------------------------------------------


def test_it_is_entered_on_a_page_of_its_own_and_taken_out_on_that_of_its_batch(ballot, voters, fatima, signed_in):
    started(ballot, voters, fatima, 2)
    page = signed_in(fatima)
    address = reverse("voting:batch_spoilt", args=[ballot.reference, 1])
    assert address in page.get(reverse("voting:batch", args=[ballot.reference, 1])).content.decode()

    said = words(page.post(address, {"number": "7", "reason": "unreadable"}, follow=True))
    assert "Slip 7 is entered as spoilt." in said
    assert "2 slips, of which 1 spoilt (1 unreadable)" in said
    assert "1 of 2 slips entered" in said

    gone = page.post(reverse("voting:remove_spoilt", args=[ballot.reference, 1, 7]), follow=True)
    assert "Slip 7 is taken out." in words(gone)
    assert "0 of 2 slips entered" in words(gone)


def test_what_is_wrong_stands_beside_the_field_and_what_was_typed_stays(ballot, voters, fatima, signed_in):
    batch = started(ballot, voters, fatima, 2)
    paper.add_spoilt(batch, number=7, reason="blank", by=fatima)
    page, address = signed_in(fatima), reverse("voting:batch_spoilt", args=[ballot.reference, 1])

    empty = page.post(address, {})
    twice = page.post(address, {"number": "7", "reason": "unreadable"})

    assert empty.status_code == twice.status_code == 422
    assert "Say why it is no vote." in words(empty)
    assert "Slip 7 is entered as spoilt already, in batch 1." in words(twice)
    assert 'value="7"' in twice.content.decode()
    assert twice.content.decode().count(" checked") == 1


def test_the_second_person_sees_what_is_spoilt_before_they_confirm(ballot, voters, fatima, second, signed_in):
    batch = handed_over(ballot, voters, fatima, votes=1, spoilt=["blank", "unreadable"])
    page = signed_in(second)

    said = words(page.get(reverse("voting:batch", args=[ballot.reference, 1])))
    assert "Blank: no vote" in said
    assert "Unreadable: no vote" in said
    seen = {"handed_over": batch.handed_over_at.isoformat()}
    done = words(page.post(reverse("voting:confirm_batch", args=[ballot.reference, 1]), seen, follow=True))

    assert "3 slips handed out, 3 counted by two people, of which 2 spoilt." in done


def test_the_result_and_the_record_say_it_once_the_result_is_shown_and_not_before(
    secret, voters, fatima, second, client
):
    confirmed(handed_over(secret, voters, fatima, votes=5, spoilt=["blank", "unreadable"]), second)
    outcome.close_ballot(secret, by=fatima)
    pages = [reverse(f"voting:{name}", args=[secret.reference]) for name in ("detail", "results", "record")]
    assert not [page for page in pages if "spoilt" in words(client.get(page, follow=True))]
    secret.refresh_from_db()
    assert ("7 paper slips", "They belong to nobody", "5 of 7") in who_could_vote(secret)

    outcome.reveal_ballot(secret, by=fatima)

    result, record = (words(client.get(page)) for page in pages[1:])
    for said in (result, record):
        assert "Handed in on paper: 7 slips, of which 2 spoilt (1 blank, 1 unreadable)." in said
    secret.refresh_from_db()
    assert ("7 paper slips", "They belong to nobody", "5 of 7, and 2 handed in spoilt") in who_could_vote(secret)
    assert "5 on paper." in result
    assert "Batch 1, 7 slips, of which 2 spoilt (1 blank, 1 unreadable): entered by one person" in record


def test_of_a_void_round_nothing_is_told_of_what_was_spoilt(ballot, voters, fatima, second, client):
    confirmed(handed_over(ballot, voters, fatima, votes=1, spoilt=["blank"]), second)

    ballots.void_ballot(ballot, by=fatima, reason="Misread")

    assert "spoilt" not in words(client.get(reverse("voting:record", args=[ballot.reference])))


def test_neither_the_bundle_nor_the_trail_has_the_number_of_a_spoilt_slip(ballot, voters, fatima, second):
    batch = started(ballot, voters, fatima, 2)
    paper.add_pile(batch, marks=ticked(ballot, 1), slips=1, by=fatima)
    paper.add_spoilt(batch, number=31313, reason="blank", by=fatima)
    confirmed(paper.hand_over(batch, by=fatima), second)

    closed = outcome.close_ballot(ballot, by=fatima)

    assert "31313" not in json.dumps(bundle_of(closed, options_of(closed)))
    assert "31313" not in json.dumps([*AuditEvent.objects.values_list("details", flat=True)])


def test_slips_of_a_second_print_go_on_with_the_next_number_so_that_no_two_are_alike(ballot, fatima, signed_in):
    page, address = signed_in(fatima), reverse("voting:slips", args=[ballot.reference])

    second = words(page.get(address, {"slips": "2", "first": "501"}))

    assert "No. 501" in second
    assert "No. 502" in second
    assert "No. 500" not in second
    assert "No. 1<" in words(page.get(address, {"slips": "2"}))
    assert "Slips are numbered from 1." in words(page.get(address, {"slips": "2", "first": "0"}))
