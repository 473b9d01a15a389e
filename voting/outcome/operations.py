"""Operations after the voting: close, reveal, run-off, publish, project."""

import datetime as dt
import secrets
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.key_folder import KeyFolderUnusable
from core.permissions import require
from core.schedules import do_each
from councils.models import Organisation
from outbox.operations import queue_message
from projects.models import Project, Prototype
from projects.portfolio.operations import draft_case, start_project
from projects.sums.models import SUMS
from sealing.operations import CannotBeOpened, SealedAnswer, close_round, void_round
from voting.ballots import live
from voting.ballots.drafts import NewOption
from voting.ballots.models import Ballot, Option, RollEntry
from voting.ballots.operations import NOT_STAFF, forget_piles, lock_event, locked, locked_to_run, prepare_ballot
from voting.ballots.queries import FIXED_BEFORE_OPENING, note_who_voted, slips_out
from voting.casting.models import Receipt, Vote
from voting.casting.operations import write_choices
from voting.methods.values import VoteMark
from voting.outcome import counting, queries
from voting.outcome.counting import Tally
from voting.outcome.emails import can_be_mailed, what_happened
from voting.outcome.guards import ONCE_CLOSED
from voting.outcome.models import BallotProject
from voting.paper.queries import votes_on_paper, why_not_closed
from voting.permissions import can_run_ballot
from voting.reasons.operations import open_reasons

NOT_SHOWN = "Show the result first."
_chance = secrets.SystemRandom()
log = structlog.get_logger(__name__)


@transaction.atomic
def close_ballot(ballot: Ballot, *, by: User | None) -> Ballot:
    """Close the ballot: open its sealed votes if it is secret, and store its tally. Closing twice changes nothing.

    Without `by` the portal closes it at the announced time. Nobody sees the result until it is revealed, except those
    who run the ballot. Of a secret ballot with fewer than 5 votes, or with 1 to 4 beside those on paper, nothing is
    opened, and there is no result.
    """
    ballot = locked(ballot)
    require(by is None or can_run_ballot(by, ballot), NOT_STAFF)
    if ballot.has_ended:
        return ballot
    if ballot.state == Ballot.State.DRAFT:
        raise Refused("This vote has not opened yet.")
    if ballot.state == Ballot.State.VOID:
        raise Refused("This round was made void, and is not counted.")
    if by is None and (not ballot.ended_at or slips_out(ballot)):
        return ballot  # was prolonged or paused in the last moment, or its paper has to be counted first
    if why := why_not_closed(ballot):
        raise Refused(why)
    note_who_voted(ballot)
    count = _count_sealed(ballot) if ballot.is_secret else _count_rows(ballot)
    at = ballot.ended_at if by is None else None
    ballot.state, ballot.paused_at = Ballot.State.CLOSED, None
    ballot.closed_at = at or ballot.now
    forget_piles(ballot)
    ballot.result = counting.frozen(ballot, count) | queries.on_paper_and_by_card(ballot)
    open_reasons(ballot)
    ballot.version += 1
    ballot.save(update_fields=["state", "paused_at", "closed_at", "result", "version"])
    ONCE_CLOSED.ask(ballot, by=by)
    log_action("voting.ballot_closed", by=by, about=ballot, voted=count.voted, on_roll=count.on_roll)
    live.nudge(ballot.pk)
    return ballot


def _count_sealed(ballot: Ballot) -> Tally:
    """The tally of a locked secret ballot, whose votes are opened, mixed with those on paper and written nameless."""
    assert ballot.sealed is not None  # by constraint: a secret ballot that has opened is sealed
    turned = queries.turned(ballot)
    if turned.are_few:
        ballot.sealed = void_round(ballot.sealed, reason=f"{queries.few_words(turned)}.")
        return queries.tally_of_opened(ballot, [])
    opened: list[SealedAnswer] = []
    try:
        ballot.sealed = close_round(ballot.sealed, write=opened.extend)
    except (CannotBeOpened, KeyFolderUnusable) as problem:
        log.error("votes_cannot_be_opened", about=ballot.reference, why=str(problem))
        raise Refused(
            f"The votes cannot be opened. {problem} Tell whoever looks after the site; if the key is lost for good, "
            "make this round void and hold it again."
        ) from problem
    Receipt.objects.bulk_create(
        Receipt(ballot=ballot, code=code) for code in sorted(answer["receipt"] for answer in opened)
    )
    opened += queries.paper_as_opened(ballot)
    _chance.shuffle(opened)
    _write_nameless(ballot, [queries.marks_of(answer) for answer in opened])
    return queries.tally_of_opened(ballot, opened)


