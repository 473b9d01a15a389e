"""Between meetings the board decides by e-mail: one vote per body, with a quorum of bodies, until a day."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import timezone

from accounts.operations import close_account, deactivate
from core import clock
from core.errors import Refused
from outbox.models import Message
from projects.models import BusinessCase
from steering.models import QUORUM, BoardSeat, Decision
from steering.operations import (
    BOARD,
    ask_board,
    conclude_motion,
    remind_of_motion,
    remind_of_motions_that_close_tomorrow,
    set_representative,
)
from steering.queries.motions import MotionOutcome, Stood, missing_in, roll_of
from tests.factories.accounts import UserFactory
from tests.factories.projects import BusinessCaseFactory
from tests.steering.deciding import decided
from tests.steering.motions import ORDER, SUBMITTED, closed, in_days, vote, votes
from voting.ballots.bodies import set_bodies
from voting.ballots.drafts import NewOption
from voting.ballots.operations import add_to_roll, copy_ballot, extend_ballot, pause_ballot, prepare_ballot, void_ballot
from voting.models import Ballot, RollEntry, Vote
from voting.outcome.queries import how_bodies_stood

pytestmark = pytest.mark.sql


@pytest.fixture
def case(harlow):
    return BusinessCaseFactory(project__lead_council=harlow, **SUBMITTED)


def written_to(kind: str) -> list:
    messages = Message.objects.filter(kind=f"steering.{kind}").select_related("person").order_by("pk")
    return [message.person for message in messages]


# Asking


def test_each_body_has_one_vote_which_its_representative_casts(motion, bodies):
    roll = list(roll_of(motion))

    assert [(entry.kind, entry.organisation, entry.person) for entry in roll] == [
        ("body", seat.body, seat.representative) for seat in bodies
    ]
    assert {entry.weight for entry in roll} == {"1"}


def test_the_vote_is_open_until_the_end_of_the_day_and_needs_five_bodies(motion):
    ballot = motion.ballot

    assert timezone.localtime(ballot.closes_at).date() == motion.closes_on == in_days(3)
    assert timezone.localtime(ballot.closes_at).time() == dt.time(23, 59)
    assert (ballot.quorum, ballot.secrecy, ballot.event, ballot.held_by) == (5, "open", None, "Steering board")
    assert [option.title for option in ballot.options.all()] == ["For", "Against", "Abstain"]
    assert not ballot.shows_result


@pytest.mark.parametrize("operation", [extend_ballot, pause_ballot])
def test_the_day_that_the_bodies_were_told_stays(motion, sunita, operation):
    closes_at = motion.ballot.closes_at

    with pytest.raises(Refused, match="were told until which day they vote"):
        operation(motion.ballot, by=sunita)

    ballot = Ballot.objects.get(pk=motion.ballot_id)
    assert (ballot.state, ballot.closes_at) == (Ballot.State.OPEN, closes_at)


def test_every_representative_is_asked_by_mail(motion, bodies):
    assert written_to("motion_asked") == [seat.representative for seat in bodies]


def test_a_body_without_a_representative_is_not_on_the_roll(bodies, sunita):
    BoardSeat.objects.filter(pk=bodies[0].pk).update(representative=None)
    bodies[1].representative.is_active = False
    bodies[1].representative.save()

    motion = ask_board(**ORDER, closes_on=in_days(3), by=sunita)

    assert {entry.organisation for entry in roll_of(motion)} == {seat.body for seat in bodies[2:]}


def test_fewer_bodies_than_the_quorum_are_not_asked(bodies, sunita):
    for seat in bodies[QUORUM - 1 :]:
        set_representative(seat, person=None, by=sunita)

    with pytest.raises(Refused, match="decides with at least 5"):
        ask_board(**ORDER, closes_on=in_days(3), by=sunita)
    assert not Ballot.objects.exists()


@pytest.mark.parametrize("days", [-1, 0])
def test_bodies_have_until_tomorrow_at_least(bodies, sunita, days):
    with pytest.raises(Refused, match="until tomorrow at least"):
        ask_board(**ORDER, closes_on=in_days(days), by=sunita)


def test_bodies_have_sixty_days_at_most(bodies, sunita):
    with pytest.raises(Refused, match="60 days at most"):
        ask_board(**ORDER, closes_on=in_days(61), by=sunita)
    assert ask_board(**ORDER, closes_on=in_days(60), by=sunita)


def test_only_the_secretariat_asks_reminds_records_and_names_representatives(motion, bodies, boris, fatima, edith):
    for person in (boris, fatima, edith, bodies[0].representative):
        with pytest.raises(PermissionDenied):
            ask_board(**ORDER, closes_on=in_days(3), by=person)
        with pytest.raises(PermissionDenied):
            remind_of_motion(motion, by=person)
        with pytest.raises(PermissionDenied):
            conclude_motion(motion, by=person)
        with pytest.raises(PermissionDenied):
            set_representative(bodies[0], person=person, by=person)


def test_the_board_is_asked_about_a_business_case_that_waits_and_once_at_a_time(bodies, case, sunita):
    first = ask_board(**ORDER, closes_on=in_days(3), business_case=case, by=sunita)

    with pytest.raises(Refused, match="already"):
        ask_board(**ORDER, closes_on=in_days(3), business_case=case, by=sunita)
    void_ballot(first.ballot, by=sunita, reason="It was misread")
    assert ask_board(**ORDER, closes_on=in_days(3), business_case=case, by=sunita)
    with pytest.raises(Refused, match="does not wait"):
        ask_board(**ORDER, closes_on=in_days(3), business_case=BusinessCaseFactory(), by=sunita)


def test_while_the_board_is_asked_by_mail_no_meeting_decides_the_case(bodies, case, sunita):
    ask_board(**ORDER, closes_on=in_days(3), business_case=case, by=sunita)

    with pytest.raises(Refused, match="asked about it by e-mail"):
        decided(case, by=sunita, day=clock.today())
    assert not Decision.objects.exists()


# Representatives


def test_one_person_votes_for_one_body(bodies, sunita):
    with pytest.raises(Refused, match="One person votes for one body"):
        set_representative(bodies[0], person=bodies[1].representative, by=sunita)
    with pytest.raises(IntegrityError):
        BoardSeat.objects.filter(pk=bodies[0].pk).update(representative=bodies[1].representative)


def test_a_ballot_holds_no_person_for_two_bodies(bodies, sunita):
    draft = prepare_ballot(
        None, by=sunita, question="Agreed?", held_by="A board", roll_from="bodies", options=map(NewOption, "AB")
    )
    amir = UserFactory()

    with pytest.raises(Refused, match="One person votes for one body"):
        set_bodies(draft, by=sunita, bodies=[(bodies[0].body, amir), (bodies[1].body, amir)])


def test_a_new_representative_votes_in_a_vote_that_runs(motion, bodies, sunita):
    before, after = bodies[0].representative, UserFactory()

    set_representative(bodies[0], person=after, by=sunita)

    vote(motion, after, "For")
    with pytest.raises(PermissionDenied):
        vote(motion, before, "Against")
    assert [v.organisation for v in Vote.objects.filter(ballot=motion.ballot)] == [bodies[0].body]
    assert written_to("motion_asked")[-1] == after


def test_what_was_cast_for_a_body_stays_its_one_vote_until_the_new_representative_changes_it(motion, bodies, sunita):
    vote(motion, bodies[0].representative, "For")
    after = UserFactory()

    set_representative(bodies[0], person=after, by=sunita)

    assert not missing_in(motion).filter(organisation=bodies[0].body).exists()
    vote(motion, after, "Against")
    only = Vote.objects.get(ballot=motion.ballot)
    assert (only.person, only.options.get().title) == (after, "Against")


def test_a_body_that_gets_a_representative_during_a_vote_comes_onto_its_roll(bodies, sunita):
    set_representative(bodies[0], person=None, by=sunita)
    motion = ask_board(**ORDER, closes_on=in_days(3), by=sunita)
    amir = UserFactory()

    set_representative(BoardSeat.objects.get(pk=bodies[0].pk), person=amir, by=sunita)

    vote(motion, amir, "For")
    entry = RollEntry.objects.get(ballot=motion.ballot, person=amir)
    assert (entry.kind, entry.organisation, entry.weight) == ("body", bodies[0].body, "1")
    assert entry.late_reason  # which the result prints


def test_while_a_vote_runs_no_body_is_left_without_a_representative(motion, bodies, sunita):
    with pytest.raises(Refused, match="Name somebody else"):
        set_representative(bodies[0], person=None, by=sunita)

    closed(motion)
    assert set_representative(bodies[0], person=None, by=sunita).representative is None


def test_somebody_who_closes_their_account_leaves_their_seat_empty_and_votes_no_more(motion, bodies):
    leaver = bodies[0].representative

    close_account(leaver, by=leaver)

    bodies[0].refresh_from_db()
    assert bodies[0].representative is None
    assert leaver.pk not in [entry.person_id for entry in missing_in(motion)]


def test_somebody_who_was_shut_out_can_no_longer_be_reminded_nor_asked(motion, bodies, sunita):
    deactivate(bodies[0].representative, by=sunita)

    assert remind_of_motion(motion, by=sunita) == len(bodies) - 1
    assert not BoardSeat.objects.select_related("representative").get(pk=bodies[0].pk).can_vote


def test_the_roll_of_bodies_takes_no_person_beside_them(motion, sunita):
    with pytest.raises(Refused, match="holds bodies"):
        add_to_roll(motion.ballot, person=UserFactory(), organisation=None, reason="Came late", by=sunita)


# Reminding


def test_a_reminder_reaches_only_those_missing(motion, bodies, sunita):
    votes(motion, votes_for=2, abstain=1)

    assert remind_of_motion(motion, by=sunita) == 6
    assert written_to("motion_reminder") == [seat.representative for seat in bodies[3:]]


def test_who_votes_before_the_reminder_goes_out_does_not_get_it(motion, bodies, sunita, deliver):
    remind_of_motion(motion, by=sunita)
    vote(motion, bodies[0].representative, "For")

    reminded = {to for mail in deliver() if "is missing" in mail.subject for to in mail.to}

    assert reminded == {seat.representative.email for seat in bodies[1:]}


def test_nobody_is_reminded_twice_in_a_day(motion, sunita):
    remind_of_motion(motion, by=sunita)

    with pytest.raises(Refused, match="reminded today"):
        remind_of_motion(motion, by=sunita)


def test_nobody_is_reminded_once_every_body_has_voted_or_the_vote_has_closed(motion, sunita):
    votes(motion, votes_for=9)
    with pytest.raises(Refused, match="Every body"):
        remind_of_motion(motion, by=sunita)

    with pytest.raises(Refused, match="takes no votes"):
        remind_of_motion(closed(motion), by=sunita)


@pytest.mark.parametrize(("closes_in", "is_reminded"), [(0, False), (1, True), (2, False)])
def test_those_missing_are_reminded_by_themselves_the_day_before_the_close(motion, closes_in, is_reminded):
    last_moment = timezone.make_aware(dt.datetime.combine(in_days(closes_in), dt.time(23, 59)))
    opened = clock.now() - dt.timedelta(days=3)
    Ballot.objects.filter(pk=motion.ballot_id).update(closes_at=last_moment, opened_at=opened)

    remind_of_motions_that_close_tomorrow()
    remind_of_motions_that_close_tomorrow()

    assert len(written_to("motion_reminder")) == (9 if is_reminded else 0)


def test_who_was_asked_today_is_not_reminded_today(bodies, sunita):
    ask_board(**ORDER, closes_on=in_days(1), by=sunita)

    assert remind_of_motions_that_close_tomorrow() == 0


# What it comes to


@pytest.mark.parametrize(
    ("stood", "about_a_case", "outcome"),
    [
        ((3, 2, 0), True, MotionOutcome.ACCEPTED),
        ((1, 0, 4), False, MotionOutcome.ACCEPTED),  # to abstain is to take part
        ((4, 0, 0), True, MotionOutcome.NO_QUORUM),
        ((0, 4, 0), True, MotionOutcome.NO_QUORUM),
        ((2, 3, 0), True, MotionOutcome.REJECTED),
        ((2, 3, 0), False, MotionOutcome.NOT_CARRIED),
        ((3, 3, 3), True, MotionOutcome.TIED),
        ((0, 0, 5), False, MotionOutcome.TIED),
        ((9, 0, 0), False, MotionOutcome.ACCEPTED),
    ],
)
def test_more_for_than_against_carries_and_a_tie_decides_nothing(stood, about_a_case, outcome):
    assert Stood(*stood, quorum=QUORUM, about_a_case=about_a_case).outcome == outcome


def test_with_its_quorum_the_decision_is_recorded_as_counted_on_the_day_of_the_close(motion, sunita):
    votes(motion, votes_for=4, against=1, abstain=2)

    concluded = conclude_motion(closed(motion), by=sunita, review_on=in_days(180))

    decision = Decision.objects.get()
    assert concluded.decision == decision
    assert (decision.votes_for, decision.votes_against, decision.abstentions) == (4, 1, 2)
    assert (decision.title, decision.wording, decision.result) == (*ORDER.values(), "accepted")
    assert (decision.decided_on, decision.meeting, decision.motion) == (clock.today(), None, concluded)
    assert decision.number == f"DEC-{clock.today().year}-01"
    assert concluded.ballot.is_revealed


def test_an_accepted_business_case_unlocks_its_project_as_at_a_meeting(bodies, case, sunita):
    motion = ask_board(**ORDER, closes_on=in_days(3), business_case=case, by=sunita)
    votes(motion, votes_for=5)

    decision = conclude_motion(closed(motion), by=sunita).decision

    case.refresh_from_db()
    assert (case.state, case.decided_by_body, case.decision_number) == ("accepted", BOARD, decision.number)


def test_a_business_case_with_more_against_is_rejected(bodies, case, sunita):
    motion = ask_board(**ORDER, closes_on=in_days(3), business_case=case, by=sunita)
    votes(motion, votes_for=2, against=3)

    decision = conclude_motion(closed(motion), by=sunita).decision

    case.refresh_from_db()
    assert (decision.result, case.state) == ("rejected", "rejected")


@pytest.mark.parametrize(
    "stood", [{"votes_for": 4}, {"votes_for": 3, "against": 3}, {"votes_for": 1, "against": 5}, {}]
)
def test_without_quorum_tied_or_not_carried_nothing_is_recorded(motion, sunita, stood):
    votes(motion, **stood)

    concluded = conclude_motion(closed(motion), by=sunita)

    assert not Decision.objects.exists()
    assert (concluded.decision, concluded.concluded_on) == (None, clock.today())
    assert concluded.ballot.is_revealed
    assert len(written_to("motion_result")) == 9


def test_a_case_that_no_longer_waits_is_not_decided_again(bodies, case, sunita):
    motion = ask_board(**ORDER, closes_on=in_days(3), business_case=case, by=sunita)
    votes(motion, votes_for=5)
    BusinessCase.objects.filter(pk=case.pk).update(state=BusinessCase.State.DRAFT)

    assert conclude_motion(closed(motion), by=sunita).decision is None


def test_recording_twice_records_once(motion, sunita):
    votes(motion, votes_for=5)
    motion = closed(motion)

    first, second = conclude_motion(motion, by=sunita), conclude_motion(motion, by=sunita)

    assert first.decision == second.decision == Decision.objects.get()
    assert len(written_to("motion_result")) == 9


def test_nothing_is_recorded_before_the_close_or_of_a_void_round(motion, sunita):
    votes(motion, votes_for=5)
    with pytest.raises(Refused, match="once the vote has closed"):
        conclude_motion(motion, by=sunita)

    void_ballot(motion.ballot, by=sunita, reason="It was misread")
    with pytest.raises(Refused, match="once the vote has closed"):
        conclude_motion(motion, by=sunita)
    with pytest.raises(Refused, match="asked anew"):
        copy_ballot(motion.ballot, by=sunita)


def test_how_each_body_stood_is_public_once_the_result_is_shown_and_not_before(motion, bodies, sunita):
    votes(motion, votes_for=5, against=1)
    motion = closed(motion)
    assert how_bodies_stood(motion.ballot) == []

    motion = conclude_motion(motion, by=sunita)

    stood = dict(how_bodies_stood(motion.ballot))
    assert str(bodies[0].body) in stood["For"]
    assert stood["Against"] == str(bodies[5].body)
    assert str(bodies[8].body) in stood["Did not vote"]


def test_an_abstention_counts_for_the_quorum(motion, sunita):
    votes(motion, votes_for=1, abstain=4)

    assert conclude_motion(closed(motion), by=sunita).decision.bodies == 5
