"""What the database itself refuses of a vote: for each constraint a row that breaks it."""

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from core import clock
from sealing.models import Round
from tests.factories.accounts import UserFactory
from tests.factories.councils import OrganisationFactory
from tests.factories.voting import BallotFactory, OptionFactory, RollEntryFactory, voted
from voting.models import (
    Ballot,
    Option,
    PaperBatch,
    PaperPile,
    ParkedQuestion,
    Reason,
    Receipt,
    RecordCode,
    SpoiltSlip,
    Vote,
    VotingCard,
)

pytestmark = pytest.mark.django_db

A_RESULT = {"voted": 0, "on_roll": 0}


def round_of_answers():
    return Round.objects.create(title="Votes", public_key=b"k" * 32, length=512)


def at(state, **other):
    """A ballot in that state, written past the operations."""
    now = clock.now()
    fields = {"state": state}
    if state != "draft":
        fields["opened_at"] = now
    if state == "paused":
        fields["paused_at"] = now
    if state == "void":
        fields |= {"voided_at": now, "void_reason": "Misread"}
    if state in Ballot.ENDED:
        fields |= {"closed_at": now, "result": A_RESULT}
    if state in Ballot.SHOWING:
        fields["revealed_at"] = now
    if state == "published":
        fields |= {"outcome": "We build it.", "outcome_at": now}
    return BallotFactory(**fields | other)


def secret(state):
    return at(state, secrecy="secret", sealed=None if state == "draft" else round_of_answers())


def held(method, **other):
    return at("draft", method=method, **other)


BALLOTS = [
    ("an_open_ballot_knows_since_when", lambda: at("open"), {"opened_at": None}),
    ("an_open_ballot_knows_since_when", lambda: at("draft"), {"opened_at": clock.now}),
    ("a_paused_ballot_knows_since_when", lambda: at("paused"), {"paused_at": None}),
    ("a_paused_ballot_knows_since_when", lambda: at("open"), {"paused_at": clock.now}),
    ("a_closed_ballot_alone_has_a_result", lambda: at("closed"), {"closed_at": None}),
    ("a_closed_ballot_alone_has_a_result", lambda: at("closed"), {"result": None}),
    ("a_closed_ballot_alone_has_a_result", lambda: at("open"), {"closed_at": clock.now}),
    ("a_closed_ballot_alone_has_a_result", lambda: at("open"), {"result": A_RESULT}),
    ("a_closed_ballot_alone_has_a_result", lambda: at("void"), {"result": A_RESULT}),
    ("a_result_is_shown_since_a_moment", lambda: at("revealed"), {"revealed_at": None}),
    ("a_result_is_shown_since_a_moment", lambda: at("closed"), {"revealed_at": clock.now}),
    ("a_published_ballot_says_what_came_of_it", lambda: at("published"), {"outcome": ""}),
    ("a_published_ballot_says_what_came_of_it", lambda: at("published"), {"outcome_at": None}),
    ("a_published_ballot_says_what_came_of_it", lambda: at("revealed"), {"outcome": "We build it."}),
    ("a_published_ballot_says_what_came_of_it", lambda: at("revealed"), {"outcome_at": clock.now}),
    ("a_void_ballot_alone_says_why", lambda: at("void"), {"void_reason": ""}),
    ("a_void_ballot_alone_says_why", lambda: at("void"), {"voided_at": None}),
    ("a_void_ballot_alone_says_why", lambda: at("open"), {"void_reason": "Misread"}),
    ("a_void_ballot_alone_says_why", lambda: at("open"), {"voided_at": clock.now}),
    ("a_secret_ballot_is_sealed_and_shows_no_tally", lambda: secret("open"), {"sealed": None}),
    ("a_secret_ballot_is_sealed_and_shows_no_tally", lambda: secret("open"), {"shows_tally": True}),
    ("a_secret_ballot_is_sealed_and_shows_no_tally", lambda: secret("draft"), {"shows_tally": True}),
    ("a_secret_ballot_is_sealed_and_shows_no_tally", lambda: secret("draft"), {"sealed": round_of_answers}),
    ("a_secret_ballot_is_sealed_and_shows_no_tally", lambda: at("open"), {"sealed": round_of_answers}),
    ("one_may_tick_at_least_one", lambda: at("draft"), {"most_choices": 0}),
    ("dots_alone_have_a_limit_per_option", lambda: at("draft"), {"most_per_option": 1}),
    ("dots_alone_have_a_limit_per_option", lambda: held("dots", most_choices=5), {"most_per_option": 0}),
    ("a_budget_alone_has_a_pot", lambda: at("draft"), {"pot": 5000}),
    ("a_budget_alone_has_a_pot", lambda: held("budget", pot=5000), {"pot": 0}),
    ("a_budget_alone_has_a_pot", lambda: held("budget", pot=5000), {"pot": None}),
    ("dots_are_a_number", lambda: held("dots", most_choices=5), {"most_choices": None}),
    ("a_vote_chooses_at_least_one", lambda: at("draft"), {"to_pursue": 0}),
    ("a_quorum_is_a_number", lambda: at("draft"), {"quorum": 0}),
    ("a_ballot_is_of_an_event_or_held_by_somebody", lambda: at("draft"), {"held_by": "The board"}),
    ("a_ballot_is_of_an_event_or_held_by_somebody", lambda: at("draft"), {"event": None}),
    ("a_second_round_copies_the_one_before", lambda: at("draft"), {"round": 2}),
    ("a_second_round_copies_the_one_before", lambda: at("draft"), {"copy_of": lambda: at("void")}),
    ("a_published_ballot_alone_says_who_acts", lambda: at("revealed"), {"outcome_reason": "It won."}),
    ("a_published_ballot_alone_says_who_acts", lambda: at("revealed"), {"acts_next": "Harlow"}),
    ("a_published_ballot_alone_says_who_acts", lambda: at("revealed"), {"review_on": clock.today}),
    ("reasons_are_sealed_where_they_are_asked_for", lambda: at("open"), {"asks_reason": True}),
    ("reasons_are_sealed_where_they_are_asked_for", lambda: at("open"), {"reasons_sealed": round_of_answers}),
    (
        "reasons_are_sealed_where_they_are_asked_for",
        lambda: at("draft", asks_reason=True),
        {"reasons_sealed": round_of_answers},
    ),
    ("voting_cards_are_secret_and_count_people", lambda: at("draft"), {"roll_from": "cards"}),
    (
        "voting_cards_are_secret_and_count_people",
        lambda: secret("draft"),
        {"roll_from": "cards", "basis": "council"},
    ),
]