def _count_rows(ballot: Ballot) -> Tally:
    """The tally of a locked open ballot, to whose votes those on paper are added without a name."""
    _write_nameless(ballot, votes_on_paper(ballot))
    return queries.tally_of_rows(ballot)


def _write_nameless(ballot: Ballot, said: list[tuple[VoteMark, ...]]) -> None:
    votes = Vote.objects.bulk_create(Vote(ballot=ballot, cast_at=None) for _ in said)
    write_choices(dict(zip(votes, said, strict=True)))


def close_ballots_that_are_due() -> int:
    """Close every open ballot whose announced time has come, and return how many. One that fails stops no other.

    Those with slips handed out are closed by those who run them, once the paper is counted.
    """
    slips = RollEntry.objects.standing().filter(ballot=OuterRef("pk"), kind=RollEntry.Kind.SLIP)
    due = Ballot.objects.filter(~Exists(slips), state=Ballot.State.OPEN, closes_at__lte=clock.in_database())
    return do_each(_close_or_say_why_not, due)


def _close_or_say_why_not(ballot: Ballot) -> bool:
    try:
        return close_ballot(ballot, by=None).has_ended
    except Refused:
        return False  # was logged, and is tried again


@transaction.atomic
def reveal_ballot(ballot: Ballot, *, by: User) -> Ballot:
    """Show the result of a closed ballot to everybody. Revealing twice changes nothing."""
    ballot = locked_to_run(ballot, by)
    if ballot.is_revealed:
        return ballot
    if not ballot.has_ended:
        raise Refused("The result can be shown once the vote has closed.")
    ballot.state, ballot.revealed_at = Ballot.State.REVEALED, clock.now()
    ballot.version += 1
    ballot.save(update_fields=["state", "revealed_at", "version"])
    log_action("voting.result_revealed", by=by, about=ballot)
    live.nudge(ballot.pk)
    return ballot


@transaction.atomic
def prepare_run_off(ballot: Ballot, *, by: User) -> Ballot:
    """Prepare a run-off between the tied options, on the same roll and by the same rule; twice returns the first."""
    if ballot.event:
        lock_event(ballot.event)
    ballot = locked_to_run(ballot, by)
    if not ballot.is_revealed:
        raise Refused(NOT_SHOWN if ballot.has_ended else "A run-off follows a vote that has closed.")
    if run_off := Ballot.objects.filter(run_off_of=ballot).first():
        return run_off
    count = queries.tally(ballot)
    if not count.tied:
        raise Refused("Nothing is tied in this vote, so there is nothing to run off.")
    if ballot.tie_rule != Ballot.TieRule.RUN_OFF:
        raise Refused("The rule set before opening was another, so there is no run-off.")
    suffix = f" ({Ballot(run_off_of=ballot).run_off_words})"
    question = ballot.question.removesuffix(f" ({ballot.run_off_words})")
    kept = {name: getattr(ballot, name) for name in FIXED_BEFORE_OPENING if name not in ("event", "closes_at")}
    chosen_by = Ballot.Method.SINGLE if count.places_tied_for == 1 else Ballot.Method.APPROVAL
    return prepare_ballot(
        ballot.event,
        by=by,
        options=[NewOption.of(line.option) for line in count.tied],
        run_off_of=ballot,
        is_illustrative=ballot.is_illustrative,
        **kept
        | {
            "question": question[: 200 - len(suffix)] + suffix,
            "method": chosen_by,
            "most_choices": count.places_tied_for if chosen_by == Ballot.Method.APPROVAL else None,
            "most_per_option": None,
            "pot": None,
            "to_pursue": count.places_tied_for,
        },
    )


def outcome_can_be_told(ballot: Ballot) -> None:
    """Refuse a ballot whose result is not shown."""
    if not ballot.is_revealed:
        raise Refused(
            NOT_SHOWN if ballot.has_ended else "The outcome can be told once the vote has closed.", field="text"
        )


