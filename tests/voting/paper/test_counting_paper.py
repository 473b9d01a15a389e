"""Paper is entered by one person and confirmed by another, and never more of it than slips were handed out."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from audit.models import AuditEvent
from core import clock
from core.errors import Refused
from tests.factories.accounts import UserFactory
from tests.pages import words
from tests.voting.paper.counting import SLIP, confirmed, entered
from tests.voting.papers import TITLES, filled_in, open_ballot
from voting.ballots import operations as ballots
from voting.casting.operations import ticks
from voting.casting.turnout import voted_in
from voting.methods import METHODS
from voting.methods.values import VoteMark
from voting.models import PaperBatch, PaperPile
from voting.paper import operations as paper
from voting.paper.operations import batches


@pytest.fixture
def out(ballot, voters, fatima):
    """Nine slips are handed out."""
    return paper.hand_out(ballot, *voters, kind=SLIP, by=fatima).entries


def ticked(ballot, *places):
    options = list(ballot.options.all())
    return ticks([options[place] for place in places])


def test_a_batch_is_entered_pile_by_pile_until_its_slips_are_reached(ballot, out, fatima):
    batch = paper.start_batch(ballot, slips=9, by=fatima)

    paper.add_pile(batch, marks=ticked(ballot, 0), slips=4, by=fatima)
    paper.add_pile(batch, marks=ticked(ballot, 0, 1), slips=3, by=fatima)

    with pytest.raises(Refused, match="2 are still to be entered"):
        paper.hand_over(batch, by=fatima)
    with pytest.raises(Refused, match="2 are still to be entered"):
        paper.add_pile(batch, marks=ticked(ballot, 2), slips=3, by=fatima)
    paper.add_pile(batch, marks=ticked(ballot, 2), slips=2, by=fatima)
    assert paper.hand_over(batch, by=fatima).handed_over_at


def test_slips_that_say_the_same_are_one_pile(ballot, out, fatima):
    batch = paper.start_batch(ballot, slips=9, by=fatima)

    paper.add_pile(batch, marks=ticked(ballot, 1, 0), slips=4, by=fatima)
    paper.add_pile(batch, marks=ticked(ballot, 0, 1), slips=3, by=fatima)

    assert [pile.slips for pile in batch.piles.all()] == [7]


def test_a_slip_says_only_what_a_vote_on_a_screen_may_say(ballot, out, fatima):
    batch = paper.start_batch(ballot, slips=9, by=fatima)

    with pytest.raises(Refused) as refusal:
        paper.add_pile(batch, marks=ticked(ballot, 0, 1, 2), slips=1, by=fatima)
    assert refusal.value.field == "options"


def test_a_form_sent_twice_adds_its_pile_once(ballot, out, fatima):
    batch = paper.start_batch(ballot, slips=9, by=fatima)
    paper.add_pile(batch, marks=ticked(ballot, 0), slips=2, by=fatima, so_far=0)

    with pytest.raises(Refused, match="2 are entered now"):
        paper.add_pile(batch, marks=ticked(ballot, 0), slips=2, by=fatima, so_far=0)


def test_a_pile_is_taken_out_again(ballot, out, fatima):
    batch = paper.start_batch(ballot, slips=9, by=fatima)
    pile = paper.add_pile(batch, marks=ticked(ballot, 0), slips=9, by=fatima)

    paper.remove_pile(pile, by=fatima)
    paper.remove_pile(pile, by=fatima)

    assert not batch.piles.exists()


def test_nobody_but_who_started_a_batch_enters_it(ballot, out, fatima, second):
    batch = paper.start_batch(ballot, slips=9, by=fatima)

    with pytest.raises(PermissionDenied, match="enters this batch"):
        paper.add_pile(batch, marks=ticked(ballot, 0), slips=9, by=second)


def test_another_person_confirms_what_was_entered(ballot, out, fatima, second):
    batch = entered(ballot, fatima, (ticked(ballot, 0), 9))

    with pytest.raises(Refused, match="You entered this batch"):
        confirmed(batch, fatima)
    assert confirmed(batch, second).confirmed_by == second
    assert voted_in(ballot) == 9


def test_the_database_refuses_a_batch_confirmed_by_who_entered_it(ballot, out, fatima):
    batch = entered(ballot, fatima, (ticked(ballot, 0), 9))

    with pytest.raises(IntegrityError, match="two_people_count_paper"), transaction.atomic():
        PaperBatch.objects.filter(pk=batch.pk).update(confirmed_by=fatima, confirmed_at=clock.now())


def test_somebody_who_does_not_run_the_vote_neither_enters_nor_confirms(ballot, out, fatima):
    batch = entered(ballot, fatima, (ticked(ballot, 0), 9))
    stranger = UserFactory()

    with pytest.raises(PermissionDenied):
        confirmed(batch, stranger)
    with pytest.raises(PermissionDenied):
        paper.start_batch(ballot, slips=1, by=stranger)


def test_a_batch_that_differs_is_sent_back_with_a_reason_and_entered_again(ballot, out, fatima, second):
    batch = entered(ballot, fatima, (ticked(ballot, 0), 9))
    seen = batch.handed_over_at.isoformat()

    paper.send_batch_back(batch, reason="I count 8 for waste.", by=second)

    with pytest.raises(Refused, match="still being entered"):
        paper.confirm_batch(batch, handed_over=seen, by=second)
    paper.remove_pile(batch.piles.get(), by=fatima)
    paper.add_pile(batch, marks=ticked(ballot, 0), slips=8, by=fatima)
    paper.add_pile(batch, marks=ticked(ballot, 1), slips=1, by=fatima)
    paper.hand_over(batch, by=fatima)
    with pytest.raises(Refused, match="changed and handed over again"):
        paper.confirm_batch(batch, handed_over=seen, by=second)
    assert confirmed(batch, second).confirmed_at


def test_a_confirmed_batch_never_changes(ballot, out, fatima, second):
    batch = confirmed(entered(ballot, fatima, (ticked(ballot, 0), 8)), second)
    pile = batch.piles.get()

    for change in (
        lambda: paper.add_pile(batch, marks=ticked(ballot, 0), slips=1, by=fatima),
        lambda: paper.remove_pile(pile, by=fatima),
        lambda: paper.set_slips(batch, slips=9, by=fatima),
        lambda: paper.hand_over(batch, by=fatima),
        lambda: paper.send_batch_back(batch, reason="No.", by=second),
        lambda: paper.discard_batch(batch, by=fatima),
    ):
        with pytest.raises(Refused, match="is confirmed, and stays as it is"):
            change()


def test_no_more_slips_are_counted_than_were_handed_out(ballot, voters, fatima, second):
    paper.hand_out(ballot, *voters[:5], kind=SLIP, by=fatima)
    confirmed(entered(ballot, fatima, (ticked(ballot, 0), 3)), second)

    with pytest.raises(Refused, match="5 slips were handed out, and 3 of them are in other batches"):
        paper.start_batch(ballot, slips=3, by=second)
    batch = paper.start_batch(ballot, slips=2, by=second)
    with pytest.raises(Refused, match="More than that cannot be counted"):
        paper.set_slips(batch, slips=3, by=second)


def test_where_no_slip_is_out_none_is_counted(ballot, fatima):
    with pytest.raises(Refused, match="No slip has been handed out"):
        paper.start_batch(ballot, slips=1, by=fatima)


def test_control_without_the_limit_more_paper_than_slips_would_be_counted(ballot, out, fatima, second, monkeypatch):
    monkeypatch.setattr(batches, "_check_there_are", lambda *args, **kwargs: None)

    confirmed(entered(ballot, fatima, (ticked(ballot, 0), 10)), second)

    assert voted_in(ballot) > len(out)


def test_a_batch_that_nobody_confirmed_is_thrown_away_and_its_slips_counted_in_another(ballot, out, fatima, second):
    batch = entered(ballot, fatima, (ticked(ballot, 0), 9))

    paper.discard_batch(batch, by=second)

    assert not PaperPile.objects.exists()
    assert paper.start_batch(ballot, slips=9, by=second).number == 2  # a number is used once


def test_an_older_page_of_a_batch_that_was_thrown_away_throws_away_no_other(ballot, out, fatima, second, signed_in):
    paper.discard_batch(paper.start_batch(ballot, slips=3, by=fatima), by=fatima)
    other = paper.start_batch(ballot, slips=5, by=second)
    page = signed_in(fatima)

    answer = page.post(reverse("voting:discard_batch", args=[ballot.reference, 1]), follow=True)

    assert "Batch 1 is thrown away" in words(answer)
    assert list(ballot.paper_batches.all()) == [other]
    assert page.post(reverse("voting:discard_batch", args=[ballot.reference, 3])).status_code == 404


def test_a_pile_taken_out_twice_is_out_once(ballot, out, fatima, signed_in):
    batch = paper.start_batch(ballot, slips=9, by=fatima)
    first, second = (paper.add_pile(batch, marks=ticked(ballot, place), slips=4, by=fatima) for place in (0, 1))
    page = signed_in(fatima)

    for _ in range(2):
        answer = page.post(reverse("voting:remove_pile", args=[ballot.reference, 1, first.pk]), follow=True)
        assert "The pile is taken out." in words(answer)

    assert list(batch.piles.all()) == [second]


def test_the_trail_tells_a_changed_number_of_slips_from_a_batch_that_starts(ballot, out, fatima):
    batch = paper.start_batch(ballot, slips=9, by=fatima)

    paper.set_slips(batch, slips=8, by=fatima)

    assert AuditEvent.objects.filter(action="voting.batch_started").count() == 1
    assert AuditEvent.objects.get(action="voting.batch_slips_changed").details == {"batch": 1, "slips": 8}


def test_of_a_void_round_it_is_not_kept_what_a_counter_said_of_its_slips(ballot, out, fatima, second, signed_in):
    batch = entered(ballot, fatima, (ticked(ballot, 0), 4), (ticked(ballot, 1), 5))
    paper.send_batch_back(batch, reason="I count 5 slips for Waste standards, not 4.", by=second)

    ballots.void_ballot(ballot, by=fatima, reason="Misread")

    batch.refresh_from_db()
    assert not batch.sent_back
    said = words(signed_in(fatima).get(reverse("voting:batch", args=[ballot.reference, 1])))
    assert "kept nowhere" in said
    assert "Not counted" in said


def test_paper_is_still_counted_once_the_time_announced_has_come(ballot, out, fatima, second):
    ballot.closes_at = clock.now()
    ballot.save()

    assert confirmed(entered(ballot, fatima, (ticked(ballot, 0), 9)), second).confirmed_at


def test_of_a_void_round_no_paper_is_counted_and_what_it_said_is_kept_nowhere(ballot, out, fatima, second, client):
    batch = confirmed(entered(ballot, fatima, (ticked(ballot, 0), 9)), second)

    void = ballots.void_ballot(ballot, by=fatima, reason="Misread")

    with pytest.raises(Refused, match="Paper is counted while a vote runs"):
        paper.start_batch(ballot, slips=1, by=fatima)
    assert list(void.paper_batches.all()) == [batch]
    assert not PaperPile.objects.exists()
    said = words(client.get(reverse("voting:record", args=[ballot.reference])))
    assert "Batch 1, 9 slips: entered by one person and confirmed by another, not counted" in said


def test_a_copy_starts_without_paper_and_with_everybody_by_name(day, fatima, voters):
    ballot = open_ballot(day, fatima, "approval", *voters)
    ballot.roll_from = "list"
    ballot.save()
    before = set(ballot.roll.values_list("person", flat=True))
    paper.hand_out(ballot, *voters, kind=SLIP, by=fatima)

    copy = ballots.copy_ballot(ballots.void_ballot(ballot, by=fatima, reason="Misread"), by=fatima)

    assert set(copy.roll.values_list("person", flat=True)) == before
    assert not copy.paper_batches.exists()


def test_no_line_of_the_trail_says_what_slips_say(ballot, out, fatima, second):
    confirmed(entered(ballot, fatima, (ticked(ballot, 0), 4), (ticked(ballot, 1), 5)), second)

    details = [
        details
        for action, details in AuditEvent.objects.values_list("action", "details")
        if action.startswith(("voting.batch", "voting.paper"))
    ]
    assert details
    assert {key for line in details for key in line} <= {"batch", "slips"}


# The pages ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", METHODS)
def test_a_pile_of_every_method_is_entered_with_the_ballots_own_form(day, fatima, second, voters, method, signed_in):
    ballot = open_ballot(day, fatima, method, *voters)
    paper.hand_out(ballot, *voters[:4], kind=SLIP, by=fatima)
    batch = paper.start_batch(ballot, slips=4, by=fatima)
    page = reverse("voting:batch", args=[ballot.reference, 1])

    answer = signed_in(fatima).post(page, filled_in(ballot) | {"slips": "4", "so_far": "0"}, follow=True)

    assert "4 slips say" in words(answer)
    assert TITLES[0] in words(answer)
    assert paper.hand_over(batch, by=fatima)
    said = words(signed_in(second).get(page))
    assert "I counted these slips, and they say this" in said


def test_what_is_wrong_with_a_pile_stands_beside_it_and_nothing_typed_is_lost(ballot, out, fatima, signed_in):
    paper.start_batch(ballot, slips=9, by=fatima)
    first = ballot.options.first()

    answer = signed_in(fatima).post(
        reverse("voting:batch", args=[ballot.reference, 1]), {"options": [first.pk], "slips": "10", "so_far": "0"}
    )

    assert answer.status_code == 422
    assert "There are 9 slips in this batch: 9 are still to be entered." in words(answer)
    assert answer.content.decode().count(" checked") == 1


def test_the_second_person_confirms_on_the_page_and_who_entered_it_is_told_to_ask_another(
    ballot, out, fatima, second, signed_in
):
    batch = entered(ballot, fatima, (ticked(ballot, 0), 9))
    page = reverse("voting:batch", args=[ballot.reference, 1])
    assert "so you cannot confirm it" in words(signed_in(fatima).get(page))

    answer = signed_in(second).post(f"{page}confirm/", {"handed_over": batch.handed_over_at.isoformat()}, follow=True)

    assert "9 slips handed out, 9 counted by two people." in words(answer)


def test_a_batch_is_sent_back_on_the_page(ballot, out, fatima, second, signed_in):
    entered(ballot, fatima, (ticked(ballot, 0), 9))
    page = reverse("voting:batch", args=[ballot.reference, 1])

    signed_in(second).post(f"{page}send-back/", {"reason": "I count 8 for waste."})

    assert "I count 8 for waste." in words(signed_in(fatima).get(page))


def test_marks_of_two_questions_and_ranks_are_kept_as_they_are(day, fatima, voters):
    ballot = open_ballot(day, fatima, "ranked", *voters)
    paper.hand_out(ballot, *voters[:2], kind=SLIP, by=fatima)
    options = list(ballot.options.all())
    batch = paper.start_batch(ballot, slips=2, by=fatima)

    pile = paper.add_pile(batch, marks=[VoteMark(options[1].pk, 1), VoteMark(options[0].pk, 2)], slips=2, by=fatima)

    assert pile.marks == [[options[0].pk, 2, ""], [options[1].pk, 1, ""]]