@pytest.mark.parametrize(("name", "make", "wrong"), BALLOTS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_ballot_that_contradicts_itself_is_refused(name, make, wrong):
    ballot = make()
    wrong = {field: value() if callable(value) else value for field, value in wrong.items()}

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Ballot.objects.filter(pk=ballot.pk).update(**wrong)


def twice(row):
    """Write a row that is there once more, under another key."""
    row.pk = None
    row._state.adding = True
    row.save(force_insert=True)


def same_prototype():
    option = OptionFactory()
    option.title = "Another title"
    twice(option)


def same_title():
    option = OptionFactory()
    option.prototype = None
    twice(option)


def a_body(**other):
    return RollEntryFactory(kind="body", **other)


def a_body_twice():
    entry = a_body()
    entry.person = UserFactory()
    twice(entry)


def named_vote(**wrong):
    vote = voted(BallotFactory(open=True), OrganisationFactory())
    Vote.objects.filter(pk=vote.pk).update(**wrong)


def unnamed_vote(**wrong):
    Vote.objects.create(ballot=BallotFactory(open=True), **{"cast_at": None} | wrong)


def a_choice():
    ballot = BallotFactory(open=True)
    return voted(ballot, OrganisationFactory(), OptionFactory(ballot=ballot)).choices.get()


def a_batch(**wrong):
    return PaperBatch.objects.create(
        **{"ballot": BallotFactory(open=True), "number": 1, "slips": 9, "entered_by": UserFactory()} | wrong
    )


def counted_alone():
    batch = a_batch(handed_over_at=clock.now())
    PaperBatch.objects.filter(pk=batch.pk).update(confirmed_by=batch.entered_by, confirmed_at=clock.now())


def a_spoilt_slip(**wrong):
    batch = a_batch()
    given = {"ballot": batch.ballot, "batch": batch, "number": 7, "reason": "blank"}
    return SpoiltSlip.objects.create(**given | wrong)


def a_reason(**wrong):
    return Reason.objects.create(**{"ballot": BallotFactory(), "words": "It saves the most."} | wrong)


OTHERS = [
    ("a_card_or_a_slip_belongs_to_nobody", lambda: RollEntryFactory(person=None)),
    ("a_card_or_a_slip_belongs_to_nobody", lambda: RollEntryFactory(kind="card")),
    ("a_card_or_a_slip_belongs_to_nobody", lambda: RollEntryFactory(kind="slip", person=None)),
    (
        "a_voting_card_is_printed_once",
        lambda: [VotingCard.objects.create(ballot=BallotFactory(), digest="a" * 64) for _ in range(2)],
    ),
    ("a_paper_batch_has_a_number_of_its_own", lambda: twice(a_batch())),
    ("a_paper_batch_has_slips", lambda: a_batch(slips=0)),
    ("two_people_count_paper", counted_alone),
    ("a_confirmed_paper_batch_says_by_whom_and_when", lambda: a_batch(confirmed_at=clock.now())),
    (
        "a_confirmed_paper_batch_says_by_whom_and_when",
        lambda: a_batch(confirmed_by=UserFactory(), confirmed_at=clock.now()),
    ),
    ("a_pile_has_slips", lambda: PaperPile.objects.create(batch=a_batch(), marks=[], slips=0)),
    ("a_slip_is_spoilt_once", lambda: twice(a_spoilt_slip())),
    ("a_spoilt_slip_has_its_number", lambda: a_spoilt_slip(number=0)),
    ("a_spoilt_slip_says_why", lambda: a_spoilt_slip(reason="torn")),
    ("a_reason_has_words", lambda: a_reason(words="")),
    ("a_reason_that_was_read_says_by_whom", lambda: a_reason(state="shown")),
    ("a_reason_that_was_read_says_by_whom", lambda: a_reason(moderated_by=UserFactory(), moderated_at=clock.now())),
    ("a_prototype_stands_once", same_prototype),
    ("a_title_stands_once", same_title),
    ("a_price_is_more_than_nothing", lambda: Option.objects.filter(pk=OptionFactory().pk).update(price=0)),
    ("on_the_roll_once", lambda: twice(RollEntryFactory())),
    ("a_body_is_on_the_roll_once", a_body_twice),
    ("a_body_on_the_roll_has_a_name", lambda: a_body(organisation=None)),
    ("who_is_struck_off_has_a_reason", lambda: RollEntryFactory(struck_at=clock.now())),
    ("who_is_struck_off_has_a_reason", lambda: RollEntryFactory(struck_reason="Went home")),
    ("who_is_handed_paper_is_struck_off", lambda: RollEntryFactory(handed="slip")),
    (
        "who_is_handed_paper_is_struck_off",
        lambda: RollEntryFactory(handed="body", struck_at=clock.now(), struck_reason="Votes on paper"),
    ),
    (
        "who_is_handed_paper_is_struck_off",
        lambda: a_body(handed="slip", struck_at=clock.now(), struck_reason="Votes on paper"),
    ),
    ("a_vote_without_a_name_says_nothing_of_its_voter", lambda: named_vote(entry=None)),
    ("a_vote_without_a_name_says_nothing_of_its_voter", lambda: named_vote(person=None)),
    ("a_vote_without_a_name_says_nothing_of_its_voter", lambda: named_vote(cast_at=None)),
    ("a_vote_without_a_name_says_nothing_of_its_voter", lambda: unnamed_vote(cast_at=clock.now())),
    ("a_vote_without_a_name_says_nothing_of_its_voter", lambda: unnamed_vote(changed_at=clock.now())),
    ("a_vote_without_a_name_says_nothing_of_its_voter", lambda: unnamed_vote(organisation=OrganisationFactory())),
    ("an_option_is_ticked_once", lambda: twice(a_choice())),
    ("a_record_has_a_code_and_a_salt", lambda: RecordCode.objects.create(ballot=BallotFactory(), code="", salt="a")),
    ("a_parked_question_has_words", lambda: ParkedQuestion.objects.create(ballot=BallotFactory(), words="")),
    ("a_receipt_is_of_one_vote", lambda: twice(Receipt.objects.create(ballot=BallotFactory(), code="ABCDEFGHJK"))),
]


@pytest.mark.parametrize(("name", "write"), OTHERS, ids=lambda value: value if isinstance(value, str) else "")
def test_an_option_roll_entry_vote_choice_or_receipt_that_cannot_be_is_refused(name, write):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        write()

    model, constraint = KNOWN[name]
    columns = [
        f"{model._meta.db_table}.{model._meta.get_field(field).column}" for field in constraint_fields(constraint)
    ]
    # SQLite names the columns of what is unique, not the constraint.
    assert name in str(refusal.value) or (columns and ", ".join(columns) in str(refusal.value))


def constraint_fields(constraint):
    return getattr(constraint, "fields", ())


KNOWN = {
    constraint.name: (model, constraint)
    for model in apps.get_app_config("voting").get_models()
    for constraint in model._meta.constraints
}


def test_each_constraint_of_a_vote_has_a_row_that_breaks_it():
    models = apps.get_app_config("voting").get_models()
    there = {constraint.name for model in models for constraint in model._meta.constraints}

    assert there == {name for name, *_ in [*BALLOTS, *OTHERS]}