@transaction.atomic
def publish_outcome(
    ballot: Ballot,
    *,
    by: User,
    text: str,
    reason: str = "",
    acts_next: str = "",
    review_on: dt.date | None = None,
    tells: bool = False,
) -> Ballot:
    """Publish in words what was decided, why, and who acts; it is shown beside the count.

    `tells` mails it to those on the roll, once: a correction too where nobody was mailed before, and none after that.
    """
    ballot = locked_to_run(ballot, by)
    outcome_can_be_told(ballot)
    if not text.strip():
        raise Refused("Say what was decided.", field="text")
    if review_on and review_on != ballot.review_on and review_on <= clock.today():
        raise Refused("It is looked at again on a day to come.", field="review_on")
    told = queries.people_to_tell(ballot) if tells and can_be_mailed(ballot) else queries.ToTell()
    ballot.state = Ballot.State.PUBLISHED
    ballot.outcome, ballot.outcome_at = text.strip(), clock.now()
    ballot.outcome_reason, ballot.acts_next, ballot.review_on = reason.strip(), acts_next.strip(), review_on
    ballot.version += 1
    ballot.save(update_fields=["state", "outcome", "outcome_at", "outcome_reason", "acts_next", "review_on", "version"])
    for people, how in told.groups:
        queue_message(what_happened, ballot, to=people, key="published", how=how)
    log_action("voting.outcome_published", by=by, about=ballot, told=told.number)
    live.nudge(ballot.pk)
    return ballot


@transaction.atomic
def make_project(
    ballot: Ballot,
    *,
    option: Option,
    by: User,
    lead_council: Organisation,
    reason: str = "",
    **project_fields: Any,
) -> Project:
    """Turn a winner into a project at step 3 that keeps the link to its prototype.

    The figures of its outline become the first draft of its business case.

    In a tie the winner comes from a run-off, or is chosen with a reason where that was the rule fixed before opening.
    """
    ballot = locked_to_run(ballot, by)
    if not ballot.is_revealed:
        raise Refused(NOT_SHOWN if ballot.has_ended else "A project is made from a vote that has closed.")
    if BallotProject.objects.filter(option=option).exists():
        raise Refused("A project has been made from this prototype already.")
    _check_that_it_won(ballot, option, reason)
    if option.prototype is None:
        raise Refused("This is no prototype, so no project can be made from it.", field="option")
    project = start_project(option.prototype, by=by, lead_council=lead_council, **project_fields)
    BallotProject.objects.create(ballot=ballot, option=option, project=project, reason=reason.strip())
    _draft_from_outline(project, option.prototype, by)
    log_action("voting.project_made", by=by, about=ballot, project=project.pk, reason=reason.strip())
    return project


def _draft_from_outline(project: Project, prototype: Prototype, by: User) -> None:
    """Write the first draft of a project's business case from the outline that people voted on."""
    draft_case(
        project,
        by=by,
        summary=prototype.outline.note or project.summary,
        source=f"Outline of the prototype, as voted on: {prototype.title}",
        is_illustrative=project.is_illustrative,
        **{name: getattr(prototype.outline, name) for name in SUMS},
    )


def _check_that_it_won(ballot: Ballot, option: Option, reason: str) -> None:
    count = queries.tally(ballot)
    if option.pk in {line.option.pk for line in count.chosen}:
        return
    if option.pk not in {line.option.pk for line in count.tied}:
        raise Refused("This prototype was not chosen: only what the vote chose becomes a project.", field="option")
    if ballot.tie_rule == Ballot.TieRule.RUN_OFF:
        raise Refused("This one is tied. The rule set before opening is a run-off: prepare that first.", field="option")
    if ballot.tie_rule != Ballot.TieRule.FACILITATOR:
        raise Refused(
            "This one is tied, and by the rule set before opening nobody chooses among those.", field="option"
        )
    if not reason.strip():
        raise Refused("Several are tied, and you choose. Say why it is this one.", field="reason")
    of_the_tied = ballot.led_to.filter(option__in=[line.option.pk for line in count.tied])
    if of_the_tied.count() >= count.places_tied_for:
        raise Refused("Another of those tied was chosen already.", field="option")
